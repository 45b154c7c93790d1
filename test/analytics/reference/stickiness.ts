import type { StickinessQuestion } from '#modules/analytics/contract/stickiness.ts'
import type { World } from '#test/analytics/journeys.ts'
import { bucketName, isChosen, isWithin, keyBy, type Part, partsOf, rankedValues, told } from './select.ts'

type Question = StickinessQuestion & { range: { from: string; to: string } }

/** On how many days each person did it often enough; of a part, with events that have its values. */
export function stickinessReference(world: World, question: Question, part?: Part): Map<string, number> {
  const { interval, minimum } = question
  const chosen = chosenIn(world, question).filter(
    (one) => part === undefined || part.holds(keyBy(world, one, question.breakdown ?? [])),
  )
  const days = new Map<string, number>()
  for (const [person, own] of Map.groupBy(chosen, (one) => one.person)) {
    const byDay = Map.groupBy(own, (one) => bucketName(one, interval, world.zone))
    const enough = [...byDay.values()].filter((events) => events.length >= minimum).length
    if (enough > 0) days.set(person, enough)
  }
  return days
}

const chosenIn = (world: World, { audience, event, range }: Question) =>
  told(world, audience).filter(
    (one) => isWithin(one, range.from, range.to, world.zone) && isChosen(one, event),
  )

export function stickinessParts(world: World, question: Question): Part[] {
  const { breakdown = [], top } = question
  const people = new Map<string, Set<string>>()
  for (const event of chosenIn(world, question)) {
    const key = keyBy(world, event, breakdown)
    people.set(key, (people.get(key) ?? new Set()).add(event.person))
  }
  return partsOf(rankedValues(people, top), breakdown.length)
}
