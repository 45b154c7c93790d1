export type Row = { size: string; figures: Record<string, number> }

/** A named measurement at two sizes at least; `quick` is for trying the bench itself, not for figures. */
export type Scenario = {
  name: string
  what: string
  run(options: { quick: boolean }): Promise<Row[]>
}

/** Growth from the first size to the last, per figure, shown beside them. */
export function table(scenario: Scenario, rows: readonly Row[]): string {
  const figures = Object.keys(rows[0]?.figures ?? {})
  const head = `| ${scenario.name}: ${scenario.what} | ${rows.map((row) => row.size).join(' | ')} | last ÷ first |\n|---|${'--:|'.repeat(rows.length + 1)}`
  const lines = figures.map((figure) => {
    const values = rows.map((row) => row.figures[figure] ?? Number.NaN)
    const growth = values.length > 1 && values[0] ? ((values.at(-1) as number) / values[0]).toFixed(2) : ''
    return `| ${figure} | ${values.map(format).join(' | ')} | ${growth} |`
  })
  return [head, ...lines].join('\n')
}

const format = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(0) : value.toFixed(2)
