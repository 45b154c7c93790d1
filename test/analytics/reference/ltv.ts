import type { World } from '#test/analytics/journeys.ts'
import { begun, cohortsOf, type Life, type PurchaseQuestion, periodsBetween } from './purchases.ts'
import { bucketName, type Part } from './select.ts'

/** A lifetime value by hand, with the ids of who had bought by each period, and of the whole cohort. */
export function ltvReference(
  world: World,
  question: PurchaseQuestion,
  lives: readonly Life[],
  now: number,
  part?: Part,
) {
  const everybody = begun(world, question, lives, part)
  return cohortsOf(world, question).map(({ date, doneAt }) => {
    const own = everybody.filter(({ time }) => bucketName({ time }, question.interval, world.zone) === date)
    const steps = Array.from({ length: question.periods }, (_, period) => {
      const isBy = (start: number, time: number) =>
        Math.max(0, periodsBetween(start, time, question.interval, world.zone)) <= period
      const money = own.flatMap((one) =>
        [...one.orders, ...one.returned].filter(({ time }) => isBy(one.time, time)),
      )
      const sum = money.reduce((all, { micro }) => all + micro, 0n)
      const people = own.filter((one) => one.orders.some(({ time }) => isBy(one.time, time)))
      const isOver = doneAt(period) <= now
      return {
        value: isOver && own.length > 0 ? Number(sum) / 1e6 / own.length : null,
        buyers: isOver ? people.length : null,
        people: people.map(({ person }) => person).sort(),
      }
    })
    return {
      answer: {
        date,
        size: own.length,
        values: steps.map(({ value }) => value),
        buyers: steps.map(({ buyers }) => buyers),
      },
      people: steps.map(({ people }) => people),
      cohort: own.map(({ person }) => person).sort(),
    }
  })
}
