import type { PathQuestion } from '#modules/analytics/contract/path.ts'
import {
  choicesOf,
  codeBits,
  exitCode,
  itemsSql,
  otherCode,
} from '#modules/analytics/server/path/items-sql.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'

const mask = 2 ** codeBits - 1
export const codeSql = (key: string): string => `bitAnd(${key}, ${mask})`
export const momentSql = (key: string): string => `bitShiftRight(${key}, ${codeBits})`
const withCode = (key: string, code: number) => `bitOr(bitAnd(${key}, bitNot(toUInt64(${mask}))), ${code})`

/**
 * Ids of messages are long, and decide only between equal moments: so they are read of those people alone who have different
 * items at one. `unknown`: nobody knows yet who that is; they have one row that is `tied` and no path. Else `tied` lists
 * them. `careful`: everybody in order whatever it costs, in one statement.
 */
export type Order = 'unknown' | 'careful' | { tied: readonly number[] }
/** With more of them everybody's ids are read. */
export const mostTied = 10_000

/**
 * The one inner query of paths: a row for each path with `person` and two arrays of (moment, code) in one number each:
 * `outs`, its nodes as they are left, and `ins`, the same as they are entered, with one more: the exit, or the others where
 * a path goes on beyond the last step. The two differ only where what lies in the middle is gathered.
 */
export function innerQuery(
  inquiry: Inquiry,
  question: PathQuestion,
  order: Order = 'careful',
): { sql: string; names: string } {
  const { steps, count, gap_minutes, start, end, collapse } = question
  const { names, columns, hasOthers } = itemsSql(inquiry, question)
  const told = toldSql(inquiry, question, columns, order)
  const visits =
    count === 'people'
      ? `SELECT person, tied, told AS visit FROM (\n${told}\n)`
      : `SELECT person, tied, visit FROM (\n${told}\n)
         LEFT ARRAY JOIN arraySplit((key, pause) -> pause, told, arrayMap(ms -> ms >= ${gap_minutes * 60_000},
           arrayDifference(arrayMap(key -> ${momentSql('key')}, told)))) AS visit`
  const own = hasOthers ? `arrayFilter(key -> ${codeSql('key')} != 0, visit)` : 'visit'
  const items = `SELECT person, tied, ${collapsed(collapse)} AS items FROM (SELECT person, tied, ${own} AS own FROM (\n${visits}\n))
    WHERE notEmpty(own) OR tied`
  const codeOf = (text: string) => `indexOf(${names}, ${inquiry.bindings.bind('String', text)})`
  const placeIn = (array: string, name: string) =>
    `indexOf(arrayMap(key -> toUInt32(${codeSql('key')}), ${array}), toUInt32(${codeOf(name)}))`
  let cut = items
  if (start !== null)
    cut = `SELECT person, tied, arraySlice(items, place) AS items
      FROM (SELECT person, tied, items, ${placeIn('items', nameOf(start))} AS place FROM (\n${cut}\n)) WHERE place > 0 OR tied`
  if (end !== null) {
    // From a start on, the end comes after it: to the same item again is a way, too.
    const searched = start === null ? 'items' : 'arrayPopFront(items)'
    cut = `SELECT person, tied, arraySlice(items, 1, place + ${start === null ? 0 : 1}) AS items
      FROM (SELECT person, tied, items, ${placeIn(searched, nameOf(end))} AS place FROM (\n${cut}\n)) WHERE place > 0 OR tied`
  }
  const own2 = shortened(steps, start !== null, end !== null)
  return {
    names,
    sql: `SELECT person, tied, ${own2.outs} AS outs, arrayPushBack(${own2.ins}, ${own2.last}) AS ins FROM (\n${cut}\n)`,
  }
}

export const nameOf = (end: NonNullable<PathQuestion['start']>): string =>
  typeof end === 'string' ? end : end.event

/** What each person did, in order, a number each: `person`, `told`, and `tied` where the order is not known. */
function toldSql(inquiry: Inquiry, question: PathQuestion, columns: readonly string[], order: Order): string {
  const moment = `toUInt64(toUnixTimestamp64Milli(time) - ${inquiry.days.fromMs})`
  const key = `bitOr(bitShiftLeft(${moment}, ${codeBits}), code) AS key`
  const scan = (more: readonly string[], where: readonly string[]) =>
    scanEvents(inquiry, {
      columns: [...columns, key, ...more],
      choices: choicesOf(question),
      days: inquiry.days,
      where,
    })
  const careful = (where: readonly string[]) =>
    `SELECT person, arraySort((key, id) -> (${momentSql('key')}, id), groupArray(key), groupArray(id)) AS told, 0 AS tied
     FROM (\n${scan(['message_id AS id'], where)}\n) GROUP BY person`
  // Values of a property cost more to read than the ids do.
  if (question.by !== 'event') return careful([])
  const quick = (where: readonly string[]) =>
    `SELECT person, arraySort(groupArray(key)) AS told FROM (\n${scan([], where)}\n) GROUP BY person`
  const isTied = `arrayExists((key, next) -> ${momentSql('key')} = ${momentSql('next')} AND key != next,
    told, arrayPushBack(arrayPopFront(told), told[-1]))`
  if (order === 'unknown')
    return `SELECT person, if(tied, [], told) AS told, tied FROM (SELECT person, told, ${isTied} AS tied FROM (\n${quick([])}\n))`
  if (order === 'careful')
    return `SELECT person, told, 0 AS tied FROM (\n${quick([])}\n) WHERE NOT ${isTied}
    UNION ALL ${careful([`person IN (SELECT person FROM (\n${quick([])}\n) WHERE ${isTied})`])}`
  if (order.tied.length > mostTied) return careful([])
  const tied = inquiry.bindings.bind('Array(UInt64)', [...order.tied])
  return `SELECT person, told, 0 AS tied FROM (\n${quick([`person NOT IN ${tied}`])}\n)
    UNION ALL ${careful([`person IN ${tied}`])}`
}

/** SQL of `own` with runs of one item as one. */
function collapsed(collapse: PathQuestion['collapse']): string {
  if (collapse === 'none') return 'own'
  const changes = `arrayMap(by -> by != 0, arrayPopFront(arrayDifference(arrayMap(key -> ${codeSql('key')}, own))))`
  const kept = collapse === 'first' ? `arrayPushFront(${changes}, 1)` : `arrayPushBack(${changes}, 1)`
  // Who has no path for now has no last item either.
  return `arrayFilter((key, kept) -> kept, own, arrayResize(${kept}, length(own)))`
}

/** The first items, the last ones before an end, or both with what lies between them gathered. */
function shortened(steps: number, hasStart: boolean, hasEnd: boolean) {
  const ended = `toUInt64(${exitCode})`
  if (!hasEnd) {
    const first = `arraySlice(items, 1, ${steps})`
    const more = `if(length(items) > ${steps}, ${withCode(`items[${steps + 1}]`, otherCode)}, ${ended})`
    return { outs: first, ins: first, last: more }
  }
  if (!hasStart) {
    const last = `arraySlice(items, greatest(1, toInt64(length(items)) - ${steps - 1}))`
    return { outs: last, ins: last, last: ended }
  }
  const before = Math.floor(steps / 2)
  const after = steps - 1 - before
  const around = (between: string) =>
    `if(length(items) <= ${steps}, items, arrayConcat(arraySlice(items, 1, ${before}), [${withCode(between, otherCode)}], arraySlice(items, -${after})))`
  return { outs: around(`items[-${after + 1}]`), ins: around(`items[${before + 1}]`), last: ended }
}
