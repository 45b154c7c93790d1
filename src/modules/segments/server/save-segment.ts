import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { parseRule } from '#modules/rules/index.ts'
import type { routes, Segment } from '#modules/segments/contract.ts'
import { enqueueBuilds } from '#modules/segments/server/build-segment.ts'
import { checkRule, refuseCycle, refuseTooLarge } from '#modules/segments/server/check-rule.ts'
import { presentSegment } from '#modules/segments/server/present-segment.ts'
import { dependentsOf, knowSegments, type WorkspaceRules } from '#modules/segments/server/rule-book.ts'
import {
  insertSegment,
  markForBuild,
  readRules,
  requireSegment,
  type SegmentRow,
  saveReferences,
  takeRevision,
  updateSegment,
} from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { addVersion } from '#modules/segments/server/versions/version-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

type SaveSegment = z.infer<typeof routes.create.body>
type ChangeSegment = z.infer<typeof routes.update.body>

/** Saves a new segment; a job counts it and makes it live. */
export async function createSegment(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  input: SaveSegment,
): Promise<Segment> {
  const rules = await deps.rules.of(ctx.workspace.num)
  await deps.profiles.refuseGuessing(ctx, parseRule(input.rule))
  const row = await deps.database.write(ctx, async (tx) => {
    const { rule, uses } = await checkAgainstOthers(tx, rules, ctx, input)
    const segment = await insertSegment(tx, { ...input, rule }, ctx)
    await saveReferences(tx, segment.id, uses)
    await addVersion(tx, segment.id, '', ctx)
    await enqueueBuilds(tx, [segment.id], memberOf(ctx))
    await deps.audit(tx, ctx, {
      action: 'segment.created',
      subject: segment.id,
      details: { name: input.name },
    })
    return segment
  })
  return presentSegment(deps, ctx, row)
}

/** Changes name or rule. A new rule, and every rule that names this segment, is counted again. */
export async function changeSegment(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  id: string,
  input: ChangeSegment,
): Promise<Segment> {
  const rules = await deps.rules.of(ctx.workspace.num)
  // Another name for what somebody else may ask is no question of one's own.
  if (!isDeepStrictEqual(rules.segments.get(id)?.rule, input.rule))
    await deps.profiles.refuseGuessing(ctx, parseRule(input.rule))
  const row = await deps.database.write(ctx, async (tx) => {
    const { rule, uses, others } = await checkAgainstOthers(tx, rules, ctx, input)
    const before = await requireSegment(tx, id)
    if (input.basedOn !== undefined && input.basedOn !== before.version) throw changedMeanwhile(before)
    refuseCycle(id, rule, others)
    const isOtherRule = !isDeepStrictEqual(before.rule, rule)
    const isNewRule = isOtherRule || before.state === 'failed'
    const segment = await updateSegment(tx, id, { ...input, rule }, { now: ctx.now, isNewRule })
    await saveReferences(tx, id, uses)
    if (isOtherRule) segment.version = await addVersion(tx, id, input.note, ctx)
    if (isNewRule) await rebuildWithDependents(tx, ctx, id)
    await deps.audit(tx, ctx, {
      action: 'segment.changed',
      subject: id,
      details: { name: input.name, rule: isNewRule, version: segment.version },
    })
    return segment
  })
  return presentSegment(deps, ctx, row)
}

const changedMeanwhile = ({ version }: SegmentRow) =>
  new AppError(
    'segment.changed_meanwhile',
    'conflict',
    'Somebody saved another rule since this one was opened; look at the versions and save again.',
    { details: { version } },
  )

async function checkAgainstOthers(tx: Tx, rules: WorkspaceRules, ctx: WorkspaceCtx, input: SaveSegment) {
  await takeRevision(tx, tx.workspace)
  const others = await readRules(tx, tx.workspace)
  const checked = checkRule(input.rule, new Set(others.map((row) => row.id)))
  refuseTooLarge(checked.rule, rules, ctx.now)
  return { ...checked, others }
}

/** The segment itself is marked already; those whose rules reach it follow. */
export async function rebuildWithDependents(
  tx: Tx,
  ctx: Pick<WorkspaceCtx, 'actor'>,
  id: string,
): Promise<void> {
  const dependents = [...dependentsOf(knowSegments(await readRules(tx, tx.workspace)), id)]
  await markForBuild(tx, dependents)
  await enqueueBuilds(tx, [id, ...dependents], memberOf(ctx))
}

const memberOf = ({ actor }: Pick<WorkspaceCtx, 'actor'>) =>
  actor.kind === 'member' ? actor.memberId : undefined
