import type { Tx } from '#platform/pg/database.ts'

/** Somebody's consent is another one now. */
export type ConsentChange = {
  /** Number of the person. */
  person: number
  channel: string
  /** Null: all marketing of the channel. */
  topic: string | null
  state: 'granted' | 'denied' | 'pending'
  source: string
  /** ms */
  at: number
}

/**
 * Extension point: hears of consents that changed, in the transaction that changes them: what it notes there exists
 * exactly when the change does. One short statement, and none when nobody wants to know.
 * Example: webhooks; later, a journey ends for who unsubscribed.
 */
export type ConsentListener = {
  name: string
  changed(tx: Tx, workspace: number, changes: readonly ConsentChange[]): Promise<void>
}
