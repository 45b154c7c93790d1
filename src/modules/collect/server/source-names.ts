import { sql } from 'kysely'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database } from '#platform/pg/database.ts'

/** Names of the workspace's sources (write keys), revoked ones too, for the live event view. */
export const sourceNames = (database: Database) => async (ctx: WorkspaceCtx) =>
  database.read(ctx, async (tx) => {
    const rows = await tx.rows<{ id: string; name: string }>(sql`select id, name from read.source`)
    return new Map(rows.map((row) => [row.id, row.name]))
  })
