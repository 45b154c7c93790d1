import { scopeInClickHouse } from '#modules/access/index.ts'
import type { Tag } from '#modules/tags/contract.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { loadTagTree, type TagTree } from '#modules/tags/server/tag-tree.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** All tags with the people the caller may see under each. */
export async function listTags(deps: TagDeps, ctx: WorkspaceCtx): Promise<{ items: Tag[] }> {
  const tree = await deps.database.read(ctx, (tx) => loadTagTree(tx))
  return { items: await presentTags(deps, ctx, tree) }
}

export async function presentTag(deps: TagDeps, ctx: WorkspaceCtx, id: string): Promise<Tag> {
  const tree = await deps.database.read(ctx, (tx) => loadTagTree(tx))
  const [tag] = await presentTags(
    deps,
    ctx,
    { ...tree, rows: tree.rows.filter((row) => row.id === id) },
    tree,
  )
  return tag as Tag
}

async function presentTags(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  { rows, below }: TagTree,
  all: TagTree = { rows, below },
) {
  const counts = await countPeople(
    deps,
    ctx,
    rows.map((row) => below(row.name)),
  )
  const names = new Map(all.rows.map((row) => [row.id, row.name]))
  return rows.map(
    (row, at): Tag => ({
      id: row.id,
      name: row.name,
      parent: row.parent_id === null ? null : (names.get(row.parent_id) ?? null),
      people: counts[at] ?? 0,
      createdAt: row.created_at.toISOString(),
    }),
  )
}

// One column each; more are asked in further queries.
const setsPerQuery = 500

/** People with any tag of each set. */
async function countPeople(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  sets: readonly (readonly string[])[],
): Promise<number[]> {
  const scope = scopeInClickHouse(ctx.scope)
  const counts: number[] = []
  for (let from = 0; from < sets.length; from += setsPerQuery) {
    const some = sets.slice(from, from + setsPerQuery)
    const params = Object.fromEntries(some.map((set, at) => [`tags_${at}`, [...set]]))
    const [row] = await deps.ch.query<{ counts: number[] }>(
      `SELECT [${some.map((_, at) => `countIf(hasAny(tags, {tags_${at}:Array(String)}))`).join(', ')}] AS counts
       FROM people FINAL WHERE ws = {ws:UInt32} AND deleted = 0 AND notEmpty(tags) AND ${scope.sql}`,
      { ws: ctx.workspace.num, ...scope.params, ...params },
    )
    counts.push(...(row?.counts ?? some.map(() => 0)))
  }
  return counts
}
