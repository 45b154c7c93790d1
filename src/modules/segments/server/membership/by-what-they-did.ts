import type { Review } from '#modules/segments/server/membership/affected-segments.ts'
import type { KnownSegment } from '#modules/segments/server/rule-book.ts'
import type { PeopleChange } from '#slots/people-change.ts'

type Did = ReadonlyMap<string, ReadonlySet<number>>

// A query of its own costs as much as some ten thousand (person, segment) pairs: 20,000 people in 36 segments took
// 0.5 s, a few people 40 ms. So people who did something else are asked about apart only where that saves more.
const worthAQuery = 50_000
const mostQueries = 8

/** People who did something, in groups of those who did the same where a group saves more than a query costs. */
export function byWhatTheyDid(
  live: readonly KnownSegment[],
  did: Did,
  looked: ReadonlySet<number>,
  leastSaving = worthAQuery,
): Review[] {
  const groups = new Map<string, { events: string[]; persons: number[] }>()
  for (const [person, events] of eventsOfPersons(live, did, looked)) {
    const key = JSON.stringify(events)
    const group = groups.get(key)
    if (group) group.persons.push(person)
    else groups.set(key, { events, persons: [person] })
  }
  const all = readingAny(live, [...did.keys()])
  const reviews = [...groups.values()].map((group) => ({
    ...group,
    segments: readingAny(live, group.events),
  }))
  const saving = ({ persons, segments }: Review) => persons.length * (all.length - segments.length)
  reviews.sort((a, b) => saving(b) - saving(a))
  const apart = reviews.slice(0, mostQueries).filter((review) => saving(review) >= leastSaving)
  const others = reviews.filter((review) => !apart.includes(review))
  const together = {
    segments: readingAny(
      live,
      others.flatMap((one) => one.events),
    ),
    persons: others.flatMap((one) => one.persons),
  }
  return [...apart.map(({ segments, persons }) => ({ segments, persons })), together]
}

/** What each of them did that a rule reads, in one order. */
function eventsOfPersons(
  live: readonly KnownSegment[],
  did: Did,
  looked: ReadonlySet<number>,
): Map<number, string[]> {
  const found = new Map<number, string[]>()
  for (const [event, persons] of did) {
    if (!live.some((segment) => segment.events.has(event))) continue
    for (const person of persons) {
      if (looked.has(person)) continue
      const events = found.get(person)
      if (events) events.push(event)
      else found.set(person, [event])
    }
  }
  return found
}

const readingAny = (live: readonly KnownSegment[], events: readonly string[]): KnownSegment[] =>
  live.filter((segment) => events.some((event) => segment.events.has(event)))

/** Who did what; where a change does not say, everybody may have done everything. */
export const didOf = ({ did, events, persons }: Pick<PeopleChange, 'did' | 'events' | 'persons'>): Did =>
  did ?? new Map([...events].map((event) => [event, persons]))

export function joinDid(ones: readonly Did[]): Did {
  const joined = new Map<string, Set<number>>()
  for (const did of ones)
    for (const [event, persons] of did) {
      const known = joined.get(event)
      if (!known) joined.set(event, new Set(persons))
      else for (const person of persons) known.add(person)
    }
  return joined
}
