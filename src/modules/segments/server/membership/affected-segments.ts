import { byWhatTheyDid, didOf, joinDid } from '#modules/segments/server/membership/by-what-they-did.ts'
import type { KnownSegment, WorkspaceRules } from '#modules/segments/server/rule-book.ts'
import type { PeopleChange } from '#slots/people-change.ts'

export type Review = { segments: KnownSegment[]; persons: number[] }

/**
 * Whom to look at, and for which live segments. A changed state (traits, tags, identity, somebody new) may concern
 * every rule: a merge moves events, and who is new is in "never did X". Of people who only did something, only the
 * rules that read those events are looked at, and where many did different things, each by what they did.
 */
export function reviewsOf(
  rules: Pick<WorkspaceRules, 'segments'>,
  change: Pick<PeopleChange, 'events' | 'state' | 'persons' | 'did'>,
  leastSaving?: number,
): Review[] {
  const live = [...rules.segments.values()].filter((segment) => segment.state === 'live')
  const reviews = [
    { segments: live, persons: [...change.state] },
    ...byWhatTheyDid(live, didOf(change), change.state, leastSaving),
  ]
  return reviews.filter((review) => review.segments.length > 0 && review.persons.length > 0)
}

/** Whom a change may concern through what they belong to: `counted` of those beside them, whoever they are. */
export type CircleReview = { segments: KnownSegment[]; persons: number[]; withMates: boolean }

/**
 * Rules about companies and households. Something changed there (`around`): their people. Somebody is another one now
 * (`state`): how many belong to it, and what they did together, may be different for all beside them. Somebody did
 * something: the rules that ask whether anybody in it did.
 */
export function circleReviewsOf(
  rules: Pick<WorkspaceRules, 'segments'>,
  change: Pick<PeopleChange, 'events' | 'state' | 'persons' | 'around'>,
): CircleReview[] {
  const asking = [...rules.segments.values()].filter((one) => one.state === 'live' && one.circles.asked)
  const counting = asking.filter((one) => one.circles.counted)
  const reading = asking.filter((one) => [...change.events].some((event) => one.circles.events.has(event)))
  const reviews = [
    { segments: asking, persons: [...(change.around ?? [])], withMates: false },
    { segments: counting, persons: [...change.state], withMates: true },
    { segments: reading, persons: [...change.persons], withMates: true },
  ]
  return reviews.filter((review) => review.segments.length > 0 && review.persons.length > 0)
}

/** Changes of one workspace as one. */
export function joinChanges(changes: readonly PeopleChange[]): PeopleChange[] {
  return [...Map.groupBy(changes, (change) => change.workspace)].map(([workspace, ones]) => ({
    workspace,
    persons: union(ones.map((one) => one.persons)),
    events: union(ones.map((one) => one.events)),
    did: joinDid(ones.map(didOf)),
    state: union(ones.map((one) => one.state)),
    around: union(ones.map((one) => one.around ?? new Set<number>())),
  }))
}

function union<T>(sets: readonly ReadonlySet<T>[]): Set<T> {
  const joined = new Set<T>()
  for (const set of sets) for (const one of set) joined.add(one)
  return joined
}
