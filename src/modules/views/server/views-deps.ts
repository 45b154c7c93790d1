import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

export type ViewsDeps = {
  database: Database
  /** Appends to the audit chain in the caller's transaction. */
  audit: (
    tx: Tx,
    ctx: Pick<WorkspaceCtx, 'actor' | 'now' | 'workspace'>,
    note: { action: string; subject?: string | null; details?: Record<string, unknown> },
  ) => Promise<void>
}
