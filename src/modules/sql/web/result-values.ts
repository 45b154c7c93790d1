import type { SqlAnswer, SqlChart } from '../contract.ts'

export type Column = SqlAnswer['columns'][number]

export const isNumeric = ({ type }: Column): boolean => /^(Nullable\()?(U?Int|Float|Decimal)/.test(type)

/** A value as it is read: nothing for nothing, lists as JSON. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Columns in order: numbers as numbers, missing ones last. */
export function sorted(rows: readonly unknown[][], at: number, descending: boolean): unknown[][] {
  const sign = descending ? -1 : 1
  return rows.toSorted((a, b) => {
    const [x, y] = [a[at], b[at]]
    if (x === y) return 0
    if (x === null || x === undefined) return 1
    if (y === null || y === undefined) return -1
    if (typeof x === 'number' && typeof y === 'number') return sign * (x - y)
    return sign * cellText(x).localeCompare(cellText(y), undefined, { numeric: true })
  })
}

/** The table as a spreadsheet takes it. */
export const asTabs = (columns: readonly Column[], rows: readonly unknown[][]): string =>
  [
    columns.map(({ name }) => name),
    ...rows.map((row) => row.map((one) => cellText(one).replace(/[\t\r\n]+/g, ' '))),
  ]
    .map((line) => line.join('\t'))
    .join('\n')

export type Drawing = {
  categories: string[]
  lines: { name: string; values: (number | null)[] }[]
  /** More rows than are drawn. */
  cut: number | undefined
}

export const mostDrawn = 1000

/** What a chart needs of a result: by default the first column across, every number as a line. */
export function chosen(columns: readonly Column[], chart: SqlChart) {
  const has = (name: string | undefined) => columns.some((column) => column.name === name)
  const numbers = columns.filter(isNumeric).map(({ name }) => name)
  const x = has(chart.x)
    ? (chart.x as string)
    : (columns.find((column) => !isNumeric(column)) ?? columns[0])?.name
  const series = has(chart.series) && chart.series !== x ? chart.series : undefined
  const y = (chart.y ?? []).filter((name) => numbers.includes(name))
  return { x, series, y: y.length > 0 ? y : numbers.filter((name) => name !== x).slice(0, 4), numbers }
}

export function drawingOf({ columns, rows }: Pick<SqlAnswer, 'columns' | 'rows'>, chart: SqlChart): Drawing {
  const { x, series, y } = chosen(columns, chart)
  const at = (name: string | undefined) => columns.findIndex((column) => column.name === name)
  const drawn = rows.slice(0, mostDrawn)
  const categories = [...new Set(drawn.map((row) => cellText(row[at(x)])))]
  const place = new Map(categories.map((name, index) => [name, index]))
  const lines = new Map<string, (number | null)[]>()
  for (const row of drawn)
    for (const name of y) {
      const line =
        series === undefined ? name : `${cellText(row[at(series)])}${y.length > 1 ? ` · ${name}` : ''}`
      const values = lines.get(line) ?? Array<number | null>(categories.length).fill(null)
      const value = row[at(name)]
      values[place.get(cellText(row[at(x)])) as number] =
        value === null || value === undefined ? null : Number(value)
      lines.set(line, values)
    }
  return {
    categories,
    lines: [...lines].slice(0, 40).map(([name, values]) => ({ name, values })),
    cut: rows.length > mostDrawn ? mostDrawn : undefined,
  }
}
