import type { z } from 'zod'
import { changePeople, nothing, personsTagged, retag } from '#modules/profiles/index.ts'
import type { routes, Tag } from '#modules/tags/contract.ts'
import { presentTag } from '#modules/tags/server/list-tags.ts'
import { enqueueSettling, settleTag, unitsPerBatch } from '#modules/tags/server/settle-tag.ts'
import { careAfter, endsOtherwise } from '#modules/tags/server/tag-care.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import {
  deleteTagRow,
  insertTag,
  parentNamed,
  readTag,
  refuseTakenName,
  type TagRow,
  unsaid,
  updateTag,
} from '#modules/tags/server/tag-store.ts'
import { loadTagTree } from '#modules/tags/server/tag-tree.ts'
import { renameInRules, usersByTag } from '#modules/tags/server/tag-users.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { PeopleChange } from '#slots/people-change.ts'

type NewTag = z.infer<typeof routes.create.body>
type TagEdit = z.infer<typeof routes.move.body>

export async function createTag(deps: TagDeps, ctx: WorkspaceCtx, given: NewTag): Promise<Tag> {
  const { name, parent } = given
  const row = await changePeople(deps, ctx, {
    plan: async (tx) => {
      await refuseTakenName(tx, name)
      return { parentId: await parentNamed(tx, parent), care: await careAfter(tx, unsaid, given) }
    },
    carryOut: async (tx, { parentId, care }) => {
      const row = await insertTag(tx, { name, parentId, care, now: ctx.now })
      await deps.audit(tx, ctx, { action: 'tag.created', subject: row.id, details: { name, parent } })
      return { result: row, change: nothing(tx.workspace), shipments: [] }
    },
  })
  deps.validityChanged()
  return presentTag(deps, ctx, row.id)
}

/**
 * Renames, moves, describes. A new name stands in the tree and in every rule at once, and rules on it hold for people
 * under the old one, too, until all are brought over: nobody enters or leaves a segment by a rename.
 */
export async function changeTag(deps: TagDeps, ctx: WorkspaceCtx, id: string, edit: TagEdit): Promise<Tag> {
  const { isRenamed, endsAnew } = await changePeople(deps, ctx, {
    plan: (tx) => planChange(tx, id, edit),
    carryOut: async (tx, { old, next }) => {
      const isRenamed = next.name !== old.name
      const isMoved = next.parent_id !== old.parent_id
      if (isRenamed) {
        await renameInRules(deps, tx, old.name, next.name)
        await enqueueSettling(tx, id, next.name)
      }
      await updateTag(tx, next)
      await deps.audit(tx, ctx, { action: 'tag.changed', subject: id, details: changesOf(old, next) })
      const change = isMoved ? await seenByRulesAbove(tx, next.name) : nothing(tx.workspace)
      // Rules on the tags above are counted again.
      if (isMoved) await tx.emit('tag.moved', { tag: id })
      return { result: { isRenamed, endsAnew: endsOtherwise(old, next) }, change, shipments: [] }
    },
  })
  if (endsAnew) deps.validityChanged()
  if (isRenamed) await settleTag(deps, ctx, id)
  return presentTag(deps, ctx, id)
}

/** What is said of it afterwards and was not before. */
function changesOf(old: TagRow, next: TagRow): Record<string, unknown> {
  const { was: _was, id: _id, created_at: _at, ...said } = next
  const changed = Object.entries(said).filter(
    ([key, value]) => JSON.stringify(old[key as keyof TagRow]) !== JSON.stringify(value),
  )
  return { name: next.name, ...Object.fromEntries(changed) }
}

/** Rules on tags above the old and the new place now see other people. */
async function seenByRulesAbove(tx: Tx, name: string): Promise<PeopleChange> {
  const persons = new Set(await personsTagged(tx, (await loadTagTree(tx)).below(name)))
  return { ...nothing(tx.workspace), persons, state: persons }
}

async function planChange(tx: Tx, id: string, edit: TagEdit): Promise<{ old: TagRow; next: TagRow }> {
  const old = await readTag(tx, id)
  const name = edit.name ?? old.name
  await refuseTakenName(tx, name, id)
  const parentId = edit.parent === undefined ? old.parent_id : await parentNamed(tx, edit.parent)
  const { below, rows } = await loadTagTree(tx)
  const parent = rows.find((row) => row.id === parentId)
  if (parent && below(old.name).includes(parent.name))
    throw new AppError('tag.cycle', 'conflict', 'A tag cannot lie below itself.')
  const care = await careAfter(tx, old, edit)
  const was = [...new Set([...old.was, old.name])].filter((one) => one !== name)
  return { old, next: { ...old, ...care, name, parent_id: parentId, was: name === old.name ? old.was : was } }
}

/** Takes the tag off everybody, then forgets it; repeating a broken-off deletion goes on where it stopped. */
export async function removeTag(deps: TagDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  const tag = await deps.database.read(ctx, (tx) => readUnused(deps, tx, id))
  for (const name of [tag.name, ...tag.was]) await takeOffEverybody(deps, ctx, name)
  await changePeople(deps, ctx, {
    plan: (tx) => readUnused(deps, tx, id),
    carryOut: async (tx, row) => {
      const late: number[] = []
      for (const name of [row.name, ...row.was])
        late.push(...(await retag(tx, name, null, Number.MAX_SAFE_INTEGER, traceOf(ctx))))
      const below = await personsTagged(tx, (await loadTagTree(tx)).below(row.name))
      await deleteTagRow(tx, row)
      await tx.emit('tag.moved', { tag: id })
      await deps.audit(tx, ctx, { action: 'tag.deleted', subject: id, details: { name: row.name } })
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, late)
      const seen = new Set([...below, ...late])
      return { ...done, result: undefined, change: { ...done.change, persons: seen, state: seen } }
    },
  })
}

/** Whoever asks for it would find nobody. */
async function readUnused(deps: TagDeps, tx: Tx, id: string): Promise<TagRow> {
  const tag = await readTag(tx, id)
  const users = (await usersByTag(deps, tx)).get(tag.name) ?? []
  if (users.length === 0) return tag
  throw new AppError('tag.in_use', 'conflict', 'Rules name this tag; archive it, or change them first.', {
    details: { users: users.map(({ kind, id, name }) => ({ kind, id, name })) },
  })
}

const traceOf = (ctx: WorkspaceCtx) => ({
  by: ctx.actor.name,
  kind: ctx.actor.kind,
  at: ctx.now,
  why: 'tag.deleted',
})

async function takeOffEverybody(deps: TagDeps, ctx: WorkspaceCtx, name: string): Promise<void> {
  for (;;) {
    const persons = await changePeople(deps, ctx, {
      plan: async () => undefined,
      carryOut: async (tx) => {
        const persons = await retag(tx, name, null, unitsPerBatch, traceOf(ctx))
        if (persons.length === 0) return { result: 0, change: nothing(tx.workspace), shipments: [] }
        const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, persons)
        return { ...done, result: persons.length }
      },
    })
    if (persons === 0) return
  }
}
