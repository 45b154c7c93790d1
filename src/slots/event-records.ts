import type { Tx } from '#platform/pg/database.ts'
import type { StoredEvent } from '#slots/event-projection.ts'
import type { PeopleChange } from '#slots/people-change.ts'

/**
 * Extension point: records in Postgres that follow from events, written in the projector's transaction, so that they
 * exist exactly when the events do. Must be a function of the set of events (ordered by time and message id), because
 * they come in any order. What ClickHouse shall know of it is shipped by a `PeopleReactor`, after the commit.
 * Not asked when ClickHouse is rebuilt: Postgres has the records.
 * Example: companies from `group` calls.
 */
export type EventRecords = {
  name: string
  /** Types of calls it wants. */
  types: ReadonlySet<string>
  /** In a system transaction. Answers whom it concerns, undefined when nobody. */
  record(tx: Tx, workspace: number, events: readonly StoredEvent[]): Promise<PeopleChange | undefined>
}
