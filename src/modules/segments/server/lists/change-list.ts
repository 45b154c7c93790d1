import { sightOf } from '#modules/profiles/index.ts'
import type { ListChange, PeopleOfList } from '#modules/segments/contract.ts'
import { applyChunk } from '#modules/segments/server/lists/apply-chunk.ts'
import {
  type ChangeRow,
  endChange,
  insertChange,
  listChangeRows,
  type NewChange,
  noteJob,
  readChange,
} from '#modules/segments/server/lists/change-store.ts'
import { askForList, findNamed } from '#modules/segments/server/lists/find-people.ts'
import { introduce } from '#modules/segments/server/lists/introduce.ts'
import { listJobKind } from '#modules/segments/server/lists/list-job.ts'
import { presentChange } from '#modules/segments/server/lists/present-change.ts'
import type { Upkeep } from '#modules/segments/server/membership/keep-current.ts'
import { prepare } from '#modules/segments/server/preview-rule.ts'
import { liveNames, requireSegment, type SegmentRow } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { Tx } from '#platform/pg/database.ts'

type Given = Omit<PeopleOfList, 'create'> & { create?: boolean }

/** Puts people on a list or takes them off: named ones at once, those of a rule or a file in the background. */
export async function changeList(
  deps: SegmentsDeps,
  upkeep: Upkeep,
  ctx: WorkspaceCtx,
  id: string,
  what: 'add' | 'remove',
  given: Given,
): Promise<ListChange> {
  if (given.create) refuseCreating(ctx)
  const list = await deps.database.read(ctx, (tx) => requireList(tx, id))
  const change = { id: newId('lch'), segment_id: id, what, title: null }
  if (given.ids) return byHand(deps, upkeep, ctx, list, { ...change, source: 'hand', task: {} }, given.ids)
  if (given.identifiers) return byIdentifiers(deps, upkeep, ctx, list, change, given)
  const { file } = given
  // Faults of what was given are told now and not by a job that fails.
  const rule = given.rule === undefined ? undefined : (await prepare(deps, ctx, given.rule)).rule
  const title = file
    ? await deps.imports.uploadName(ctx, file.upload, file.column)
    : await nameIn(deps, ctx, rule)
  const task = file ? { file, create: given.create === true } : { rule }
  // Whose values they are is told to the job, which reads them.
  const asker = file && sightOf(ctx) === 'blind' ? ctx.actor : null
  return inBackground(deps, ctx, list, { ...change, title, task, asker, source: file ? 'file' : 'rule' })
}

/** Takes back what a change did, where nothing changed the same people since. */
export async function undoChange(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  id: string,
  changeId: string,
): Promise<ListChange> {
  const { list, undone } = await deps.database.read(ctx, async (tx) => ({
    list: await requireList(tx, id),
    undone: await requireChange(tx, id, changeId),
  }))
  // It may concern people the caller does not see; what they did themselves they may take back.
  if (!ctx.scope.all && undone.actor !== actorKey(ctx.actor)) throw missingChange()
  if (undone.finished_at === null)
    throw new AppError(
      'segment.change_running',
      'conflict',
      'The change is not over yet; cancel its job first.',
    )
  if (undone.undone_by !== null)
    throw new AppError('segment.change_undone', 'conflict', 'The change was taken back already.')
  return inBackground(deps, ctx, list, {
    ...{ id: newId('lch'), segment_id: id, what: 'undo', source: 'undo', title: undone.title },
    task: { undoes: undone.number },
  })
}

export async function listChanges(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string, query: PageQuery) {
  const before = Number(decodeCursor(query.cursor, ['integer'])?.[0] ?? Number.MAX_SAFE_INTEGER)
  const rows = await deps.database.read(ctx, async (tx) => {
    await requireSegment(tx, id)
    return listChangeRows(tx, id, before, query.limit + 1)
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => presentChange(row, ctx.language)),
    next: rows.length > query.limit && last ? encodeCursor([last.number]) : null,
  }
}

export async function requireChange(tx: Tx, segment: string, id: string): Promise<ChangeRow> {
  const row = await readChange(tx, segment, id)
  if (row) return row
  throw missingChange()
}

