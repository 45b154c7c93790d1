import type { Tx } from '#platform/pg/database.ts'

/** A watched number left what had been fine, or came back to it. */
export type AlertChange = {
  type: 'alert.fired' | 'alert.recovered'
  /** The same however often it is told: alert, bucket, what changed. */
  key: string
  alert: { id: string; name: string }
  /** Name of the bucket in the workspace's zone. */
  bucket: string
  interval: 'hour' | 'day' | 'week' | 'month'
  unit: 'number' | 'percent'
  value: number | null
  /** What had been fine: `low ≤ value ≤ high`; null: no bound. */
  expected: { low: number | null; high: number | null }
  /** Page that shows it. */
  href: string
  /** ms */
  at: number
  /** Ids of the places it goes to, of those `places` names; null: every place that wants to hear of alerts. */
  only: readonly string[] | null
}

/**
 * Extension point: hears of alerts that fire and recover, in the transaction that notes it: there is something told exactly
 * when there is something to tell. Must be idempotent by `key`. Example: webhooks.
 */
export type AlertListener = {
  name: string
  /** Where it would tell of alerts now; an alert may choose among them. */
  places(tx: Tx): Promise<{ id: string; name: string }[]>
  changed(tx: Tx, workspace: number, change: AlertChange): Promise<void>
}
