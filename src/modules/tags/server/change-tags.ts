import { changePeople, nothing, personsTagged, retag } from '#modules/profiles/index.ts'
import type { Tag } from '#modules/tags/contract.ts'
import { presentTag } from '#modules/tags/server/list-tags.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import {
  deleteTagRow,
  insertTag,
  parentNamed,
  readTag,
  refuseTakenName,
  type TagRow,
  updateTag,
} from '#modules/tags/server/tag-store.ts'
import { loadTagTree } from '#modules/tags/server/tag-tree.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { PeopleChange } from '#slots/people-change.ts'

type NewTag = { name: string; parent: string | null }
type TagEdit = { name?: string | undefined; parent?: string | null | undefined }

export async function createTag(deps: TagDeps, ctx: WorkspaceCtx, { name, parent }: NewTag): Promise<Tag> {
  const row = await changePeople(deps, ctx, {
    plan: async (tx) => {
      await refuseTakenName(tx, name)
      return parentNamed(tx, parent)
    },
    carryOut: async (tx, parentId) => {
      const row = await insertTag(tx, { name, parentId, now: ctx.now })
      await deps.audit(tx, ctx, { action: 'tag.created', subject: row.id, details: { name, parent } })
      return { result: row, change: nothing(tx.workspace), shipments: [] }
    },
  })
  return presentTag(deps, ctx, row.id)
}

/** Renames and moves. A new name goes to the people first, in batches, so that a broken-off rename can be repeated. */
export async function moveTag(deps: TagDeps, ctx: WorkspaceCtx, id: string, edit: TagEdit): Promise<Tag> {
  const old = await deps.database.read(ctx, async (tx) => (await planMove(tx, id, edit)).old)
  const name = edit.name ?? old.name
  if (name !== old.name) await retagEverybody(deps, ctx, old.name, name)
  await changePeople(deps, ctx, {
    plan: (tx) => planMove(tx, id, edit),
    carryOut: async (tx, { old: before, next }) => {
      const reach = (await loadTagTree(tx)).below(before.name)
      // Somebody may have been given the old name since the last batch.
      const late =
        next.name === before.name ? [] : await retag(tx, before.name, next.name, Number.MAX_SAFE_INTEGER)
      await updateTag(tx, next)
      // What is memorised of the tree is read anew, and rules on the tags above are counted again.
      await tx.emit('tag.moved', { tag: id })
      const details = { name: next.name, parent: next.parent_id }
      await deps.audit(tx, ctx, { action: 'tag.changed', subject: id, details })
      // Rules on tags above the old and the new place now see other people.
      const persons = await personsTagged(tx, [...reach, next.name])
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, late)
      return {
        ...done,
        result: undefined,
        change: seenByRules(done.change, [...persons, ...late]),
      }
    },
  })
  return presentTag(deps, ctx, id)
}

const seenByRules = (change: PeopleChange, persons: readonly number[]): PeopleChange => ({
  ...change,
  persons: new Set(persons),
  state: new Set(persons),
})

async function planMove(tx: Tx, id: string, edit: TagEdit): Promise<{ old: TagRow; next: TagRow }> {
  const old = await readTag(tx, id)
  const name = edit.name ?? old.name
  await refuseTakenName(tx, name, id)
  const parentId = edit.parent === undefined ? old.parent_id : await parentNamed(tx, edit.parent)
  const { below, rows } = await loadTagTree(tx)
  const parent = rows.find((row) => row.id === parentId)
  if (parent && below(old.name).includes(parent.name))
    throw new AppError('tag.cycle', 'conflict', 'A tag cannot lie below itself.')
  return { old, next: { ...old, name, parent_id: parentId } }
}

/** Takes the tag off everybody, then forgets it; repeating a broken-off deletion goes on where it stopped. */
export async function removeTag(deps: TagDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  const tag = await deps.database.read(ctx, (tx) => readTag(tx, id))
  await retagEverybody(deps, ctx, tag.name, null)
  await changePeople(deps, ctx, {
    plan: (tx) => readTag(tx, id),
    carryOut: async (tx, row) => {
      const late = await retag(tx, row.name, null, Number.MAX_SAFE_INTEGER)
      const below = await personsTagged(tx, (await loadTagTree(tx)).below(row.name))
      await deleteTagRow(tx, row)
      await tx.emit('tag.moved', { tag: id })
      await deps.audit(tx, ctx, { action: 'tag.deleted', subject: id, details: { name: row.name } })
      const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, late)
      return { ...done, result: undefined, change: seenByRules(done.change, [...below, ...late]) }
    },
  })
}

// Events wait while a batch runs: some 100 ms each.
const unitsPerBatch = 2000

async function retagEverybody(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  from: string,
  to: string | null,
): Promise<void> {
  for (;;) {
    const persons = await changePeople(deps, ctx, {
      plan: async () => undefined,
      carryOut: async (tx) => {
        const persons = await retag(tx, from, to, unitsPerBatch)
        if (persons.length === 0) return { result: 0, change: nothing(tx.workspace), shipments: [] }
        const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, persons)
        return { ...done, result: persons.length }
      },
    })
    if (persons === 0) return
  }
}
