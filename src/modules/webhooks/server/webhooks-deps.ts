import type { AuditNote } from '#modules/access/index.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Log } from '#platform/log.ts'
import type { Outbound } from '#platform/outbound/create-outbound.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { SecretBox } from '#platform/secrets.ts'
import type { Notifier } from '#slots/notifier.ts'

export type WebhooksDeps = {
  database: Database
  clock: Clock
  log: Log
  outbound: Outbound
  secrets: SecretBox
  personIds: { encode(workspace: number, person: number): string }
  audit: (tx: Tx, ctx: Pick<WorkspaceCtx, 'actor' | 'now' | 'workspace'>, note: AuditNote) => Promise<void>
  notifier: Notifier
  /** For the jitter; 0 to 1. */
  random: () => number
}
