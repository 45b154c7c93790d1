import type { AuditNote } from '#modules/access/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Log } from '#platform/log.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { Notifier } from '#slots/notifier.ts'

export type HealthDeps = {
  database: Database
  ch: ClickHouse
  clock: Clock
  log: Log
  notifier: Notifier
  audit: (tx: Tx, ctx: Pick<WorkspaceCtx, 'actor' | 'now' | 'workspace'>, note: AuditNote) => Promise<void>
}
