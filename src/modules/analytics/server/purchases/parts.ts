import type { BreakdownBy, BreakdownValues } from '#modules/analytics/contract/question.ts'
import { valuesOfPlace } from '#modules/analytics/server/sql/by-value.ts'
import { type Inner, type Ranked, rankCombinations } from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

/** The combinations shown by themselves: by who is in any cohort with them. */
export const rankParts = (
  inquiry: Inquiry,
  inner: Inner,
  { top }: { top: number },
): Promise<BreakdownValues[]> => rankCombinations(inquiry, inner, top, 'count()')

/** Of everybody, and with a breakdown of each combination, out of rows told apart by `all` and `place`. */
export function byParts<R extends { all: number; place: number }, T extends object>(
  breakdown: readonly BreakdownBy[] = [],
  top: Ranked,
  rows: readonly R[],
  present: (own: readonly R[]) => T,
): T & { breakdown?: (T & ReturnType<typeof valuesOfPlace>)[] } {
  const whole = present(rows.filter((row) => row.all === 1))
  if (breakdown.length === 0) return whole
  const parts = Map.groupBy(
    rows.filter((row) => row.all === 0),
    (row) => row.place,
  )
  const found = [...parts].toSorted(([a], [b]) => a - b)
  return {
    ...whole,
    breakdown: found.map(([at, own]) => ({ ...valuesOfPlace(breakdown, top, at), ...present(own) })),
  }
}
