import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import { rollingDays, type TrendQuestion } from '#modules/analytics/contract/trend.ts'
import { isShown } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { aggregateSql, innerQuery } from '#modules/analytics/server/trend/inner-query.ts'

// Values that only look personal to this reader are passed over; so many more are looked at.
const passedOver = 500

/**
 * The combinations shown by themselves: by the first series' value over the whole period, the largest first, equal
 * ones by their text; then, while there is room, those only later series have.
 */
export async function rankValues(inquiry: Inquiry, question: TrendQuestion): Promise<BreakdownValues[]> {
  if (!question.breakdown?.length) return [[]]
  const top = new Map<string, BreakdownValues>()
  for (const given of question.series) {
    if (top.size >= question.top) break
    const series = rollingDays[given.math] === undefined ? given : { ...given, math: 'people' as const }
    const { sql, names } = innerQuery(inquiry, question, series, inquiry.days)
    const columns = names.join(', ')
    const order = names.map((name) => `${name} ASC NULLS LAST`).join(', ')
    const rows = await inquiry.ask<Record<string, string | null>>(
      `SELECT ${columns}, ${aggregateSql(series.math)} AS value FROM (\n${sql}\n)
       GROUP BY ${columns} ORDER BY value DESC NULLS LAST, ${order} LIMIT ${question.top + passedOver}`,
    )
    for (const row of rows) {
      const values = names.map((name) => row[name] ?? null)
      if (top.size < question.top && isShown(inquiry, values)) top.set(JSON.stringify(values), values)
    }
  }
  return [...top.values()]
}
