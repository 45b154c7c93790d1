import type { FunnelExclusion, FunnelQuestion } from '#modules/analytics/contract/funnel.ts'
import { windowUnits } from '#modules/analytics/contract/funnel.ts'
import { propOf, textOf } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { alternatives, choiceSql, scanEvents } from '#modules/analytics/server/sql/scan-events.ts'

/**
 * Moment and place of an event of somebody in one number, so that two are compared and told apart as the total order
 * does, and one array carries both: milliseconds since the range began × 2^21 + place. Places only grow, so even more
 * events than 2^21 keep their order.
 */
export const places = 2_097_152
export const momentSql = (key: string): string => `intDiv(${key}, ${places})`
export const keyOfMoment = (ms: number): string => `(toUInt64(${ms}) * ${places})`

export const windowMs = ({ window }: Pick<FunnelQuestion, 'window'>): number =>
  window.value * windowUnits[window.unit] * 1000

/**
 * What is counted, a row each: `person`, `visit` (their visits by number, 0 of whole lives), and `ev`, their events in
 * order as (key, bits of the steps, bits of the gaps between steps they are excluded from, values to break down by).
 * Only who has a beginning in the range; `only` some people.
 */
export function journeySql(inquiry: Inquiry, question: FunnelQuestion, only?: readonly number[]): string {
  const { steps, exclusions = [], hold, order, count } = question
  const isOfVisits = count === 'sessions'
  const anything = { event: null }
  // A pause, and what comes in between where nothing may, are told by everything somebody does.
  const isTelling = question.correlate === 'events'
  const needsAll = isOfVisits || isTelling || order === 'strict'
  const matched = stepBits(inquiry, question)
  const gaps = steps
    .slice(1)
    .map((_, gap) =>
      either(exclusions.filter((one) => isBetween(one, gap)).map((one) => choiceSql(inquiry, one))),
    )
  // In any order no place is "the next step", so what is a step cannot be an exclusion as well.
  const excluded = order === 'any' ? `if(m = 0, toUInt32(${gaps[0] ?? '0'}), toUInt32(0))` : bits(gaps)
  const values = (question.breakdown ?? []).flatMap((by) => {
    const prop = propOf(by)
    return prop === undefined ? [] : [textOf('props', prop)]
  })
  // An array costs by what an element is made of, so of what nobody asks for there is none: three quarters of the time.
  const carried = [
    ...(exclusions.length > 0 ? [{ name: 'x', sql: excluded }] : []),
    ...(values.length > 0
      ? [{ name: 'said', sql: `CAST([${values.join(', ')}], 'Array(Nullable(String))')` }]
      : []),
    ...(hold === undefined ? [] : [{ name: 'held', sql: textOf('props', hold) }]),
    ...(isTelling ? [{ name: 'called', sql: 'toString(event)' }] : []),
  ]
  const scan = scanEvents(inquiry, {
    columns: [
      `toUnixTimestamp64Milli(time) AS t`,
      `message_id AS id`,
      `${matched} AS m`,
      ...carried.map(({ name, sql }) => `${sql} AS ${name}`),
    ],
    choices: needsAll ? [...steps, ...exclusions, anything] : [...steps, ...exclusions],
    days: { fromMs: inquiry.days.fromMs, untilMs: inquiry.days.untilMs + windowMs(question) },
    where: [
      ...(order === 'any'
        ? []
        : [
            `person IN (
${beginnersSql(inquiry, question)}
)`,
          ]),
      ...(only === undefined ? [] : [`person IN ${inquiry.bindings.bind('Array(UInt64)', [...only])}`]),
    ],
  })
  const first = order === 'any' ? 'm != 0' : 'bitTest(m, 0)'
  const told = ['t', 'id', 'm', ...carried.map(({ name }) => name)]
  const of = (name: string, missing: string) =>
    told.includes(name) ? `e.${told.indexOf(name) + 1}` : missing
  const perPerson = `SELECT person, arraySort(e -> (e.1, e.2, e.3), groupArray((${told.join(', ')}))) AS told
    FROM (\n${scan}\n) GROUP BY person HAVING countIf(${first} AND t < ${inquiry.days.untilMs}) > 0`
  const key = `toUInt64(e.1 - ${inquiry.days.fromMs}) * ${places} + place`
  const keyed = `SELECT person, arrayMap((e, place) ->
      (${key}, e.3, ${of('x', 'toUInt32(0)')},
        ${of('said', `CAST([], 'Array(Nullable(String))')`)}, ${of('held', `''`)}),
      told, arrayEnumerate(told)) AS all${isTelling ? `, ${othersSql(inquiry, question, key, of('called', ''))}` : ''} FROM (\n${perPerson}\n)`
  const visits = isOfVisits
    ? visitsSql(keyed, question.gap_minutes * 60_000)
    : `SELECT person, 0 AS visit, all${isTelling ? ', others' : ''} FROM (\n${keyed}\n)`
  const matters = order === 'strict' ? '1' : 'one.2 != 0 OR one.3 != 0'
  if (hold === undefined) {
    const ev = (isOfVisits || isTelling) && order !== 'strict' ? `arrayFilter(one -> ${matters}, all)` : 'all'
    return `SELECT person, visit, ${ev} AS ev${isTelling ? ', others' : ''} FROM (\n${visits}\n)`
  }
  // Events without the property belong to no value, and those of another are not in between.
  return `SELECT person, visit, arraySort(e -> e.1, groupArray(one)) AS ev
    FROM (SELECT person, visit, one FROM (\n${visits}\n) ARRAY JOIN all AS one WHERE isNotNull(one.5) AND (${matters}))
    GROUP BY person, visit, one.5`
}

