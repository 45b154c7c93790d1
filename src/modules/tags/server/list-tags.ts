import { scopeInClickHouse } from '#modules/access/index.ts'
import { lastTagged } from '#modules/profiles/index.ts'
import { staleDays, type Tag } from '#modules/tags/contract.ts'
import { presentTagRow, type TagFacts } from '#modules/tags/server/present-tag.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { memberNames, readTag } from '#modules/tags/server/tag-store.ts'
import { loadTagTree, type TagTree } from '#modules/tags/server/tag-tree.ts'
import { usersByTag } from '#modules/tags/server/tag-users.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { TagUser } from '#slots/tag-mentions.ts'

type Known = Pick<TagFacts, 'names' | 'owners' | 'last'> & { tree: TagTree; users: Map<string, TagUser[]> }

/** All tags with the people the caller may see under each. */
export async function listTags(deps: TagDeps, ctx: WorkspaceCtx): Promise<{ items: Tag[] }> {
  const known = await deps.database.read(ctx, (tx) => learn(deps, tx))
  return { items: await present(deps, ctx, known, known.tree.rows) }
}

export async function presentTag(deps: TagDeps, ctx: WorkspaceCtx, id: string): Promise<Tag> {
  const { users: _users, ...tag } = await getTag(deps, ctx, id)
  return tag
}

/** One tag, and whose rules name it. */
export async function getTag(deps: TagDeps, ctx: WorkspaceCtx, id: string) {
  const known = await deps.database.read(ctx, async (tx) => {
    await readTag(tx, id)
    return learn(deps, tx)
  })
  const rows = known.tree.rows.filter((row) => row.id === id)
  const [tag] = await present(deps, ctx, known, rows)
  const users = (known.users.get(rows[0]?.name ?? '') ?? []).map(({ kind, id, name }) => ({ kind, id, name }))
  return { ...(tag as Tag), users }
}

/** Nothing given for a long time and nothing asked for, the tags below included. */
export async function staleTags(deps: TagDeps, ctx: WorkspaceCtx): Promise<{ items: Tag[] }> {
  const known = await deps.database.read(ctx, (tx) => learn(deps, tx))
  const before = ctx.now - staleDays * 86_400_000
  const byName = new Map(known.tree.rows.map((row) => [row.name, row]))
  const isStill = (name: string) => {
    const row = byName.get(name)
    const last = Math.max(known.last.get(name)?.getTime() ?? 0, row?.created_at.getTime() ?? 0)
    return last < before && !known.users.has(name)
  }
  const rows = known.tree.rows.filter(
    (row) => !row.category && row.archived_at === null && known.tree.below(row.name).every(isStill),
  )
  return { items: await present(deps, ctx, known, rows) }
}

async function learn(deps: TagDeps, tx: Tx): Promise<Known> {
  const tree = await loadTagTree(tx)
  return {
    tree,
    names: new Map(tree.rows.map((row) => [row.id, row.name])),
    owners: await memberNames(
      tx,
      tree.rows.flatMap((row) => row.owner ?? []),
    ),
    last: await lastTagged(
      tx,
      tree.rows.map((row) => row.name),
    ),
    users: await usersByTag(deps, tx),
  }
}

async function present(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  known: Known,
  rows: TagTree['rows'],
): Promise<Tag[]> {
  const sets = rows.map((row) => known.tree.below(row.name))
  const { counts, everyone } = await countPeople(deps, ctx, sets)
  return rows.map((row, at) =>
    presentTagRow(row, {
      ...known,
      people: counts[at] ?? 0,
      everyone,
      usedBy: known.users.get(row.name)?.length ?? 0,
    }),
  )
}

// One column each; more are asked in further queries.
const setsPerQuery = 500

/** People with any tag of each set, and all there are. */
async function countPeople(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  sets: readonly (readonly string[])[],
): Promise<{ counts: number[]; everyone: number }> {
  const scope = scopeInClickHouse(ctx.scope)
  const counts: number[] = []
  let everyone = 0
  for (let from = 0; from < sets.length; from += setsPerQuery) {
    const some = sets.slice(from, from + setsPerQuery)
    const params = Object.fromEntries(some.map((set, at) => [`tags_${at}`, [...set]]))
    const [row] = await deps.ch.query<{ counts: number[]; everyone: number }>(
      `SELECT count() AS everyone,
         [${some.map((_, at) => `countIf(hasAny(tags, {tags_${at}:Array(String)}))`).join(', ')}] AS counts
       FROM people FINAL WHERE ws = {ws:UInt32} AND deleted = 0 AND ${scope.sql}`,
      { ws: ctx.workspace.num, ...scope.params, ...params },
    )
    counts.push(...(row?.counts ?? some.map(() => 0)))
    everyone = row?.everyone ?? 0
  }
  return { counts, everyone }
}
