import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import { listMemberRows, presentMember } from '#modules/access/server/members/member-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

export type MemberQuery = PageQuery & { q?: string | undefined; status?: 'active' | 'disabled' | undefined }

/** By name; colleagues are not customers, so the data scope does not narrow this list. */
export async function listMembers(deps: AccessDeps, ctx: WorkspaceCtx, query: MemberQuery) {
  const key = decodeCursor(query.cursor, ['text', 'text'])
  const after: [string, string] | undefined = key && [String(key[0]), String(key[1])]
  const filter = { q: query.q, status: query.status, after, limit: query.limit + 1 }
  const rows = await deps.database.read(ctx, (tx) => listMemberRows(tx, filter))
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(presentMember),
    next: rows.length > page.length && last ? encodeCursor([last.name, last.id]) : null,
  }
}
