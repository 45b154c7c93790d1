import { isInScope, scopeInClickHouse } from '#modules/access/index.ts'
import { searchTextOf } from '#modules/profiles/server/person-lines.ts'
import { presentPeople } from '#modules/profiles/server/present-people.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { lineSettings, readPeople } from '#modules/profiles/server/rebuild-people.ts'
import { countSearch, searchText } from '#modules/profiles/server/search-people.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

// Rows are looked through without merging versions, which would take ten times as long; what they say is compared with
// Postgres afterwards. Of so many places some may be lost to what people were called before.
const candidatesPerPlace = 3

/** Who is meant by a few letters or digits, best match first; for a box in which people type. */
export async function findPeople(deps: ProfileDeps, ctx: WorkspaceCtx, query: { q: string; limit: number }) {
  const text = query.q.trim()
  if (text === '') return { items: [] }
  await countSearch(deps, ctx, text)
  const search = await searchText(deps, ctx, text)
  const scope = scopeInClickHouse(ctx.scope)
  const rows = await deps.ch.query<{ person: number }>(
    `SELECT person FROM people
     WHERE ws = {ws:UInt32} AND deleted = 0 AND ${search.sql}${ctx.scope.all ? '' : ` AND ${scope.sql}`}
     ORDER BY ${search.rank}, person DESC LIMIT 1 BY person LIMIT {limit:UInt32}`,
    {
      ...search.params,
      ...scope.params,
      ws: ctx.workspace.num,
      limit: query.limit * candidatesPerPlace,
    },
    { signal: ctx.signal },
  )
  const persons = await stillFound(
    deps,
    ctx,
    rows.map((row) => row.person),
    search.terms,
  )
  const items = await presentPeople(deps, ctx, persons.slice(0, query.limit))
  return {
    items: items.map(({ id, name, identifiers, masked, owner }) => ({
      id,
      name,
      identifiers,
      masked,
      owner: owner && { id: owner.id, name: owner.name },
    })),
  }
}

/** Those whose text is still so and whom the caller may see, as Postgres has them now. */
async function stillFound(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  persons: readonly number[],
  terms: readonly string[],
): Promise<number[]> {
  const ws = ctx.workspace.num
  const { facts, settings } = await deps.database.read(ctx, async (tx) => ({
    facts: await readPeople(tx, ws, persons),
    settings: await lineSettings(tx, ws),
  }))
  return persons.filter((person) => {
    const one = facts.get(person)
    if (!one) return false
    const owner = { owner: one.owner?.id ?? null, department: one.owner?.department ?? null }
    const text = searchTextOf(settings, one)
    // A public id is found whole only: two letters lie in many of them by chance.
    const id = deps.personIds.encode(ws, person).toLowerCase()
    return isInScope(ctx.scope, owner) && terms.some((term) => text.includes(term) || term === id)
  })
}
