import type { KnownSegment, WorkspaceRules } from '#modules/segments/server/rule-book.ts'
import type { PeopleChange } from '#slots/people-change.ts'

/**
 * Live segments that a change may concern. A changed state (traits, tags, identity, somebody new) may concern every
 * rule: a merge moves events, and who is new is in "never did X". Plain events concern the rules that read them.
 */
export function affectedBy(
  rules: Pick<WorkspaceRules, 'segments'>,
  change: Pick<PeopleChange, 'events' | 'state'>,
): KnownSegment[] {
  const live = [...rules.segments.values()].filter((segment) => segment.state === 'live')
  if (change.state) return live
  return live.filter((segment) => [...change.events].some((event) => segment.events.has(event)))
}

/** Changes of one workspace as one. */
export function joinChanges(changes: readonly PeopleChange[]): PeopleChange[] {
  return [...Map.groupBy(changes, (change) => change.workspace)].map(([workspace, ones]) => ({
    workspace,
    persons: new Set(ones.flatMap((one) => [...one.persons])),
    events: new Set(ones.flatMap((one) => [...one.events])),
    state: ones.some((one) => one.state),
  }))
}
