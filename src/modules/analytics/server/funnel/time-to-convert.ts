import type { FunnelAnswer, FunnelQuestion } from '#modules/analytics/contract/funnel.ts'
import { tookSql } from '#modules/analytics/server/funnel/count-steps.ts'
import { innerQuery } from '#modules/analytics/server/funnel/inner-query.ts'
import type { Reading } from '#modules/analytics/server/funnel/plain-journeys.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { secondBins } from '#modules/analytics/server/sql/second-bins.ts'

type Whole = { count: number; avg: number | null; median: number | null; least: number; most: number }

export const convertSteps = ({ convert, steps }: FunnelQuestion) => ({
  from: convert?.from ?? 1,
  to: convert?.to ?? steps.length,
})

/** How long it took, in whole seconds of equal width; who needed none counts like anybody. */
export async function timeToConvert(
  inquiry: Inquiry,
  question: FunnelQuestion,
  reading: Reading,
): Promise<NonNullable<FunnelAnswer['convert']>> {
  const { from, to } = convertSteps(question)
  const { sql } = innerQuery(inquiry, question, reading)
  const inner = `SELECT ${tookSql(from, to)} AS ms, intDiv(ms, 1000) AS seconds FROM (\n${sql}\n) WHERE level >= ${to}`
  const [whole] = await inquiry.ask<Whole>(
    `SELECT count() AS count, avg(ms) / 1000 AS avg, quantileExactInclusive(0.5)(ms) / 1000 AS median,
       min(seconds) AS least, max(seconds) AS most FROM (\n${inner}\n)`,
  )
  if (!whole || whole.count === 0)
    return { from, to, count: 0, avg_seconds: null, median_seconds: null, bins: [] }
  const { count, least } = whole
  const { width, bins } = secondBins(whole, question.convert?.bins)
  const rows = await inquiry.ask<{ bin: number; size: number }>(
    `SELECT toUInt32(intDiv(seconds - ${least}, ${width})) AS bin, count() AS size FROM (\n${inner}\n) GROUP BY bin`,
  )
  const sizes = new Map(rows.map(({ bin, size }) => [bin, size]))
  const counted = bins.map((bin, at) => ({ ...bin, count: sizes.get(at) ?? 0 }))
  return { from, to, count, avg_seconds: whole.avg, median_seconds: whole.median, bins: counted }
}
