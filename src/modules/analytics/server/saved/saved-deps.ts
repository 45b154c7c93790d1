import type { AuditNote } from '#modules/access/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { AnalysisUsers } from '#slots/analysis-users.ts'

export type SavedDeps = {
  database: Database
  audit: (tx: Tx, ctx: Pick<WorkspaceCtx, 'actor' | 'now' | 'workspace'>, note: AuditNote) => Promise<void>
  /** What shows saved analyses. */
  users: readonly AnalysisUsers[]
}
