import type { ActorName, WorkspaceCtx } from '#platform/context.ts'
import type { KeysetQuestion } from '#platform/pg/keyset.ts'
import type { PersonToTell } from '#slots/personal-data.ts'

/** What a reader of a timeline may leave out: what somebody did, was sent, bought, and what was done to their record. */
export const timelineGroups = ['behaviour', 'messages', 'sales', 'system'] as const
export type TimelineGroup = (typeof timelineGroups)[number]

/**
 * Place in the one order of everything about a person: time in ms, then the key, compared by its bytes. A key is told
 * once, so it begins with the name of its source; events alone have their message id there.
 */
export type TimelinePlace = readonly [time: number, key: string]

export type TimelineEntry = {
  place: TimelinePlace
  group: TimelineGroup
  /** What it is, `tag.added`: the screen has a sentence for it. */
  kind: string
  /** Of what: the tag, the segment, the new owner. */
  name: string
  properties: Record<string, unknown>
  by?: ActorName
  why?: string | null
}

/** `numbers`: every number that answers for the person now; those of merged people are among them. */
export type TimelinePerson = PersonToTell & { numbers: readonly number[] }

/** The nearest entries beyond a place, in the asked direction, of these groups; `search` is part of a text, in any case. */
export type TimelineQuestion = KeysetQuestion & {
  groups: ReadonlySet<TimelineGroup>
  search: string | undefined
}

/**
 * Extension point: a module that has something to show in a person's timeline. Both answers are of people whom the
 * caller may see; what else they need (`segment:read`) the source asks of `ctx`.
 * Example: segments show who came in and went.
 */
export type TimelineSource = {
  name: string
  groups: readonly TimelineGroup[]
  /** Up to `limit` entries, nearest first, none left out in between: the pages of all sources are merged by place. */
  entries(
    ctx: WorkspaceCtx,
    person: TimelinePerson,
    question: TimelineQuestion,
  ): Promise<readonly TimelineEntry[]>
  /** Which of its groups have anything, cheaply. */
  present(ctx: WorkspaceCtx, person: TimelinePerson): Promise<readonly TimelineGroup[]>
}

/**
 * Extension point: a module that knows more about some events than their type. They stay events, in their places.
 * Examples: orders put `Order Completed` among sales; imports say of which file a call is a row.
 */
export type TimelineEventTeller = {
  name: string
  /** Events of these names are in this group. */
  claims?: { group: TimelineGroup; names: readonly string[] }
  /** Calls whose message id begins so; told by message id, those it does not know stay as they are. */
  messages?: {
    prefix: string
    tell(
      ctx: WorkspaceCtx,
      messageIds: readonly string[],
    ): Promise<ReadonlyMap<string, { kind: string; name: string; properties: Record<string, unknown> }>>
  }
}
