import type { FunnelQuestion } from '#modules/analytics/contract/funnel.ts'
import { keyOfMoment, momentSql, sharing, windowMs } from '#modules/analytics/server/funnel/journey-sql.ts'

/** SQL over `ev` of one journey: all ways through it, one for each beginning, in the shape `readWay` understands. */
export type Ways = {
  sql: string
  /** Over one `way`: keys of the steps reached by time, those by number of step (0: not reached), and whether excluded. */
  keys: string
  byStep: string
  spoiled: string
}

/**
 * Backwards over the events. What is kept for every step is the way from its next event on: that event, then the next of
 * the following step after it, and so on. A beginning takes the way of step 2 as it stands then. So each way is the
 * earliest one from its beginning, an event never serves two steps of one way, and the cost grows with events, not with
 * their square. (Forwards, ways that run at once and whose windows end at different times would have to be kept apart.)
 */
export function waysSql(question: FunnelQuestion, rangeMs: number): Ways {
  return question.order === 'any' ? inAnyOrder(question, rangeMs) : inOrder(question, rangeMs)
}

const list = `'Array(UInt64)'`
const none = `CAST([], ${list})`
const lists = `'Array(Array(UInt64))'`

function inOrder(question: FunnelQuestion, rangeMs: number): Ways {
  const { steps, exclusions, order, start, interval } = question
  const count = steps.length
  const hasExclusions = exclusions !== undefined && exclusions.length > 0
  // acc.1 … acc.(N−1): ways from steps 2 … N; then, with exclusions, the next excluded event of each gap; then the ways.
  const wayFrom = (step: number) => (step > count ? none : `acc.${step - 1}`)
  const nextExcluded = (gap: number) => `acc.${count - 1 + gap}`
  const outAt = count + (hasExclusions ? count - 1 : 0)
  const out = `acc.${outAt}`
  const begin = (step: number) =>
    hasExclusions
      ? `arrayConcat([e.1, ${step < count ? nextExcluded(step) : 'toUInt64(0)'}], ${wayFrom(step + 1)})`
      : `arrayPushFront(${wayFrom(step + 1)}, e.1)`
  const range = Array.from({ length: count - 1 }, (_, at) => at + 1)
  const ways = range.map((at) => {
    const step = at + 1
    return `if(bitTest(e.2, ${step - 1}), ${begin(step)}, ${order === 'strict' ? none : wayFrom(step)})`
  })
  const excluded = hasExclusions
    ? range.map(
        (gap) =>
          `multiIf(bitTest(e.2, ${gap}), toUInt64(0), bitTest(e.3, ${gap - 1}), e.1, ${nextExcluded(gap)})`,
      )
    : []
  // Of beginnings that go on alike only the last counts; without this, many would be kept for nothing.
  const isSuperfluous =
    !hasExclusions && start === 'latest' && interval === undefined
      ? ` AND NOT (notEmpty(${out}) AND arrayPopFront(${out}[-1]) = ${wayFrom(2)})`
      : ''
  const next = `if(bitTest(e.2, 0) AND e.1 < ${keyOfMoment(rangeMs)}${isSuperfluous}, arrayPushBack(${out}, ${begin(1)}), ${out})`
  const initial = [...ways.map(() => none), ...excluded.map(() => 'toUInt64(0)'), `CAST([], ${lists})`]
  const sql = `arrayFold((acc, e) -> (${[...ways, ...excluded, next].join(',\n')}),
    arrayReverse(ev), (${initial.join(', ')})).${outAt}`
  const all = hasExclusions ? 'arrayFilter((key, at) -> at % 2 = 1, way, arrayEnumerate(way))' : 'way'
  const keys = `arrayFilter(key -> ${isWithin('key', 'way[1]', question)}, ${all})`
  const spoiled = hasExclusions
    ? `arrayExists((key, at) -> at % 2 = 0 AND key != 0 AND ${isWithin('key', 'way[1]', question)}, way, arrayEnumerate(way))`
    : '0'
  return { sql, keys, byStep: `arrayResize(${keys}, ${count})`, spoiled }
}

/**
 * What a beginning needs to know of each step are its next events, as many as there are steps it could share one with.
 * More never matter: by then one of those steps has taken each.
 */
function inAnyOrder(question: FunnelQuestion, rangeMs: number): Ways {
  const { steps } = question
  const needed = sharing(question)
  const count = steps.length
  const nextOf = steps.map(
    (_, at) =>
      `if(bitTest(e.2, ${at}), arraySlice(arrayPushFront(acc.${at + 1}, e.1), 1, ${needed[at]}), acc.${at + 1})`,
  )
  const excluded = `if(e.3 != 0, e.1, acc.${count + 1})`
  const out = `acc.${count + 2}`
  const next = `if(e.2 != 0 AND e.1 < ${keyOfMoment(rangeMs)}, arrayPushBack(${out}, [[e.1, acc.${count + 1}], ${nextOf.join(', ')}]), ${out})`
  const initial = [...steps.map(() => none), 'toUInt64(0)', `CAST([], 'Array(Array(Array(UInt64)))')`]
  const sql = `arrayFold((acc, e) -> (${[...nextOf, excluded, next].join(',\n')}),
    arrayReverse(ev), (${initial.join(', ')})).${count + 2}`
  const taken = needed.every((one) => one === 1)
    ? `arrayMap(next -> next[1], arrayPopFront(way))`
    : takenSql(count)
  const byStep = `arrayMap(key -> if(key != 0 AND ${isWithin('key', 'way[1][1]', question)}, key, toUInt64(0)), ${taken})`
  const keys = `arraySort(arrayFilter(key -> key != 0, ${byStep}))`
  const done = `if(has(${byStep}, toUInt64(0)), toUInt64(-1), arrayMax(${byStep}))`
  const spoiled = `way[1][2] != 0 AND ${isWithin('way[1][2]', 'way[1][1]', question)} AND way[1][2] < ${done}`
  return { sql, keys, byStep, spoiled }
}

/** Every event takes the highest step it is one of and that is still free. */
const takenSql = (count: number): string => `arrayFold((free, key) ->
    arrayMap((own, at) -> if(at = arrayLastIndex((one, next) -> one = 0 AND has(next, key), free, arrayPopFront(way)), key, own),
      free, arrayEnumerate(free)),
    arraySort(arrayDistinct(arrayFlatten(arrayPopFront(way)))), arrayWithConstant(${count}, toUInt64(0)))`

const isWithin = (key: string, first: string, question: FunnelQuestion): string =>
  `${momentSql(key)} - ${momentSql(first)} <= ${windowMs(question)}`
