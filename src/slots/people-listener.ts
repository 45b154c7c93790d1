import type { Tx } from '#platform/pg/database.ts'
import type { PeopleChange } from '#slots/people-change.ts'

/**
 * Extension point: hears of changes of people inside the transaction that makes them, so that what it writes there
 * exists exactly when the change does. Runs in the projector's turn: one short statement, and none when nobody wants
 * to know. `tx` may stand in no workspace; each change names its own.
 * Example: outgoing webhooks note their messages.
 */
export type PeopleListener = {
  name: string
  changing(tx: Tx, changes: readonly PeopleChange[]): Promise<void>
}
