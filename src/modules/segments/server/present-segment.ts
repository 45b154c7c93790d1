import type { Segment } from '#modules/segments/contract.ts'
import type { SegmentRow } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { countVisible, visibleMembers } from '#modules/segments/server/visible-members.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'

/** People who came and went in the last 24 hours. */
type Moved = { entered: number; left: number }

/** Segments as the caller may see them: sizes and moves count people of their data scope alone. */
export async function presentSegments(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  rows: readonly SegmentRow[],
): Promise<Segment[]> {
  if (rows.length === 0) return []
  const nums = rows.map((row) => row.num)
  const [moved, sizes, currentUpTo] = await Promise.all([
    movedLately(deps, ctx, nums),
    ctx.scope.all ? undefined : countVisible(deps, ctx, nums),
    deps.currentUpTo(ctx),
  ])
  return rows.map((row) => ({
    ...present(row, moved.get(row.num), currentUpTo, ctx.language),
    ...(sizes && { size: sizeInScope(row, sizes) }),
  }))
}

export async function presentSegment(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  row: SegmentRow,
): Promise<Segment> {
  const [segment] = await presentSegments(deps, ctx, [row])
  return segment as Segment
}

/** Null until the first count finishes, as the size of everybody. */
export const sizeInScope = (row: SegmentRow, sizes: ReadonlyMap<number, number>): number | null =>
  row.size === null ? null : (sizes.get(row.num) ?? 0)

function present(
  row: SegmentRow,
  moved: Moved | undefined,
  currentUpTo: number,
  language: WorkspaceCtx['language'],
): Segment {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    kind: row.kind,
    rule: row.rule,
    version: row.version,
    size: row.size,
    state: row.state,
    entered24h: moved?.entered ?? 0,
    left24h: moved?.left ?? 0,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    countedAt: countedAt(row, currentUpTo),
    createdBy: sayActor({ kind: row.created_by_kind, name: row.created_by }, language),
  }
}

/** What is live follows every change: a size stays right while nobody comes or goes. */
function countedAt({ counted_at, state }: SegmentRow, currentUpTo: number): string | null {
  if (counted_at === null) return null
  const at = state === 'live' ? Math.max(counted_at.getTime(), currentUpTo) : counted_at.getTime()
  return new Date(at).toISOString()
}

async function movedLately(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  nums: readonly number[],
): Promise<Map<number, Moved>> {
  const { isVisible, params } = visibleMembers(ctx)
  const rows = await deps.ch.query<{ segment: number; came: number; went: number }>(
    `SELECT segment, countIf(entered = 1) AS came, countIf(entered = 0) AS went FROM segment_change
     WHERE ws = {ws:UInt32} AND segment IN (${nums.join(', ')}) AND at > fromUnixTimestamp64Milli({since:Int64}, 'UTC')${isVisible}
     GROUP BY segment`,
    { ws: ctx.workspace.num, since: ctx.now - 86_400_000, ...params },
  )
  return new Map(rows.map((row) => [row.segment, { entered: row.came, left: row.went }]))
}
