import type { FunnelQuestion } from '#modules/analytics/contract/funnel.ts'
import { journeySql, momentSql } from '#modules/analytics/server/funnel/journey-sql.ts'
import { waysSql } from '#modules/analytics/server/funnel/ways-sql.ts'
import { breakDown, propOf } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { bucketKey } from '#modules/analytics/server/sql/time-buckets.ts'

const largest = '18446744073709551615'

/**
 * The one inner query of a funnel: a row for each person or visit counted (and, `byInterval`, for each interval they
 * began in) with `person`, `level` (steps reached), `at` (moments of these, milliseconds since the range began), `k`
 * (the interval) and the values `b0…`. Who was hit by an exclusion is not in it.
 */
export function innerQuery(
  inquiry: Inquiry,
  question: FunnelQuestion,
  byInterval = false,
): { sql: string; names: string[] } {
  const ways = waysSql(question, inquiry.days.untilMs - inquiry.days.fromMs)
  const interval = byInterval ? question.interval : undefined
  const began = `fromUnixTimestamp64Milli(toInt64(${momentSql('keys[1]')} + ${inquiry.days.fromMs}), 'UTC')`
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const key = interval === undefined ? '0' : bucketKey(interval, zone, began)
  const judged = `SELECT person, visit, ev, arrayMap(way -> (${ways.keys}, ${ways.byStep}, ${ways.spoiled}), ways) AS judged
    FROM (SELECT person, visit, ev, ${ways.sql} AS ways FROM (\n${journeySql(inquiry, question)}\n))`
  const ranked = `SELECT person, visit, ev, arrayMap((keys, steps, spoiled) -> (${rank(question)}, keys, steps, toInt64(${key})),
      judged.1, judged.2, judged.3) AS ranked FROM (\n${judged}\n) WHERE notEmpty(judged)`
  const own =
    interval === undefined
      ? `SELECT person, visit, ev, ranked, toInt64(0) AS k FROM (\n${ranked}\n)`
      : `SELECT person, visit, ev, k, arrayFilter(one -> one.7 = k, ranked) AS ranked FROM (
          SELECT person, visit, ev, ranked, arrayDistinct(ranked.7) AS ks FROM (\n${ranked}\n)) ARRAY JOIN ks AS k`
  const best = `SELECT person, visit, k, arrayReverseSort(ranked)[1] AS best, ${saidSql(question)} AS said FROM (\n${own}\n)`
  const chosen =
    question.hold === undefined
      ? best
      : `SELECT person, k, chosen.1 AS best, chosen.2 AS said FROM (
          SELECT person, visit, k, arrayReverseSort(one -> one.1, groupArray((best, said)))[1] AS chosen
          FROM (\n${best}\n) GROUP BY person, visit, k)`
  const broken = breakDown(inquiry, question.breakdown)
  const props = (question.breakdown ?? []).flatMap((by, at) => (propOf(by) === undefined ? [] : [at]))
  const columns = [
    'e.person AS person',
    'e.k AS k',
    'e.best.1 AS level',
    `arrayMap(key -> ${momentSql('key')}, e.best.5) AS at`,
    ...props.map((at, place) => `e.said[${place + 1}] AS b${at}`),
    ...broken.names.filter((_, at) => !props.includes(at)).map((name) => `p.${name} AS ${name}`),
  ]
  return {
    sql: `SELECT ${columns.join(', ')} FROM (\n${chosen}\n) AS e${broken.joined} WHERE e.best.2 = 1`,
    names: broken.names,
  }
}

/**
 * Which of several ways is the one that counts: the furthest, of these one without an exclusion; then, of whole ways, the
 * one that is first at its end; then the latest beginning. Or simply the first beginning.
 */
function rank({ start, steps }: FunnelQuestion): string {
  const order =
    start === 'latest'
      ? `if(length(keys) = ${steps.length}, ${largest} - keys[-1], toUInt64(0)), keys[1]`
      : `${largest} - keys[1], toUInt64(0)`
  return `toUInt8(length(keys)), toUInt8(NOT (spoiled)), ${order}`
}

/** The value of each property it is broken down by, out of the events of the way. */
function saidSql({ breakdown = [], attribution, steps }: FunnelQuestion): string {
  const props = breakdown.filter((by) => propOf(by) !== undefined)
  const places = steps.map((_, at) => at + 1)
  const asked =
    typeof attribution === 'object'
      ? [`best.6[${attribution.step}]`]
      : (attribution === 'first' ? places : places.toReversed()).map((at) => `best.5[${at}]`)
  const values = props.map(
    (_, prop) => `coalesce(${asked.map((key) => `ev.4[indexOf(ev.1, ${key})][${prop + 1}]`).join(', ')})`,
  )
  return `CAST([${values.join(', ')}], 'Array(Nullable(String))')`
}
