import type { Household } from '#modules/companies/household-contract.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { belongingSql, seenSql } from '#modules/companies/server/circle-facts.ts'
import { readCircle, readCircles } from '#modules/companies/server/circle-store.ts'
import { circlesOfPerson } from '#modules/companies/server/companies-of-person.ts'
import { presentHouseholds } from '#modules/companies/server/present-households.ts'
import { missing } from '#modules/companies/server/read-company.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

/** Households with anybody the caller may see, newest first; found by their name or the name of somebody in it. */
export async function listHouseholds(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  query: PageQuery & { search?: string | undefined },
): Promise<{ items: Household[]; next: string | null }> {
  const after = decodeCursor(query.cursor, ['place'])
  const seen = seenSql(ctx)
  const search = query.search?.trim().toLowerCase().toWellFormed() ?? ''
  const belonging = belongingSql(deps.profiles.personOf, `kind = 'household'`)
  // Who sees contacts masked could find them out, a digit at a time.
  const column = (await deps.profiles.mask(ctx)).full ? 'search' : 'lowerUTF8(name)'
  const named = `SELECT person FROM people FINAL WHERE ws = {ws:UInt32} AND deleted = 0 AND position(${column}, {search:String}) > 0`
  const found = `position(search, {search:String}) > 0
    OR circle IN (SELECT circle FROM (${belonging}) WHERE ${seen.sql} AND person IN (${named}))`
  const rows = await deps.ch.query<{ circle: number }>(
    `SELECT circle FROM circle FINAL WHERE ws = {ws:UInt32} AND kind = 'household' AND deleted = 0
       AND circle IN (SELECT circle FROM (${belonging}) WHERE ${seen.sql})
       ${search === '' ? '' : `AND (${found})`} ${after ? 'AND circle < {after:UInt64}' : ''}
     ORDER BY circle DESC LIMIT {page_limit:UInt32}`,
    {
      ws: ctx.workspace.num,
      ...seen.params,
      page_limit: query.limit + 1,
      ...(search === '' ? {} : { search }),
      ...(after ? { after: after[0] } : {}),
    },
    { signal: ctx.signal },
  )
  const page = rows.slice(0, query.limit).map((row) => row.circle)
  const circles = await deps.database.read(ctx, (tx) => readCircles(tx, page))
  const items = await presentHouseholds(
    deps,
    ctx,
    circles.toSorted((a, b) => b.num - a.num),
  )
  const last = page.at(-1)
  return { items, next: rows.length > query.limit && last !== undefined ? encodeCursor([last]) : null }
}

/** A household with anybody the caller may see, or `household.missing`. */
export async function getHousehold(deps: CircleDeps, ctx: WorkspaceCtx, id: string): Promise<Household> {
  const row = await deps.database.read(ctx, (tx) => readCircle(tx, 'household', id))
  const [household] = row && row.deletedAt === null ? await presentHouseholds(deps, ctx, [row]) : []
  if (!household) throw missing('household')
  return household
}

export async function householdsOfProfile(deps: CircleDeps, ctx: WorkspaceCtx, id: string) {
  const person = await deps.profiles.personNumber(ctx, id)
  const found = await deps.database.read(ctx, (tx) => circlesOfPerson(tx, person))
  const rows = found.map((one) => one.circle).filter((circle) => circle.kind === 'household')
  return { items: await presentHouseholds(deps, ctx, rows) }
}
