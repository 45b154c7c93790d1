import { requireSegment } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { listVersionRows } from '#modules/segments/server/versions/version-store.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

const newest = 2_147_483_647

/** The rules a segment had. */
export async function listVersions(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string, query: PageQuery) {
  const before = Number(decodeCursor(query.cursor, ['integer'])?.[0] ?? newest)
  const { segment, rows } = await deps.database.read(ctx, async (tx) => ({
    segment: await requireSegment(tx, id),
    rows: await listVersionRows(tx, id, before, query.limit + 1),
  }))
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({
      number: row.number,
      rule: row.rule,
      note: row.note,
      createdAt: row.created_at.toISOString(),
      createdBy: sayActor({ kind: row.created_by_kind, name: row.created_by }, ctx.language),
      current: row.number === segment.version,
    })),
    next: rows.length > query.limit && last ? encodeCursor([last.number]) : null,
  }
}
