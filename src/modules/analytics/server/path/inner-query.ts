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
 * The one inner query of paths: a row for each move, with `person`, `n` (its place in the path, from 1 on), the codes `s` and
 * `t` of the two nodes, and `ms` between them. Into the exit a path leads at its end, into the others where it goes on
 * beyond the last step.
 */
export function innerQuery(
  inquiry: Inquiry,
  question: PathQuestion,
  order: Order = 'careful',
): { sql: string; names: string } {
  const { names, columns, hasOthers } = itemsSql(inquiry, question)
  const told = toldSql(inquiry, question, columns, order)
  const isWhole = question.start === null && question.end === null
  const paths = isWhole
    ? wholePaths(question, told, hasOthers)
    : cutPaths(inquiry, question, told, { names, hasOthers })
  // Told after the arrays are joined: an `if` between arrays took as long as everything before it.
  const unlessTied = (value: string) => `if(tied, 0, ${value})`
  const sql = `SELECT person, ${unlessTied('toInt64(at)')} AS n, toUInt32(${unlessTied(codeSql('o'))}) AS s, toUInt32(${unlessTied(codeSql('i'))}) AS t,
      if(tied OR t = ${exitCode}, 0, toInt64(${momentSql('i')}) - toInt64(${momentSql('o')})) AS ms
    FROM (\n${paths}\n) ARRAY JOIN ns AS at, outs AS o, nexts AS i
    WHERE at <= ${question.steps}`
  return { names, sql }
}

// Later than any moment: from it to the first thing somebody did is no time.
const never = '18446744073709551615'
const beforeSql = (array: string) =>
  `arrayResize(arrayPushFront(arrayPopBack(${array}), toUInt64(${never})), length(${array}))`

/**
 * All paths of a person in one row, one after the other: `ns`, `outs`, `nexts`. Most visits are an event or two long, and a
 * row and a dozen arrays for each took twice as long as this does (3.4 million events of 940,000 people).
 */
function wholePaths({ count, gap_minutes, collapse, steps }: PathQuestion, told: string, hasOthers: boolean) {
  const gap = count === 'people' ? 2 ** 62 : gap_minutes * 60_000
  const sinceSql = `toUInt64(toInt64(${momentSql('key')}) - toInt64(${momentSql('before')}))`
  const visits = `SELECT person, tied, told AS own, before, arrayMap((key, before) -> ${sinceSql} >= ${gap}, told, before) AS begins
    FROM (SELECT person, tied, told, ${beforeSql('told')} AS before FROM (\n${told}\n))`
  const isItem = `${codeSql('key')} != 0`
  // What is no item makes no pause shorter: visits are told apart before it is left out.
  const items = hasOthers
    ? `SELECT person, tied, own, ${beforeSql('own')} AS before,
        arrayMap((visit, last) -> visit != last, visits, arrayResize(arrayPushFront(arrayPopBack(visits), toUInt64(0)), length(visits))) AS begins
      FROM (SELECT person, tied, arrayFilter(key -> ${isItem}, all) AS own,
          arrayFilter((visit, key) -> ${isItem}, arrayMap(x -> toUInt64(x), arrayCumSum(begins)), all) AS visits
        FROM (SELECT person, tied, own AS all, begins FROM (\n${visits}\n)))
      WHERE notEmpty(own) OR tied`
    : visits
  const kept = collapsedVisits(collapse, items)
  const ends = 'arrayResize(arrayPushBack(arrayPopFront(begins), 1), length(begins))'
  const next = 'arrayResize(arrayPushBack(arrayPopFront(outs), toUInt64(0)), length(outs))'
  return `SELECT person, tied, outs, ns, arrayMap((next, ends, n) -> multiIf(ends, toUInt64(${exitCode}), n = ${steps}, ${withCode('next', otherCode)}, next),
      ${next}, ${ends}, ns) AS nexts
    FROM (SELECT person, tied, outs, begins, arrayMap(n -> n + 1, arrayCumSumNonNegative(arrayMap(is -> if(is, -1000000000, 1), begins))) AS ns FROM (\n${kept}\n))`
}

