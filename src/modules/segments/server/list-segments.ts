import type { z } from 'zod'
import type { routes, Segment } from '#modules/segments/contract.ts'
import { type Moved, presentSegment } from '#modules/segments/server/present-segment.ts'
import { listSegmentRows, requireSegment, sortKeyOf } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'

type ListQuery = z.infer<typeof routes.list.query>

const sortParts = { name: 'text', '-size': 'integer', '-updatedAt': 'time' } as const

export async function listSegments(deps: SegmentsDeps, ctx: WorkspaceCtx, query: ListQuery) {
  const { sort, limit } = query
  const after = decodeCursor(query.cursor, [sortParts[sort], 'text'])
  const rows = await deps.database.read(ctx, (tx) =>
    listSegmentRows(tx, { search: query.search, sort, after, limit: limit + 1 }),
  )
  const page = rows.slice(0, limit)
  const moved = await movedLately(
    deps,
    ctx,
    page.map((row) => row.num),
  )
  const last = page.at(-1)
  return {
    items: page.map((row) => presentSegment(row, moved.get(row.num))),
    next: rows.length > limit && last ? encodeCursor(sortKeyOf(last, sort)) : null,
  }
}

export async function getSegment(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string): Promise<Segment> {
  const row = await deps.database.read(ctx, (tx) => requireSegment(tx, id))
  const moved = await movedLately(deps, ctx, [row.num])
  return presentSegment(row, moved.get(row.num))
}

async function movedLately(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  nums: readonly number[],
): Promise<Map<number, Moved>> {
  if (nums.length === 0) return new Map()
  const rows = await deps.ch.query<{ segment: number; came: number; went: number }>(
    `SELECT segment, countIf(entered = 1) AS came, countIf(entered = 0) AS went FROM segment_change
     WHERE ws = {ws:UInt32} AND segment IN (${nums.join(', ')}) AND at > fromUnixTimestamp64Milli({since:Int64}, 'UTC')
     GROUP BY segment`,
    { ws: ctx.workspace.num, since: ctx.now - 86_400_000 },
  )
  return new Map(rows.map((row) => [row.segment, { entered: row.came, left: row.went }]))
}
