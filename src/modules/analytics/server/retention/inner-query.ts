import type { EventChoice } from '#modules/analytics/contract/question.ts'
import type { RetentionQuestion } from '#modules/analytics/contract/retention.ts'
import { type Plan, windowMs } from '#modules/analytics/server/retention/plan.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionSql } from '#modules/analytics/server/sql/positions.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { choiceSql, scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { bindTime, numbersOf, storedColumn } from '#modules/rules/index.ts'

// As of trends: beyond it a number is left out.
const largest = 1e24

/**
 * The one inner query of a retention: a row for each person and cohort `c` (number of its period) with `hits`, the
 * values they count in, and of a measured property `nums`, the numbers for each of the hits.
 */
export function innerQuery(inquiry: Inquiry, question: RetentionQuestion, plan: Plan): string {
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
  const placed = `SELECT person, start.3 AS c, ${found} AS found, arrayMap(p -> p.1, found) AS places
    FROM (\n${perPerson(inquiry, question, plan)}\n) ARRAY JOIN starts AS start`
  const isIn = question.cumulative ? 'p.1 >= h' : 'p.1 = h'
  const nums = `arrayMap(h -> arrayFlatten(arrayMap(p -> p.2, arrayFilter(p -> ${isIn}, found))), hits) AS nums`
  return `SELECT person, c, ${hits(question, lowest)} AS hits${isOfNumbers ? `, ${nums}` : ''} FROM (\n${placed}\n)`
}

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
  const { bindings, days } = inquiry
  const isOfNumbers = question.measure !== 'people'
  const isFirst = question.mode !== 'recurring'
  const isEver = question.mode === 'first_ever'
  const isExact = isOfNumbers || question.window !== 'calendar'
  const begin = isEver ? unconditional(question.start) : question.start
  const from = bindTime(bindings, days.fromMs)
  const until = bindTime(bindings, days.untilMs)
  const meets = choiceSql(inquiry, question.start)
  const nums = `arrayFilter(x -> abs(x) <= ${largest}, ${numbersOf(storedColumn('props', question.prop ?? ''))})`
  const scan = scanEvents(inquiry, {
    columns: [
      `${positionSql(question.interval, bindings.bind('String', inquiry.zone))} AS n`,
      `${isFirst || isExact ? 'toUnixTimestamp64Milli(time)' : 'toInt64(0)'} AS ms`,
      `${isEver || isOfNumbers ? 'message_id' : "''"} AS id`,
      `${isOfNumbers ? nums : 'toUInt8(0)'} AS nums`,
      `toUInt8(${meets}) AS ok`,
      `(time < ${until}${isFirst ? '' : ` AND time >= ${from}`} AND (${choiceSql(inquiry, begin)})) AS begins`,
      `(time >= ${from} AND (${choiceSql(inquiry, question.return)})${isOfNumbers ? ' AND notEmpty(nums)' : ''}) AS returned`,
    ],
    choices: [begin, question.return],
    days: { fromMs: isFirst ? 0 : days.fromMs, untilMs: plan.untilMs },
    where: ['(begins OR returned)'],
  })
  const told =
    isExact || isEver ? ofMoments(isFirst, isOfNumbers, question, days) : ofPeriods(isFirst, question, days)
  return `SELECT person, ${told}
    FROM (\n${scan}\n) GROUP BY person HAVING notEmpty(starts)`
}

/** In general: the start and each return with their moments. */
function ofMoments(
  isFirst: boolean,
  isOfNumbers: boolean,
  { minimum, window }: RetentionQuestion,
  days: Days,
): string {
  const each = isOfNumbers || minimum > 1 ? 'groupArrayIf' : 'groupUniqArrayIf'
  const starts = isFirst
    ? `arrayFilter(x -> x.4 = 1 AND ${isBegun('x.1', days)}, [minIf((ms, id, n, ok), begins)])`
    : `arrayFilter((x, before) -> x.3 != before, begun, arrayPopBack(arrayPushFront(arrayMap(x -> x.3, begun), -1)))`
  const begun = isFirst ? '' : 'arraySort(groupUniqArrayIf((ms, id, n), begins)) AS begun, '
  const moment = isOfNumbers || window !== 'calendar' ? 'ms' : 'toInt64(0)'
  return `${begun}${starts} AS starts, ${each}((${moment}, id, n, nums), returned) AS returns`
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
