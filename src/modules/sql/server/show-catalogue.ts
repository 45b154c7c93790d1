import { decodePath } from '#modules/rules/index.ts'
import type { Catalogue } from '#modules/sql/contract.ts'
import { functionNames, readings } from '#modules/sql/server/language/functions.ts'
import { typeNames } from '#modules/sql/server/language/parse-type.ts'
import type { SqlDeps } from '#modules/sql/server/sql-deps.ts'
import { allViews, companiesView, eventsView, peopleView } from '#modules/sql/server/views/catalogue.ts'
import { columnsOf } from '#modules/sql/server/views/open-views.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Views the caller may ask, with the columns they may name, and the functions there are. */
export async function showCatalogue(deps: SqlDeps, ctx: WorkspaceCtx): Promise<Catalogue> {
  const [mask, companyMask, properties, attributes, ofCompanies] = await Promise.all([
    deps.profiles.mask(ctx),
    deps.profiles.maskOfCompanies(ctx),
    propertyNames(deps, ctx),
    deps.database.read(ctx, deps.profiles.attributesOf),
    deps.companyAttributes(ctx),
  ])
  const nameable = (names: readonly string[], seen = mask) =>
    names.filter((name) => seen.full || (!seen.isNamed(name) && seen.text(name) === name))
  const names = (view: (typeof allViews)[number]) => {
    if (view === eventsView) return nameable(properties)
    if (view === companiesView) return nameable(ofCompanies, companyMask)
    return view === peopleView ? nameable(attributes.map(({ name }) => name)) : []
  }
  return {
    views: allViews
      .filter(({ needs }) => needs === undefined || ctx.permissions.has(needs))
      .map((view) => ({
        name: view.name,
        description: view[ctx.language],
        columns: columnsOf(view, view === companiesView ? companyMask : mask).map((column) => ({
          name: column.name,
          type: column.type,
          description: column[ctx.language],
        })),
        roots: [...view.roots],
        properties: names(view),
      })),
    functions: {
      scalar: [...readings, ...functionNames('scalar')],
      aggregate: functionNames('aggregate'),
      window: functionNames('window'),
    },
    types: [...typeNames],
    masked: !mask.full,
  }
}

/** What properties events had lately. */
async function propertyNames({ ch }: SqlDeps, ctx: WorkspaceCtx): Promise<string[]> {
  const [row] = await ch.query<{ paths: string[] }>(
    `SELECT arraySort(groupUniqArrayArray(500)(JSONAllPaths(props))) AS paths
     FROM (SELECT props FROM events WHERE ws = {ws:UInt32} AND time > now() - INTERVAL 30 DAY LIMIT 20000)`,
    { ws: ctx.workspace.num },
  )
  return (row?.paths ?? []).map(decodePath)
}
