import { compareText } from './select.ts'

export type Values = readonly (string | null)[]
const key = (values: Values) => JSON.stringify(values)

/** The combinations shown by themselves, of rows with a size each: the largest first, equal ones by text. */
export function rankReference<T>(
  rows: readonly T[],
  valuesOf: (row: T) => Values,
  sizeOf: (rows: T[]) => number,
  top: number,
): Values[] {
  const groups = [...Map.groupBy(rows, (row) => key(valuesOf(row)))].map(([text, own]) => ({
    values: JSON.parse(text) as Values,
    size: sizeOf(own),
  }))
  groups.sort((a, b) => {
    if (a.size !== b.size) return b.size - a.size
    for (const [at, text] of a.values.entries()) {
      const order = compareText(text, b.values[at] ?? null)
      if (order !== 0) return order
    }
    return 0
  })
  return groups.slice(0, top).map(({ values }) => values)
}

export function inCombination(own: Values, asked: Values, top: readonly Values[]): boolean {
  if (asked.length === 0) return true
  if (asked[0] === '$other') return !top.some((one) => key(one) === key(own))
  return key(own) === key(asked)
}

/** Those any row is of, the rest last. */
export function shownCombinations<T>(
  rows: readonly T[],
  valuesOf: (row: T) => Values,
  top: readonly Values[],
): Values[] {
  const other = rows.some((row) => inCombination(valuesOf(row), ['$other'], top))
  return other ? [...top, (top[0] ?? valuesOf(rows[0] as T)).map(() => '$other')] : [...top]
}

export function percentile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] as number
  const above = sorted[Math.ceil(place)] as number
  return below + (place - Math.floor(place)) * (above - below)
}
