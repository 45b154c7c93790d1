import { DateTime } from 'luxon'
import type { UsageLifecycleQuestion, UsageState } from '#modules/analytics/contract/usage-lifecycle.ts'
import type { World } from '#test/analytics/journeys.ts'
import { bucketName, isChosen, keyBy, type Part, partsOf, rankedValues, told } from './select.ts'

type Question = UsageLifecycleQuestion & { range: { from: string; to: string } }
export type LivingWorld = World & { firstSeen: Map<string, number> }

/** Ids by state, period by period; of a part, of events that have its values. */
export function usageLifecycleReference(
  world: LivingWorld,
  question: Question,
  part?: Part,
): Map<string, Record<UsageState, string[]>> {
  const { interval, range } = question
  const { zone } = world
  const chosen = told(world, question.audience).filter(
    (event) =>
      isChosen(event, question.event) &&
      (part === undefined || part.holds(keyBy(world, event, question.breakdown ?? []))),
  )
  const active = Map.groupBy(chosen, (event) => bucketName(event, interval, zone))
  const activeIn = (t: string) => [...new Set((active.get(t) ?? []).map(({ person }) => person))].sort()
  const born = (person: string): string => {
    const first = chosen.find((event) => event.person === person)?.time ?? 0
    const time = question.anchor === 'first_event' ? first : (world.firstSeen.get(person) ?? 0)
    return bucketName({ time }, interval, zone)
  }
  const points = new Map<string, Record<UsageState, string[]>>()
  const until = DateTime.fromISO(range.to, { zone }).plus({ days: 1 }).startOf('day').toMillis()
  for (let time = DateTime.fromISO(range.from, { zone }).toMillis(); time < until; time += 900_000) {
    const t = bucketName({ time }, interval, zone)
    if (points.has(t)) continue
    const here = DateTime.fromMillis(time, { zone }).startOf(interval)
    const before = activeIn(bucketName({ time: here.toMillis() - 1 }, interval, zone))
    const now = activeIn(t)
    const isNew = (person: string) => born(person) === t
    points.set(t, {
      new: now.filter(isNew),
      returning: now.filter((person) => !isNew(person) && before.includes(person)),
      resurrecting: now.filter((person) => !isNew(person) && !before.includes(person)),
      dormant: before.filter((person) => !now.includes(person)),
    })
  }
  return points
}

/** Ranked by who was active in any of the periods. */
export function usageLifecycleParts(world: LivingWorld, question: Question): Part[] {
  const { breakdown = [], top, interval } = question
  const shown = new Set(usageLifecycleReference(world, question).keys())
  const people = new Map<string, Set<string>>()
  for (const event of told(world, question.audience)) {
    if (!isChosen(event, question.event) || !shown.has(bucketName(event, interval, world.zone))) continue
    const key = keyBy(world, event, breakdown)
    people.set(key, (people.get(key) ?? new Set()).add(event.person))
  }
  return partsOf(rankedValues(people, top), breakdown.length)
}
