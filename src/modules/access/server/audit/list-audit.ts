import { sql } from 'kysely'
import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import type { AuditRow } from '#modules/access/server/audit/hash-entry.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

export type AuditQuery = PageQuery & { action?: string | undefined; actor?: string | undefined }

/** Newest first, by position in the chain. */
export async function listAudit(deps: AccessDeps, ctx: WorkspaceCtx, query: AuditQuery) {
  const before = decodeCursor(query.cursor, ['integer'])?.[0] ?? null
  const rows = await deps.database.read(ctx, (tx) =>
    tx.rows<AuditRow>(sql`select * from access.audit_log where workspace_id = ${tx.workspace}
      and (${before}::bigint is null or seq < ${before}::bigint)
      and (${query.action ?? null}::text is null or action = ${query.action ?? null})
      and (${query.actor ?? null}::text is null or actor_id = ${query.actor ?? null})
      order by seq desc limit ${query.limit + 1}`),
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(presentEntry),
    next: rows.length > page.length && last ? encodeCursor([last.seq]) : null,
  }
}

const presentEntry = (row: AuditRow) => ({
  seq: row.seq,
  time: row.at.toISOString(),
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  action: row.action,
  subject: row.subject,
  details: row.details,
})
