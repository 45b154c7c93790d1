import type { Segment } from '#modules/segments/contract.ts'
import { checkRule, refuseCycle } from '#modules/segments/server/check-rule.ts'
import { presentSegment } from '#modules/segments/server/present-segment.ts'
import { rebuildWithDependents } from '#modules/segments/server/save-segment.ts'
import {
  markForBuild,
  readRules,
  readSegment,
  requireSegment,
  saveReferences,
  setDeleted,
  takeRevision,
} from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { findUsers } from '#modules/segments/server/uses/find-users.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

const restorableDays = 90

/** Takes a segment away unless other segments stand on it. Its rows in ClickHouse stay, unread, for a restore. */
export async function removeSegment(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    await takeRevision(tx, tx.workspace)
    const segment = await requireSegment(tx, id)
    const users = (await findUsers(deps, tx, id)).filter((user) => user.holds)
    if (users.length > 0)
      throw new AppError(
        'segment.in_use',
        'conflict',
        'It is used elsewhere: see what names it, and change that first.',
        {
          details: { users: users.map(({ kind, id: user, name }) => ({ kind, id: user, name })) },
        },
      )
    await setDeleted(tx, id, ctx.now)
    await deps.audit(tx, ctx, { action: 'segment.deleted', subject: id, details: { name: segment.name } })
  })
}

/** Undoes a deletion; it is counted again, because nothing kept it current meanwhile. */
export async function restoreSegment(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string): Promise<Segment> {
  const row = await deps.database.write(ctx, async (tx) => {
    await takeRevision(tx, tx.workspace)
    const segment = await readSegment(tx, id)
    const oldest = ctx.now - restorableDays * 86_400_000
    if (!segment || (segment.deleted_at !== null && segment.deleted_at.getTime() < oldest))
      throw new AppError('segment.missing', 'missing', 'There is no such segment.')
    if (segment.deleted_at === null) return segment
    const others = await readRules(tx, tx.workspace)
    const { rule, uses } = checkRule(
      segment.rule,
      new Set(others.map((one) => one.id)),
      // A list names itself.
      new Set(segment.kind === 'list' ? [id] : []),
    )
    refuseCycle(id, rule, others)
    await setDeleted(tx, id, null)
    await saveReferences(tx, id, uses)
    await markForBuild(tx, [id])
    await rebuildWithDependents(tx, ctx, id)
    await deps.audit(tx, ctx, { action: 'segment.restored', subject: id, details: { name: segment.name } })
    return requireSegment(tx, id)
  })
  return presentSegment(deps, ctx, row)
}
