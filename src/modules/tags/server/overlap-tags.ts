import { scopeInClickHouse } from '#modules/access/index.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { loadTagTree } from '#modules/tags/server/tag-tree.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

const mostTags = 12

/** Of every pair of tags, who has both and who only one; a tag counts for those above it. One query for all pairs. */
export async function overlapTags(deps: TagDeps, ctx: WorkspaceCtx, ids: string) {
  const chosen = [...new Set(ids.split(',').filter((id) => id !== ''))]
  if (chosen.length < 2 || chosen.length > mostTags)
    throw new AppError('tag.pick_some', 'invalid', `Choose 2 to ${mostTags} tags.`, {
      details: { path: '/query/ids' },
    })
  const sets = await deps.database.read(ctx, async (tx) => {
    const { rows, below } = await loadTagTree(tx)
    return chosen.map((id) => {
      const row = rows.find((one) => one.id === id)
      if (!row) throw new AppError('tag.missing', 'missing', 'There is no such tag.')
      return below(row.name)
    })
  })
  const pairs = chosen.flatMap((a, i) => chosen.slice(i + 1).map((b, j) => ({ a, b, i, j: i + 1 + j })))
  const counts = await countPairs(deps, ctx, sets, pairs)
  const items = pairs.map(({ a, b, i, j }, at) => {
    const both = counts.both[at] ?? 0
    return { a, b, both, onlyA: (counts.each[i] ?? 0) - both, onlyB: (counts.each[j] ?? 0) - both }
  })
  return { items }
}

type Counts = { each: number[]; both: number[] }

async function countPairs(
  deps: TagDeps,
  ctx: WorkspaceCtx,
  sets: readonly (readonly string[])[],
  pairs: readonly { i: number; j: number }[],
): Promise<Counts> {
  const scope = scopeInClickHouse(ctx.scope)
  const params = Object.fromEntries(sets.map((set, at) => [`tags_${at}`, [...set]]))
  const has = sets.map((_, at) => `hasAny(tags, {tags_${at}:Array(String)}) AS has_${at}`)
  const [row] = await deps.ch.query<Counts>(
    `SELECT [${sets.map((_, at) => `countIf(has_${at})`).join(', ')}] AS each,
       [${pairs.map(({ i, j }) => `countIf(has_${i} AND has_${j})`).join(', ')}] AS both
     FROM (SELECT ${has.join(', ')} FROM people FINAL
       WHERE ws = {ws:UInt32} AND deleted = 0 AND notEmpty(tags) AND ${scope.sql})`,
    { ws: ctx.workspace.num, ...scope.params, ...params },
  )
  return row ?? { each: [], both: [] }
}
