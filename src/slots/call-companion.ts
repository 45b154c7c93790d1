import type { Tx } from '#platform/pg/database.ts'

/** A call that was recognised; who it is of is already written in this transaction. */
export type RecognisedCall = { type: string; messageId: string; sourceId: string }

/**
 * Extension point: brings people what their calls alone do not say, in the projector's transaction and before rows of
 * people are shipped, so that each is shipped once. Not asked when ClickHouse is rebuilt: Postgres has what it wrote.
 * Example: the tags of an import.
 */
export type CallCompanion = {
  name: string
  /** `tx` stands in no wall; its `workspace` is the calls'. Answers the people it changed. */
  accompany(tx: Tx, calls: readonly RecognisedCall[]): Promise<readonly number[]>
}
