import type { StickinessQuestion } from '#modules/analytics/contract/stickiness.ts'
import type { World } from '#test/analytics/journeys.ts'
import { bucketName, isChosen, isWithin, told } from './select.ts'

type Question = StickinessQuestion & { range: { from: string; to: string } }

/** On how many days each person did it often enough. */
export function stickinessReference(world: World, question: Question): Map<string, number> {
  const { event, range, interval, minimum } = question
  const chosen = told(world, question.audience).filter(
    (one) => isWithin(one, range.from, range.to, world.zone) && isChosen(one, event),
  )
  const days = new Map<string, number>()
  for (const [person, own] of Map.groupBy(chosen, (one) => one.person)) {
    const byDay = Map.groupBy(own, (one) => bucketName(one, interval, world.zone))
    const enough = [...byDay.values()].filter((events) => events.length >= minimum).length
    if (enough > 0) days.set(person, enough)
  }
  return days
}
