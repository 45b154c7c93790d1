import type { FunnelQuestion } from '#modules/analytics/contract/funnel.ts'
import { journeySql, momentSql, windowMs } from '#modules/analytics/server/funnel/journey-sql.ts'
import { plainJourneySql, type Reading } from '#modules/analytics/server/funnel/plain-journeys.ts'
import { waysSql } from '#modules/analytics/server/funnel/ways-sql.ts'
import { breakDown, propOf } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { bucketKey } from '#modules/analytics/server/sql/time-buckets.ts'

const largest = '18446744073709551615'

export type Inner = { sql: string; names: string[] }

/**
 * The one inner query of a funnel: a row for each person or visit counted (and, `byInterval`, for each interval they
 * began in) with `person`, `level` (steps reached), `at` (moments of these, milliseconds since the range began), `k`
 * (the interval), the values `b0…` and `tied` (this row may be wrong, unless `reading` knows of the person); asked to
 * correlate events, also `did`, what else they did on the way. Who was hit by an exclusion is not in it.
 */
export function innerQuery(
  inquiry: Inquiry,
  question: FunnelQuestion,
  reading: Reading,
  byInterval = false,
): Inner {
  if (!reading.plain) return rowsOf(inquiry, question, journeySql(inquiry, question), byInterval)
  const plain = plainJourneySql(inquiry, question, reading.tied)
  const most = rowsOf(inquiry, question, plain, byInterval, true)
  if (reading.tied.length === 0) return most
  const few = rowsOf(inquiry, question, journeySql(inquiry, question, reading.tied), byInterval)
  return { sql: `${most.sql}\nUNION ALL\n${few.sql}`, names: most.names }
}

function rowsOf(
  inquiry: Inquiry,
  question: FunnelQuestion,
  journeys: string,
  byInterval: boolean,
  isPlain = false,
): Inner {
  const ways = waysSql(question, inquiry.days.untilMs - inquiry.days.fromMs)
  const interval = byInterval ? question.interval : undefined
  const began = `fromUnixTimestamp64Milli(toInt64(${momentSql('keys[1]')} + ${inquiry.days.fromMs}), 'UTC')`
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const key = interval === undefined ? '0' : bucketKey(interval, zone, began)
  const others = question.correlate === 'events' ? ', others' : ''
  const found = isPlain ? `if(notEmpty(begun), arrayMap(key -> [key], begun), ${ways.sql})` : ways.sql
  const tied = isPlain ? 'tied' : 'toUInt8(0) AS tied'
  const judged = `SELECT person, visit, ev${others}, tied, arrayMap(way -> (${ways.keys}, ${ways.byStep}, ${ways.spoiled}), ways) AS judged
    FROM (SELECT person, visit, ev${others}, ${tied}, ${found} AS ways FROM (\n${journeys}\n))`
  const ranked = `SELECT person, visit, ev${others}, tied, arrayMap((keys, steps, spoiled) -> (${rank(question)}, keys, steps, toInt64(${key})),
      judged.1, judged.2, judged.3) AS ranked FROM (\n${judged}\n) WHERE notEmpty(judged)`
  const own =
    interval === undefined
      ? `SELECT person, visit, ev${others}, tied, ranked, toInt64(0) AS k FROM (\n${ranked}\n)`
      : `SELECT person, visit, ev${others}, tied, k, arrayFilter(one -> one.7 = k, ranked) AS ranked FROM (
          SELECT person, visit, ev${others}, tied, ranked, arrayDistinct(ranked.7) AS ks FROM (\n${ranked}\n)) ARRAY JOIN ks AS k`
  const best = `SELECT person, visit, tied, k${others}, arrayReverseSort(ranked)[1] AS best, ${saidSql(question)} AS said FROM (\n${own}\n)`
  const chosen =
    question.hold === undefined
      ? best
      : `SELECT person, toUInt8(0) AS tied, k, chosen.1 AS best, chosen.2 AS said FROM (
          SELECT person, visit, k, arrayReverseSort(one -> one.1, groupArray((best, said)))[1] AS chosen
          FROM (\n${best}\n) GROUP BY person, visit, k)`
  const broken = breakDown(inquiry, question.breakdown)
  const props = (question.breakdown ?? []).flatMap((by, at) => (propOf(by) === undefined ? [] : [at]))
  const columns = [
    'e.person AS person',
    'e.k AS k',
    'e.tied AS tied',
    'e.best.1 AS level',
    `arrayMap(key -> ${momentSql('key')}, e.best.5) AS at`,
    ...props.map((at, place) => `e.said[${place + 1}] AS b${at}`),
    ...broken.names.filter((_, at) => !props.includes(at)).map((name) => `p.${name} AS ${name}`),
    ...(others ? [didSql(question)] : []),
  ]
  return {
    sql: `SELECT ${columns.join(', ')} FROM (\n${chosen}\n) AS e${broken.joined} WHERE e.best.2 = 1`,
    names: broken.names,
  }
}

/** Names of what happened after they began and before they converted, or while the window was open. */
function didSql(question: FunnelQuestion): string {
  const first = 'e.best.5[1]'
  const isOnTheWay = `o.1 > ${first} AND if(e.best.1 = ${question.steps.length}, o.1 < e.best.5[-1],
    ${momentSql('o.1')} - ${momentSql(first)} <= ${windowMs(question)})`
  return `arrayDistinct(arrayMap(o -> o.2, arrayFilter(o -> ${isOnTheWay}, e.others))) AS did`
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
function saidSql({ breakdown = [], attribution, steps, correlate }: FunnelQuestion): string {
  const props = breakdown.filter((by) => propOf(by) !== undefined)
  const places = steps.map((_, at) => at + 1)
  const asked =
    correlate !== undefined
      ? // What they begin with is known of everybody, whatever follows.
        ['best.5[1]']
      : typeof attribution === 'object'
        ? [`best.6[${attribution.step}]`]
        : (attribution === 'first' ? places : places.toReversed()).map((at) => `best.5[${at}]`)
  const values = props.map(
    (_, prop) => `coalesce(${asked.map((key) => `ev.4[indexOf(ev.1, ${key})][${prop + 1}]`).join(', ')})`,
  )
  return `CAST([${values.join(', ')}], 'Array(Nullable(String))')`
}