/** What else somebody did, as (key, name): all that is no step by its name. */
function othersSql({ bindings }: Inquiry, { steps }: FunnelQuestion, key: string, name: string): string {
  const own = steps.flatMap(alternatives).flatMap(({ event }) => (event === null ? [] : [event]))
  const names = bindings.bind('Array(String)', [...new Set(own)])
  return `arrayFilter(o -> NOT has(${names}, o.2), arrayMap((e, place) -> (${key}, ${name}), told, arrayEnumerate(told))) AS others`
}

const visitsSql = (keyed: string, pauseMs: number): string => `SELECT person, visit, all FROM (
    SELECT person, arraySplit((e, pause) -> pause, all,
      arrayMap((e, before) -> ${momentSql('e.1')} - ${momentSql('before.1')} >= ${pauseMs}, all, arrayPushFront(arrayPopBack(all), all[1]))) AS parts
    FROM (\n${keyed}\n)) ARRAY JOIN parts AS all, arrayEnumerate(parts) AS visit`

const either = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '0' : `(${conditions.join(' OR ')})`

/** Who never begins is left out before anything is collected: a set of numbers, where others would be arrays. */
export const beginnersSql = (inquiry: Inquiry, { steps }: FunnelQuestion): string =>
  scanEvents(inquiry, { columns: [], choices: steps.slice(0, 1), days: inquiry.days })

/** Which steps an event is. */
export const stepBits = (inquiry: Inquiry, { steps }: FunnelQuestion): string =>
  bits(steps.map((step) => choiceSql(inquiry, step)))

/** Bit 0 of the first. */
const bits = (conditions: readonly string[]): string =>
  `toUInt32(${conditions.map((one, at) => (one === '0' ? '0' : `if(${one}, ${2 ** at}, 0)`)).join(' + ') || '0'})`

/** Whether an exclusion holds in the gap after step `gap + 1`. */
export const isBetween = ({ between: [from, to] }: FunnelExclusion, gap: number): boolean =>
  gap + 1 >= from && gap + 1 < to

/** How many steps each could share an event with, itself included: by their names, whatever the conditions. */
export function sharing({ steps }: Pick<FunnelQuestion, 'steps'>): number[] {
  const names = steps.map((step) => alternatives(step).map(({ event }) => event))
  const isShared = (a: number, b: number) =>
    names[a]?.some((one) => one === null || names[b]?.some((other) => other === null || other === one)) ??
    false
  const group = steps.map((_, at) => at)
  for (const a of group.keys())
    for (const b of group.keys())
      if (a < b && isShared(a, b)) {
        const [kept, gone] = [group[a], group[b]]
        for (const at of group.keys()) if (group[at] === gone) group[at] = kept as number
      }
  return group.map((own) => group.filter((other) => other === own).length)
}
