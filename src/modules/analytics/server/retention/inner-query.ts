import type { EventChoice } from '#modules/analytics/contract/question.ts'
import type { RetentionQuestion } from '#modules/analytics/contract/retention.ts'
import { type Plan, windowMs } from '#modules/analytics/server/retention/plan.ts'
import { breakDown, propOf, textOf } from '#modules/analytics/server/sql/break-down.ts'
import { saidNames } from '#modules/analytics/server/sql/by-value.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionSql } from '#modules/analytics/server/sql/positions.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { choiceSql, scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { bindTime, numbersOf, storedColumn } from '#modules/rules/index.ts'

// As of trends: beyond it a number is left out.
const largest = 1e24

/**
 * The one inner query of a retention: a row for each person and cohort `c` (number of its period) with `hits`, the
 * values they count in, of a measured property `nums`, the numbers for each of the hits, and `b0…`, the values of the
 * start event that put them into the cohort, or of the person now.
 */
export function innerQuery(
  inquiry: Inquiry,
  question: RetentionQuestion,
  plan: Plan,
): { sql: string; names: string[] } {
  const isOfNumbers = question.measure !== 'people'
  const lowest = isOfNumbers ? 0 : 1
  const columnOf = inquiry.bindings.bind(
    'Array(UInt64)',
    plan.columns.flatMap(({ from, to }, at) => Array<number>(to - from + 1).fill(at)),
  )
  const index =
    question.window === 'calendar'
      ? 'r.3 - start.3'
      : `if(r.1 < start.1, -1, intDiv(r.1 - start.1, ${windowMs[question.interval]}))`
  // Money of the first period begins with the event that starts it.
  const isAfter = isOfNumbers ? '(r.1, r.2) >= (start.1, start.2)' : '1'
  const place = `if(${index} >= 0 AND ${isAfter}, if(${index} < length(${columnOf}), toInt32(${columnOf}[${index} + 1]), -1), -1)`
  const found = `arrayFilter(p -> p.1 >= ${lowest}, arrayMap(r -> (toInt32(${place}), r.4), returns))`
  const said = saidProps(question).length > 0 ? ', start.5 AS said' : ''
  const placed = `SELECT person, start.3 AS c${said}, ${found} AS found, arrayMap(p -> p.1, found) AS places
    FROM (\n${perPerson(inquiry, question, plan)}\n) ARRAY JOIN starts AS start`
  const isIn = question.cumulative ? 'p.1 >= h' : 'p.1 = h'
  const nums = `arrayMap(h -> arrayFlatten(arrayMap(p -> p.2, arrayFilter(p -> ${isIn}, found))), hits) AS nums`
  const own = `SELECT person, c${said && ', said'}, ${hits(question, lowest)} AS hits${isOfNumbers ? `, ${nums}` : ''}
    FROM (\n${placed}\n)`
  const broken = breakDown(inquiry, question.breakdown)
  if (broken.names.length === 0) return { sql: own, names: [] }
  const saying = saidNames(question.breakdown)
  const values = broken.names.map((name) => {
    const at = saying.indexOf(name)
    return at < 0 ? `p.${name} AS ${name}` : `e.said[${at + 1}] AS ${name}`
  })
  const items = ['e.person AS person', 'c', 'hits', ...(isOfNumbers ? ['nums'] : []), ...values]
  return { sql: `SELECT ${items.join(', ')} FROM (\n${own}\n) AS e${broken.joined}`, names: broken.names }
}

const saidProps = ({ breakdown = [] }: RetentionQuestion): string[] =>
  breakdown.map(propOf).filter((prop) => prop !== undefined)

function hits({ cumulative, minimum }: RetentionQuestion, lowest: number): string {
  if (!cumulative)
    return minimum === 1
      ? 'arrayDistinct(places)'
      : `arrayFilter(h -> countEqual(places, h) >= ${minimum}, arrayDistinct(places))`
  // So many lie at or after every place up to that of the last but so many.
  const furthest = `arrayReverseSort(places)[${minimum}]`
  return `if(length(places) < ${minimum}, [], arrayMap(h -> toInt32(h), range(${lowest}, toUInt32(${furthest} + 1))))`
}

