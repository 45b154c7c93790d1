/** Rows for one ClickHouse table as JSON lines, shipped before the Postgres transaction commits. */
export type Shipment = { table: string; lines: string }

/** What a write did to people of one workspace; segments, and later journeys, react to it. */
export type PeopleChange = {
  workspace: number
  /** Numbers of the people whose events, attributes, tags or identity changed. */
  persons: ReadonlySet<number>
  /** Names of events that arrived; empty when only attributes, tags or identity changed. */
  events: ReadonlySet<string>
  /** Who may look different by which of these events; left out: all of them by all. */
  did?: ReadonlyMap<string, ReadonlySet<number>>
  /** Those of them whose attributes, tags or identity changed, who are new, or who are no more. */
  state: ReadonlySet<number>
  /** Those about whose company or household something changed; about themselves nothing did. */
  around?: ReadonlySet<number>
  /** Hours (since 1970, UTC) in which events of theirs came or went; left out where `events` are named: any. */
  hours?: ReadonlySet<number>
  /** Units that were there before and whose events are somebody else's now, or may be; left out: any. */
  moved?: ReadonlySet<number>
  /** Those who were in no list before. */
  created?: ReadonlySet<number>
  /** Those who are no more: whom they are part of now. */
  absorbed?: ReadonlyMap<number, number>
}

/**
 * Extension point: reacts to changes of people after they are visible everywhere.
 * Runs at least once per change and must be idempotent; it is what `projected` in /api/status waits for.
 * Example: the segments module brings memberships up to date.
 */
export type PeopleReactor = {
  name: string
  react(changes: readonly PeopleChange[]): Promise<void>
  /** Called after a crash in between: look at everybody. */
  reactToAll(): Promise<void>
  /** Rows were removed that could be seen for a moment and were never committed; nothing to do unless something was made of them. */
  takenBack?(): Promise<void>
}
