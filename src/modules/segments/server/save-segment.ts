import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { nameMe, parseRule } from '#modules/rules/index.ts'
import type { routes, Segment } from '#modules/segments/contract.ts'
import { enqueueBuilds } from '#modules/segments/server/build-segment.ts'
import { checkRule, refuseCycle, refuseTooLarge } from '#modules/segments/server/check-rule.ts'
import { presentSegment } from '#modules/segments/server/present-segment.ts'
import { dependentsOf, knowSegments, type WorkspaceRules } from '#modules/segments/server/rule-book.ts'
import {
  insertList,
  insertSegment,
  markForBuild,
  readRules,
  requireSegment,
  type SegmentContent,
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
  if (input.rule !== undefined) await deps.profiles.refuseGuessing(ctx, parseRule(input.rule))
  const row = await deps.database.write(ctx, async (tx) => {
    if (input.kind === 'list') return createList(deps, tx, ctx, input)
    const { rule, uses } = await checkAgainstOthers(tx, rules, ctx, input.rule)
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

/** An empty list, in the caller's transaction. */
export async function createList(
  deps: SegmentsDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  input: SaveSegment,
): Promise<SegmentRow> {
  await takeRevision(tx, tx.workspace)
  const list = await insertList(tx, input, ctx)
  await addVersion(tx, list.id, '', ctx)
  const details = { name: input.name, kind: 'list' }
  await deps.audit(tx, ctx, { action: 'segment.created', subject: list.id, details })
  return list
}

/** Of a list only what is said of it changes here; its people change through their own routes. */
async function renameList(
  deps: SegmentsDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  before: SegmentRow,
  content: SegmentContent,
): Promise<SegmentRow> {
  if (!isDeepStrictEqual(before.rule, content.rule))
    throw new AppError('segment.is_list', 'conflict', 'The people of a list are put on it; it takes no rule.')
  const list = await updateSegment(tx, before.id, content, { now: ctx.now, isNewRule: false })
  const details = { name: content.name, rule: false }
  await deps.audit(tx, ctx, { action: 'segment.changed', subject: list.id, details })
  return list
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
  if (input.rule !== undefined && !isDeepStrictEqual(rules.segments.get(id)?.rule, input.rule))
    if (input.rule !== undefined) await deps.profiles.refuseGuessing(ctx, parseRule(input.rule))
  const row = await deps.database.write(ctx, async (tx) => {
    await takeRevision(tx, tx.workspace)
    const before = await requireSegment(tx, id)
    const given = input.rule ?? before.rule
    if (before.kind === 'list') return renameList(deps, tx, ctx, before, { ...input, rule: given })
    const { rule, uses, others } = await checkAgainstOthers(tx, rules, ctx, given)
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

async function checkAgainstOthers(tx: Tx, rules: WorkspaceRules, ctx: WorkspaceCtx, json: unknown) {
  await takeRevision(tx, tx.workspace)
  const others = await readRules(tx, tx.workspace)
  const checked = checkRule(json, new Set(others.map((row) => row.id)))
  refuseTooLarge(checked.rule, rules, ctx.now)
  return { ...checked, rule: nameMe(checked.rule, ctx.actor), others }
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
