import type { AuditNote } from '#modules/access/index.ts'
import type { Analytics } from '#modules/analytics/index.ts'
import type { Mask, PersonIds } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

export type SqlDeps = {
  database: Database
  ch: ClickHouse
  analytics: Pick<Analytics, 'inTurn' | 'everybodySeen'>
  profiles: {
    personOf: (unitSql: string, timeSql: string) => string
    personIds: PersonIds
    mask(ctx: WorkspaceCtx): Promise<Mask>
    maskOfCompanies(ctx: WorkspaceCtx): Promise<Mask>
    attributesOf(tx: Tx): Promise<{ name: string; type: string; label: string | null }[]>
  }
  /** Segments there are, deleted ones left out. */
  segments: (ctx: WorkspaceCtx) => Promise<{ num: number; id: string; name: string }[]>
  companyAttributes: (ctx: WorkspaceCtx) => Promise<string[]>
  audit: (tx: Tx, ctx: Pick<WorkspaceCtx, 'actor' | 'now' | 'workspace'>, note: AuditNote) => Promise<void>
}
