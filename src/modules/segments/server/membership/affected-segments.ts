import type { KnownSegment, WorkspaceRules } from '#modules/segments/server/rule-book.ts'
import type { PeopleChange } from '#slots/people-change.ts'

export type Review = { segments: KnownSegment[]; persons: number[] }

/**
 * Whom to look at, and for which live segments. A changed state (traits, tags, identity, somebody new) may concern
 * every rule: a merge moves events, and who is new is in "never did X". Of people who only did something, only the
 * rules that read those events are looked at.
 */
export function reviewsOf(
  rules: Pick<WorkspaceRules, 'segments'>,
  change: Pick<PeopleChange, 'events' | 'state' | 'persons'>,
): Review[] {
  const live = [...rules.segments.values()].filter((segment) => segment.state === 'live')
  const reading = live.filter((segment) => [...change.events].some((event) => segment.events.has(event)))
  const others = [...change.persons].filter((person) => !change.state.has(person))
  const reviews = [
    { segments: live, persons: [...change.state] },
    { segments: reading, persons: others },
  ]
  return reviews.filter((review) => review.segments.length > 0 && review.persons.length > 0)
}

/** Changes of one workspace as one. */
export function joinChanges(changes: readonly PeopleChange[]): PeopleChange[] {
  return [...Map.groupBy(changes, (change) => change.workspace)].map(([workspace, ones]) => ({
    workspace,
    persons: new Set(ones.flatMap((one) => [...one.persons])),
    events: new Set(ones.flatMap((one) => [...one.events])),
    state: new Set(ones.flatMap((one) => [...one.state])),
  }))
}
