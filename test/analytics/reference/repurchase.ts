import type { World } from '#test/analytics/journeys.ts'
import {
  type Begun,
  begun,
  cohortsOf,
  type Life,
  type PurchaseQuestion,
  periodsBetween,
} from './purchases.ts'
import { bucketName, type Part } from './select.ts'

type Question = PurchaseQuestion & { cumulative: boolean }
const day = 86_400_000

/** A repurchase by hand, with the ids of the people in every cell. */
export function repurchaseReference(
  world: World,
  question: Question,
  lives: readonly Life[],
  now: number,
  part?: Part,
) {
  const everybody = begun(world, question, lives, part)
  const cohorts = cohortsOf(world, question).map(({ date, doneAt }) => {
    const own = everybody.filter(({ time }) => bucketName({ time }, question.interval, world.zone) === date)
    const people = Array.from({ length: question.periods }, (_, period) =>
      ids(period === 0 ? own : own.filter((one) => isAgain(world, question, one, period))),
    )
    const values = people.map((found, period) => (period > 0 && doneAt(period) > now ? null : found.length))
    return { date, size: own.length, values, people }
  })
  const gaps = everybody.flatMap(({ person, orders }) =>
    orders[1] && orders[0] ? [{ person, gap: orders[1].time - orders[0].time }] : [],
  )
  const within = (days: number) => {
    const of = everybody.filter(({ time }) => time + days * day <= now)
    const again = gaps.filter(
      ({ person, gap }) => gap <= days * day && of.some((one) => one.person === person),
    )
    return { days, of: ids(of), people: ids(again) }
  }
  return {
    cohorts,
    gaps,
    inDays: (from: number, until: number) =>
      ids(gaps.filter(({ gap }) => Math.floor(gap / day) >= from && Math.floor(gap / day) < until)),
    rates: [30, 60, 90, 180, 365].map(within),
  }
}

const ids = (people: readonly { person: string }[]) => people.map(({ person }) => person).sort()

function isAgain(world: World, { interval, cumulative }: Question, one: Begun, period: number): boolean {
  return one.orders.slice(1).some(({ time }) => {
    const after = periodsBetween(one.time, time, interval, world.zone)
    return cumulative ? after <= period : after === period
  })
}

/** Linear between the two nearest. */
export function quantile(values: readonly number[], level: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * level
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low === undefined || high === undefined ? null : low + (high - low) * (at - Math.floor(at))
}
