import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { PeopleChange, Shipment } from '#slots/people-change.ts'

export type PeopleWork<T> = (tx: Tx) => Promise<{ result: T; change: PeopleChange; shipments: Shipment[] }>

/**
 * Extension point: the one way to change people outside of the stream of events. Works run one at a time with the
 * projection, so identity has a single writer; resolves when the change is visible in lists and segments. Rejects with
 * `people.busy` when its turn does not come within the caller's `patienceMs`; nothing is changed then.
 * Provided by collect (its projector), used by profiles and tags.
 */
export type PeopleWriter = {
  write<T>(ctx: Pick<WorkspaceCtx, 'workspace' | 'patienceMs'>, work: PeopleWork<T>): Promise<T>
}
