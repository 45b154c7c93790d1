import type { z } from 'zod'
import type { routes, Segment } from '#modules/segments/contract.ts'
import { presentSegment, presentSegments, sizeInScope } from '#modules/segments/server/present-segment.ts'
import {
  listSegmentRows,
  requireSegment,
  type SegmentRow,
  sortKeyOf,
} from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { countVisible } from '#modules/segments/server/visible-members.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'

type ListQuery = z.infer<typeof routes.list.query>
type Key = readonly (string | number | null)[]

const sortParts = { name: 'text', '-size': 'integer', '-updatedAt': 'time' } as const
const all = Number.MAX_SAFE_INTEGER

export async function listSegments(deps: SegmentsDeps, ctx: WorkspaceCtx, query: ListQuery) {
  const { sort, limit, search } = query
  const after = decodeCursor(query.cursor, [sortParts[sort], 'text'])
  const rows =
    sort === '-size' && !ctx.scope.all
      ? await bySizeInScope(deps, ctx, search, after)
      : await deps.database.read(ctx, (tx) => listSegmentRows(tx, { search, sort, after, limit: limit + 1 }))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: await presentSegments(deps, ctx, page),
    next: rows.length > limit && last ? encodeCursor(sortKeyOf(last, sort)) : null,
  }
}

/** Largest first by what the caller sees; the order of the stored sizes would tell of people they do not. */
async function bySizeInScope(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  search: string | undefined,
  after: Key | undefined,
): Promise<SegmentRow[]> {
  const rows = await deps.database.read(ctx, (tx) =>
    listSegmentRows(tx, { search, sort: '-size', after: undefined, limit: all }),
  )
  const sizes = await countVisible(
    deps,
    ctx,
    rows.map((row) => row.num),
  )
  const sized = rows.map((row) => ({ ...row, size: sizeInScope(row, sizes) }))
  const isBefore = (a: Key, b: Key) =>
    Number(a[0]) > Number(b[0]) || (a[0] === b[0] && String(a[1]) > String(b[1]))
  const key = (row: SegmentRow) => sortKeyOf(row, '-size')
  return sized
    .filter((row) => !after || isBefore(after, key(row)))
    .sort((a, b) => (isBefore(key(a), key(b)) ? -1 : 1))
}

export async function getSegment(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string): Promise<Segment> {
  const row = await deps.database.read(ctx, (tx) => requireSegment(tx, id))
  return presentSegment(deps, ctx, row)
}
