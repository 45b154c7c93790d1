import { scopeInClickHouse } from '#modules/access/index.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** A condition on `person` that leaves only people of the caller's data scope, with its parameters. */
export function visibleMembers(ctx: Pick<WorkspaceCtx, 'scope'>) {
  const { sql, params } = scopeInClickHouse(ctx.scope)
  const isVisible = ctx.scope.all
    ? ''
    : ` AND person IN (SELECT person FROM people FINAL WHERE ws = {ws:UInt32} AND deleted = 0 AND ${sql})`
  return { isVisible, params }
}

/** Members of each segment that the caller may see; one without any is not in it. */
export async function countVisible(
  deps: Pick<SegmentsDeps, 'ch'>,
  ctx: WorkspaceCtx,
  nums: readonly number[],
): Promise<Map<number, number>> {
  if (nums.length === 0) return new Map()
  const { isVisible, params } = visibleMembers(ctx)
  const rows = await deps.ch.query<{ segment: number; n: number }>(
    `SELECT segment, count() AS n FROM (
       SELECT segment, person FROM segment_member
       WHERE ws = {ws:UInt32} AND segment IN (${nums.join(', ')})${isVisible}
       GROUP BY segment, person HAVING argMax(member, version) = 1
     ) GROUP BY segment`,
    { ws: ctx.workspace.num, ...params },
  )
  return new Map(rows.map((row) => [row.segment, row.n]))
}