/** Runs of one item within a visit as one: `outs`, and which of them `begins` a visit. */
function collapsedVisits(collapse: PathQuestion['collapse'], items: string): string {
  if (collapse === 'none') return `SELECT person, tied, own AS outs, begins FROM (\n${items}\n)`
  const differs = (other: string) => `${codeSql('key')} != ${codeSql(other)}`
  if (collapse === 'first')
    return `SELECT person, tied, arrayFilter((key, keeps) -> keeps, own, keeps) AS outs, arrayFilter((is, keeps) -> keeps, begins, keeps) AS begins
      FROM (SELECT person, tied, own, begins AS begun, begun AS begins, arrayMap((key, before, is) -> is OR ${differs('before')}, own, before, begins) AS keeps
        FROM (\n${items}\n))`
  const later = (array: string, end: string) =>
    `arrayResize(arrayPushBack(arrayPopFront(${array}), ${end}), length(${array}))`
  return `SELECT person, tied, outs, arrayResize(arrayPushFront(arrayPopBack(ended), 1), length(ended)) AS begins
    FROM (SELECT person, tied, arrayFilter((key, keeps) -> keeps, own, keeps) AS outs, arrayFilter((is, keeps) -> keeps, ends, keeps) AS ended
      FROM (SELECT person, tied, own, ends, arrayMap((key, next, is) -> is OR ${differs('next')}, own, ${later('own', 'toUInt64(0)')}, ends) AS keeps
        FROM (SELECT person, tied, own, ${later('begins', '1')} AS ends FROM (\n${items}\n))))`
}

/** Paths from a start on, to an end, or both: a row each, since either may be missing in a visit. */
function cutPaths(
  inquiry: Inquiry,
  { steps, count, gap_minutes, start, end, collapse }: PathQuestion,
  told: string,
  { names, hasOthers }: { names: string; hasOthers: boolean },
): string {
  const visits =
    count === 'people'
      ? `SELECT person, tied, told AS visit FROM (\n${told}\n)`
      : `SELECT person, tied, visit FROM (\n${told}\n)
         LEFT ARRAY JOIN if(tied, [told], arraySplit((key, pause) -> pause, told, arrayMap(ms -> ms >= ${gap_minutes * 60_000},
           arrayDifference(arrayMap(key -> ${momentSql('key')}, told))))) AS visit`
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
  const { outs, nexts } = shortened(steps, start !== null, end !== null)
  // Who is tied may have none of these, and must be told all the same.
  const unlessTied = (nodes: string) => `if(tied, [toUInt64(0)], ${nodes})`
  return `SELECT person, tied, ${unlessTied(outs)} AS outs, arrayEnumerate(outs) AS ns, ${unlessTied(nexts)} AS nexts FROM (\n${cut}\n)`
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
  const isTied = `arrayExists((key, before) -> ${momentSql('key')} = ${momentSql('before')} AND key != before, told, ${beforeSql('told')})`
  if (order === 'unknown') return `SELECT person, told, ${isTied} AS tied FROM (\n${quick([])}\n)`
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
  return `arrayFilter((key, kept) -> kept, own, arrayResize(${kept}, length(own)))`
}

/** The first items, the last ones before an end, or both with what lies between them gathered; and what follows each. */
function shortened(steps: number, hasStart: boolean, hasEnd: boolean) {
  const ended = `toUInt64(${exitCode})`
  if (!hasEnd) {
    const first = `arraySlice(items, 1, ${steps})`
    const more = `if(length(items) > ${steps}, ${withCode(`items[${steps + 1}]`, otherCode)}, ${ended})`
    return { outs: first, nexts: nextOf(first, more) }
  }
  if (!hasStart) {
    const last = `arraySlice(items, greatest(1, toInt64(length(items)) - ${steps - 1}))`
    return { outs: last, nexts: nextOf(last, ended) }
  }
  const before = Math.floor(steps / 2)
  const after = steps - 1 - before
  const around = (between: string) =>
    `if(length(items) <= ${steps}, items, arrayConcat(arraySlice(items, 1, ${before}), [${withCode(between, otherCode)}], arraySlice(items, -${after})))`
  // What is gathered is left as its last is, and entered as its first.
  return { outs: around(`items[-${after + 1}]`), nexts: nextOf(around(`items[${before + 1}]`), ended) }
}

const nextOf = (nodes: string, last: string) => `arrayPushBack(arrayPopFront(${nodes}), ${last})`