/** A row a person: `starts` (one for each cohort) and `returns`, as (time, id, period, …); what is not needed is empty. */
function perPerson(inquiry: Inquiry, question: RetentionQuestion, plan: Plan): string {
  const { bindings } = inquiry
  const { days } = plan
  const said = saidProps(question).map((prop) => textOf('props', prop))
  const isOfNumbers = question.measure !== 'people'
  const isFirst = question.mode !== 'recurring'
  const isEver = question.mode === 'first_ever'
  const isExact = isOfNumbers || question.window !== 'calendar'
  const isSaid = said.length > 0
  const begin = isEver ? unconditional(question.start) : question.start
  const from = bindTime(bindings, days.fromMs)
  const until = bindTime(bindings, days.untilMs)
  const meets = choiceSql(inquiry, question.start)
  const nums = `arrayFilter(x -> abs(x) <= ${largest}, ${numbersOf(storedColumn('props', question.prop ?? ''))})`
  const scan = scanEvents(inquiry, {
    columns: [
      `${positionSql(question.interval, bindings.bind('String', inquiry.zone))} AS n`,
      `${isFirst || isExact || isSaid ? 'toUnixTimestamp64Milli(time)' : 'toInt64(0)'} AS ms`,
      `${isEver || isOfNumbers || isSaid ? 'message_id' : "''"} AS id`,
      `${isOfNumbers ? nums : 'toUInt8(0)'} AS nums`,
      `toUInt8(${meets}) AS ok`,
      ...(isSaid ? [`CAST([${said.join(', ')}], 'Array(Nullable(String))') AS said`] : []),
      `(time < ${until}${isFirst ? '' : ` AND time >= ${from}`} AND (${choiceSql(inquiry, begin)})) AS begins`,
      `(time >= ${from} AND (${choiceSql(inquiry, question.return)})${isOfNumbers ? ' AND notEmpty(nums)' : ''}) AS returned`,
    ],
    choices: [begin, question.return],
    days: { fromMs: isFirst ? 0 : days.fromMs, untilMs: plan.untilMs },
    where: ['(begins OR returned)'],
  })
  const told =
    isExact || isEver || isSaid
      ? ofMoments(isFirst, isOfNumbers, question, days)
      : ofPeriods(isFirst, question, days)
  return `SELECT person, ${told}
    FROM (\n${scan}\n) GROUP BY person HAVING notEmpty(starts)`
}

/** In general: the start and each return with their moments. */
function ofMoments(
  isFirst: boolean,
  isOfNumbers: boolean,
  { minimum, window, breakdown }: RetentionQuestion,
  days: Days,
): string {
  const each = isOfNumbers || minimum > 1 ? 'groupArrayIf' : 'groupUniqArrayIf'
  const isSaid = saidNames(breakdown).length > 0
  const start = isSaid ? '(ms, id, n, ok, said)' : '(ms, id, n, ok)'
  // The values are no part of the order; where there are none, equal beginnings are one.
  const first = isSaid ? `argMinIf(${start}, (ms, id), begins)` : `minIf(${start}, begins)`
  const all = isSaid
    ? `arraySort(x -> (x.1, x.2), groupArrayIf(${start}, begins))`
    : `arraySort(groupUniqArrayIf(${start}, begins))`
  const starts = isFirst
    ? `arrayFilter(x -> x.4 = 1 AND ${isBegun('x.1', days)}, [${first}])`
    : `arrayFilter((x, before) -> x.3 != before, begun, arrayPopBack(arrayPushFront(arrayMap(x -> x.3, begun), -1)))`
  const begun = isFirst ? '' : `${all} AS begun, `
  const moment = isOfNumbers || window !== 'calendar' ? 'ms' : 'toInt64(0)'
  return `${begun}${starts} AS starts, ${each}((${moment}, ${isOfNumbers ? 'id' : "''"}, n, nums), returned) AS returns`
}

/** Where only the periods matter they are collected as bare numbers, which is three times cheaper than tuples of texts. */
function ofPeriods(isFirst: boolean, { minimum }: RetentionQuestion, days: Days): string {
  const starts = isFirst
    ? `arrayFilter(x -> x.4 AND ${isBegun('x.1', days)}, [(minIf(ms, begins), '', minIf(n, begins), countIf(begins) > 0)])`
    : `arrayMap(x -> (toInt64(0), '', x), arraySort(arrayDistinct(groupArrayIf(n, begins))))`
  const returns = 'groupArrayIf(n, returned)'
  const once = minimum > 1 ? returns : `arrayDistinct(${returns})`
  return `${starts} AS starts, arrayMap(x -> (toInt64(0), '', x, toUInt8(0)), ${once}) AS returns`
}

const isBegun = (ms: string, { fromMs, untilMs }: Days) => `${ms} >= ${fromMs} AND ${ms} < ${untilMs}`

const unconditional = ({ event, or = [] }: EventChoice): EventChoice => ({
  event,
  or: or.map((one) => ({ event: one.event })),
})
