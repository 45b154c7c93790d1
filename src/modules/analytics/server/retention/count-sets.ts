import type { RetentionQuestion } from '#modules/analytics/contract/retention.ts'
import type { Plan } from '#modules/analytics/server/retention/plan.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionOf, positionSql } from '#modules/analytics/server/sql/positions.ts'
import { choiceSql, scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import type { Bucket } from '#modules/analytics/server/sql/time-buckets.ts'
import { bindTime } from '#modules/rules/index.ts'

export type CountedSet = { c: number; hit: number; size: number; people: number }

// Pairs of sets of a million people are compared in some 20 µs each: more of them cost more than walking by person.
const mostPairs = 20_000

/** Whether only the sets of people of each period decide: no order, no number of times, no values of single events. */
export function isOfSets(question: RetentionQuestion, plan: Plan): boolean {
  const { measure, window, minimum, mode, breakdown, cumulative } = question
  const lengths = plan.columns.map(({ from, to }) => (cumulative ? lastOf(plan) : to) - from + 1)
  const pairs = plan.cohorts.length * lengths.reduce((sum, length) => sum + length, 0)
  return (
    measure === 'people' &&
    window === 'calendar' &&
    minimum === 1 &&
    mode !== 'first_ever' &&
    !breakdown?.length &&
    pairs <= mostPairs
  )
}

/**
 * The numbers of the same rows as `innerQuery` by sets of people, two bitmaps a period: who began in it and who did the
 * return event in it. A value is how many a cohort and the periods of its column share (CPU of twelve weeks, 1 M of 20 M
 * events: 390 ms by person, 130 like this). `size` stands in every row of a cohort; one without people has no row.
 */
export function countSets(inquiry: Inquiry, question: RetentionQuestion, plan: Plan): Promise<CountedSet[]> {
  const { bindings } = inquiry
  const { days, columns, cohorts } = plan
  const from = bindTime(bindings, days.fromMs)
  const until = bindTime(bindings, days.untilMs)
  const isFirst = question.mode === 'first_time'
  const position = positionSql(question.interval, bindings.bind('String', inquiry.zone))
  // All that lies before the range is one period: who began in it begins no more.
  const n = isFirst ? `if(time >= ${from}, ${position}, ${earlier})` : position
  const rows = scanEvents(inquiry, {
    columns: [
      `toInt32(${n}) AS n`,
      `(time < ${until} AND (${choiceSql(inquiry, question.start)})) AS begins`,
      `(time >= ${from} AND (${choiceSql(inquiry, question.return)})) AS returned`,
    ],
    choices: [question.start, question.return],
    days: { fromMs: isFirst ? 0 : days.fromMs, untilMs: plan.untilMs },
    where: ['(begins OR returned)'],
  })
  const sets = `SELECT n, groupBitmapStateIf(toUInt64(person), begins) AS started, groupBitmapStateIf(toUInt64(person), returned) AS back
    FROM (\n${rows}\n) GROUP BY n`
  const begun = isFirst
    ? `SELECT n, bitmapAndnot(started, groupBitmapMergeState(started) OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS begun, back
       FROM (\n${sets}\n)`
    : `SELECT n, started AS begun, back FROM (\n${sets}\n)`
  const [first, last] = [cohorts[0] as Bucket, cohorts.at(-1) as Bucket].map((one) =>
    positionOf(one, question.interval),
  ) as [number, number]
  const column = columns.map(
    ({ from, to }, at) => `(${at}, ${from}, ${question.cumulative && at > 0 ? lastOf(plan) : to})`,
  )
  return inquiry.ask<CountedSet>(
    `SELECT c, toInt32(hit) AS hit, toUInt32(bitmapCardinality(groupBitmapMergeState(begun) AS everybody)) AS size,
       toUInt32(bitmapAndCardinality(everybody, groupBitmapMergeState(back))) AS people
     FROM (
       SELECT start.1 AS c, start.2 AS begun, one.3 AS back, col.1 AS hit
       FROM (SELECT groupArray((n, begun, back)) AS periods FROM (\n${begun}\n))
       ARRAY JOIN arrayFilter(p -> p.1 >= ${first} AND p.1 <= ${last}, periods) AS start
       ARRAY JOIN periods AS one
       ARRAY JOIN arrayFilter(col -> one.1 - start.1 >= col.2 AND one.1 - start.1 <= col.3, [${column.join(', ')}]) AS col)
     GROUP BY c, hit`,
  )
}

const earlier = -1_000_000
const lastOf = ({ columns }: Plan): number => columns.at(-1)?.to ?? 0