const missingChange = () => new AppError('segment.change_missing', 'missing', 'The list has no such change.')

async function requireList(tx: Tx, id: string): Promise<SegmentRow> {
  const segment = await requireSegment(tx, id)
  if (segment.kind === 'list') return segment
  throw new AppError('segment.no_list', 'conflict', 'People of this segment follow from its rule; edit that.')
}

function refuseCreating(ctx: WorkspaceCtx): void {
  if (ctx.permissions.has('people:write')) return
  const permission = 'people:write'
  throw new AppError('access.denied', 'denied', `This needs the permission “Edit people” (${permission}).`, {
    details: { permission },
  })
}

async function byHand(
  deps: SegmentsDeps,
  upkeep: Upkeep,
  ctx: WorkspaceCtx,
  list: SegmentRow,
  change: NewChange,
  ids: readonly string[],
): Promise<ListChange> {
  const persons = await deps.profiles.personNumbers(ctx, ids, (at) => `/body/ids/${at}`)
  const targets = persons.map((person) => ({ unit: person, person }))
  const row = await begin(deps, ctx, list, change)
  await applyChunk({ deps, upkeep, ctx, list }, row, { targets, unmatched: [], rows: ids.length, created: 0 })
  return finish(deps, ctx, list, row)
}

async function byIdentifiers(
  deps: SegmentsDeps,
  upkeep: Upkeep,
  ctx: WorkspaceCtx,
  list: SegmentRow,
  change: Omit<NewChange, 'source' | 'task'>,
  { identifiers = [], create = false }: Given,
): Promise<ListChange> {
  const together = (await askForList(deps, ctx, identifiers)) === 'together'
  const row = await begin(deps, ctx, list, { ...change, source: 'identifiers', task: {}, together })
  const named = identifiers.map((id, at) => ({ row: at + 1, ...id }))
  const first = await findNamed(deps, ctx, named)
  const { found, created } = create
    ? await introduce(deps, ctx, row.id, named, first)
    : { found: first, created: 0 }
  await applyChunk({ deps, upkeep, ctx, list }, row, { ...found, rows: named.length, created })
  return finish(deps, ctx, list, row)
}

const begin = (deps: SegmentsDeps, ctx: WorkspaceCtx, list: SegmentRow, change: NewChange) =>
  deps.database.write(ctx, async (tx) => {
    await requireList(tx, list.id)
    const row = await insertChange(tx, change, ctx)
    const { what, source } = change
    await deps.audit(tx, ctx, {
      action: 'segment.people_changed',
      subject: list.id,
      details: { name: list.name, what, source, change: row.id },
    })
    return row
  })

const finish = (deps: SegmentsDeps, ctx: WorkspaceCtx, list: SegmentRow, { id }: ChangeRow) =>
  deps.database.write(ctx, async (tx) => {
    await endChange(tx, id, 'done', deps.clock.now())
    return presentChange(await requireChange(tx, list.id, id), ctx.language)
  })

async function inBackground(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  list: SegmentRow,
  change: NewChange,
): Promise<ListChange> {
  return deps.database.write(ctx, async (tx) => {
    const row = await insertChange(tx, change, ctx)
    const jobId = await enqueue(tx, {
      kind: listJobKind,
      payload: { segmentId: list.id, changeId: row.id },
      title: list.name,
      ...(ctx.actor.kind === 'member' ? { memberId: ctx.actor.memberId } : {}),
    })
    await noteJob(tx, row.number, jobId)
    const { what, source } = change
    await deps.audit(tx, ctx, {
      action: 'segment.people_changed',
      subject: list.id,
      details: { name: list.name, what, source, change: row.id },
    })
    return presentChange({ ...row, job_id: jobId }, ctx.language)
  })
}

/** The name of the segment, when the rule is one. */
async function nameIn(deps: SegmentsDeps, ctx: WorkspaceCtx, rule: unknown): Promise<string | null> {
  const id = typeof rule === 'object' && rule !== null && 'segment' in rule ? rule.segment : undefined
  if (typeof id !== 'string') return null
  return (await deps.database.read(ctx, liveNames)).find((one) => one.id === id)?.name ?? null
}
