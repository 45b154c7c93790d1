import { DateTime } from 'luxon'
import type { BreakdownBy, EventChoice } from '#modules/analytics/contract/question.ts'
import type { Told, World } from '#test/analytics/journeys.ts'
import { isChosen, numbersIn, type Part, partsOf, rankedValues, told, valueBy } from './select.ts'

/** One order of a person; `id` decides between two at the same moment. Money in whole millionths. */
export type Bought = { order: string; time: number; id: string; micro: bigint; props?: Told['props'] }
/** Everything somebody bought, in order, each order once, and what of it went back. */
export type Life = { person: string; orders: Bought[]; returned: Bought[] }
/** Somebody in a cohort: the moment they began, and their orders from then on. */
export type Begun = Life & { time: number; props: Told['props'] }

export type PurchaseQuestion = {
  event?: EventChoice | undefined
  start?: EventChoice | undefined
  order_id: string
  amount?: string
  audience?: unknown
  range: { from: string; to: string }
  interval: 'day' | 'week' | 'month'
  periods: number
  breakdown?: BreakdownBy[] | undefined
  top?: number
  compare?: unknown
}

export const micros = (value: number): bigint => BigInt(Math.floor(value * 1e6 + 0.5))

/** Lives out of events: of several with one order id the first counts. */
export function livesOfEvents(world: World, question: PurchaseQuestion): Life[] {
  const event = question.event as EventChoice
  const mine = told(world, question.audience as never)
  return [...Map.groupBy(mine, ({ person }) => person)].map(([person, own]) => {
    const orders: Bought[] = []
    for (const one of own.filter((candidate) => isChosen(candidate, event))) {
      const order = valueBy(world, one, question.order_id) || `message ${one.messageId}`
      if (orders.some((known) => known.order === order)) continue
      const numbers = numbersIn(one.props[question.amount ?? 'revenue'])
      const micro = numbers.reduce((sum, number) => sum + micros(number), 0n)
      orders.push({ order, time: one.time, id: one.messageId, micro, props: one.props })
    }
    return { person, orders, returned: [] }
  })
}

/** Who began in the range: with the first order, or with the first start event; of a part, those with its values. */
export function begun(
  world: World,
  question: PurchaseQuestion,
  lives: readonly Life[],
  part?: Part,
): Begun[] {
  const { zone } = world
  const first = DateTime.fromISO(question.range.from, { zone }).toMillis()
  const end = DateTime.fromISO(question.range.to, { zone }).plus({ days: 1 }).toMillis()
  return beginnings(world, question, lives).filter(
    (one) => one.time >= first && one.time < end && (!part || part.holds(keyOf(world, question, one))),
  )
}

/** The combination of whoever began, as text that can be compared. */
const keyOf = (world: World, { breakdown = [] }: PurchaseQuestion, { person, props }: Begun): string =>
  JSON.stringify(breakdown.map((by) => valueBy(world, { person, props } as Told, by)))

/** The combinations shown by themselves, and the rest. */
export function purchaseParts(world: World, question: PurchaseQuestion, lives: readonly Life[]): Part[] {
  const people = new Map<string, Set<string>>()
  for (const one of begun(world, question, lives)) {
    const key = keyOf(world, question, one)
    people.set(key, (people.get(key) ?? new Set()).add(one.person))
  }
  return partsOf(rankedValues(people, question.top ?? 25), question.breakdown?.length ?? 0)
}

function beginnings(world: World, { start, audience, event }: PurchaseQuestion, lives: readonly Life[]) {
  if (start === undefined)
    return lives.flatMap((life): Begun[] =>
      life.orders[0] === undefined
        ? []
        : [{ ...life, time: life.orders[0].time, props: life.orders[0].props ?? {} }],
    )
  const starts = told(world, audience as never).filter((one) => isChosen(one, start))
  return [...Map.groupBy(starts, ({ person }) => person)].map(([person, own]): Begun => {
    const at = own[0] as Told
    const life = lives.find((one) => one.person === person)
    const isSince = (order: Bought) =>
      order.time > at.time ||
      (order.time === at.time &&
        (event === undefined || Buffer.compare(Buffer.from(order.id), Buffer.from(at.messageId)) >= 0))
    const orders = (life?.orders ?? []).filter(isSince)
    const returned = (life?.returned ?? []).filter(({ order }) => orders.some((one) => one.order === order))
    return { person, time: at.time, props: at.props, orders, returned }
  })
}

/** How many periods of the calendar later. */
export function periodsBetween(from: number, to: number, unit: PurchaseQuestion['interval'], zone: string) {
  const start = (time: number) =>
    DateTime.fromMillis(time, { zone }).startOf(unit).setZone('utc', { keepLocalTime: true })
  return Math.round(start(to).diff(start(from), unit).as(unit))
}

/** The periods of a range, by their first days, and when value n of each is over. */
export function cohortsOf(world: World, { range, interval }: PurchaseQuestion) {
  const { zone } = world
  const cohorts: { date: string; doneAt: (period: number) => number }[] = []
  let at = DateTime.fromISO(range.from, { zone }).startOf(interval)
  while (at.toFormat('yyyy-MM-dd') <= range.to) {
    const begin = at
    cohorts.push({
      date: begin.toFormat('yyyy-MM-dd'),
      doneAt: (period) =>
        begin
          .plus({ [interval]: period + 1 })
          .startOf(interval)
          .toMillis(),
    })
    at = at.plus({ [interval]: 1 })
  }
  return cohorts
}
