import { windowUnits } from '#modules/analytics/contract/funnel.ts'
import type { IntervalQuestion } from '#modules/analytics/contract/interval.ts'
import { breakDown, propOf, textOf } from '#modules/analytics/server/sql/break-down.ts'
import type { Inner } from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { choiceSql, scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { bucketKey } from '#modules/analytics/server/sql/time-buckets.ts'

/**
 * The one inner query of a conversion interval: a row per pair with `person`, `took` (milliseconds), `k` (the interval its
 * first event lies in) and the values `b0…` of that event or its person.
 */
export function innerQuery(inquiry: Inquiry, question: IntervalQuestion, days: Days = inquiry.days): Inner {
  const { interval, max_gap } = question
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const began = `fromUnixTimestamp64Milli(at, 'UTC')`
  const key = interval === undefined ? '0' : bucketKey(interval, zone, began)
  const broken = breakDown(inquiry, question.breakdown)
  const said = saidProps(question).map(({ at }, place) => `said[${place + 1}] AS b${at}`)
  const most = max_gap === undefined ? '' : ` AND took <= ${max_gap.value * windowUnits[max_gap.unit] * 1000}`
  const columns = ['person', 'took', `toInt64(${key}) AS k`, ...said]
  const pairs = `SELECT ${columns.join(', ')} FROM (\n${pairsSql(question, journeys(inquiry, question, days))}\n)
    WHERE at < ${days.untilMs}${most}`
  if (broken.joined === '') return { sql: pairs, names: broken.names }
  const selected = ['e.person AS person', 'took', 'k', ...broken.names].join(', ')
  return { sql: `SELECT ${selected} FROM (\n${pairs}\n) AS e${broken.joined}`, names: broken.names }
}

const saidProps = ({ breakdown = [] }: IntervalQuestion) =>
  breakdown.flatMap((by, at) => {
    const prop = propOf(by)
    return prop === undefined ? [] : [{ at, prop }]
  })

/**
 * Of each person (visit, held value) `ev`, their events in order as (time, id, 1 or −1, values): 1 begins, −1 ends. An
 * event that is both ends first and then begins, so it is never a pair with itself, and of one event asked for twice each
 * occurrence is the end of the one before.
 */
function journeys(inquiry: Inquiry, question: IntervalQuestion, days: Days): string {
  const { from, to, hold, gap_minutes, max_gap } = question
  const longer = max_gap === undefined ? 0 : max_gap.value * windowUnits[max_gap.unit] * 1000
  const values = saidProps(question).map(({ prop }) => textOf('props', prop))
  const columns = [
    'toUnixTimestamp64Milli(time) AS t',
    'message_id AS id',
    `toUInt8(${choiceSql(inquiry, from)}) AS begins`,
    `toUInt8(${choiceSql(inquiry, to)}) AS ends`,
    ...(hold === undefined ? [] : [`${textOf('props', hold)} AS held`]),
    ...(values.length > 0 ? [`CAST([${values.join(', ')}], 'Array(Nullable(String))') AS said`] : []),
  ]
  // A pause is told by everything somebody does.
  const choices = gap_minutes === undefined ? [from, to] : [from, to, { event: null }]
  const scan = scanEvents(inquiry, {
    columns,
    choices,
    days: { fromMs: days.fromMs, untilMs: days.untilMs + longer },
  })
  const names = ['t', 'id', 'begins', 'ends']
  if (hold !== undefined) names.push('held')
  if (values.length > 0) names.push('said')
  const rows = gap_minutes === undefined ? scan : visitsSql(scan, names, gap_minutes * 60_000)
  const parts = [
    'person',
    ...(gap_minutes === undefined ? [] : ['visit']),
    ...(hold === undefined ? [] : ['held']),
  ]
  const of = (sign: number) =>
    `(t, id, toInt8(${sign})${values.length > 0 ? (sign > 0 ? ', said' : ", CAST([], 'Array(Nullable(String))')") : ''})`
  return `SELECT person, arraySort(e -> (e.1, e.2, e.3),
      arrayConcat(groupArrayIf(${of(-1)}, ends = 1), groupArrayIf(${of(1)}, begins = 1))) AS ev
    FROM (\n${rows}\n)${hold === undefined ? '' : ' WHERE isNotNull(held)'} GROUP BY ${parts.join(', ')}
    HAVING countIf(begins = 1 AND t < ${days.untilMs}) > 0 AND countIf(ends = 1) > 0`
}

/** The rows with `visit`, the number of the visit among the person's. */
function visitsSql(scan: string, names: readonly string[], pauseMs: number): string {
  const own = names.map((name, at) => `e.${at + 1} AS ${name}`).join(', ')
  const pauses = `arrayMap((e, before) -> e.1 - before.1 >= ${pauseMs}, all, arrayPushFront(arrayPopBack(all), all[1]))`
  return `SELECT person, visit, ${own} FROM (
      SELECT person, all, arrayCumSum(${pauses}) AS visits FROM (
        SELECT person, arraySort(e -> (e.1, e.2), groupArray((${names.join(', ')}))) AS all
        FROM (\n${scan}\n) GROUP BY person))
    ARRAY JOIN all AS e, visits AS visit WHERE begins = 1 OR ends = 1`
}

/** Pairs out of journeys: `person`, `at` (the first event's time), `took`, and `said`, values of the first. */
function pairsSql({ pairing, ...question }: IntervalQuestion, journeys: string): string {
  const hasValues = saidProps({ pairing, ...question }).length > 0
  const said = (event: string) => (hasValues ? `, ${event}.4 AS said` : '')
  if (pairing === 'first')
    return `SELECT person, ev[start].1 AS at, ev[end].1 - at AS took${said('ev[start]')}
      FROM (SELECT person, ev, arrayFirstIndex(e -> e.3 = 1, ev) AS start,
        arrayFirstIndex((e, i) -> e.3 = -1 AND i > start, ev, arrayEnumerate(ev)) AS end FROM (\n${journeys}\n))
      WHERE start > 0 AND end > 0`
  // Like brackets: how many begun ones are open after each event, never less than none. An end closes what opened the
  // level it finds, the latest without an end; so sorted by level it stands right behind its beginning.
  const levels = `SELECT person, ev, arrayCumSumNonNegative(e -> e.3, ev) AS open,
      arrayPushFront(arrayPopBack(open), 0) AS before FROM (\n${journeys}\n)`
  const lined = `SELECT person, arraySort(x -> (x.1, x.2), arrayFilter(x -> x.1 > 0,
      arrayMap((e, after, before, i) -> (if(e.3 = 1, after, before), i, e), ev, open, before, arrayEnumerate(ev)))) AS lined
    FROM (\n${levels}\n)`
  return `SELECT person, pair.1.3.1 AS at, pair.2.3.1 - at AS took${said('pair.1.3')}
    FROM (SELECT person, arrayFilter(p -> p.1.3.3 = 1 AND p.2.3.3 = -1 AND p.1.1 = p.2.1,
      arrayZip(arrayPopBack(lined), arrayPopFront(lined))) AS pairs FROM (\n${lined}\n))
    ARRAY JOIN pairs AS pair`
}
