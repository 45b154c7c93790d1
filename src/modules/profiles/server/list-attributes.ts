import { sql } from 'kysely'
import type { Attribute } from '#modules/profiles/contract.ts'
import { type PeopleFilter, peopleFilter, whereOf } from '#modules/profiles/server/people-filter.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { type Canonical, decodePath, flatten } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

// Enough to show what values look like without reading everybody; the first by person, which the sorting key gives.
const sampledPeople = 1000
const mostExamples = 5

/** The attribute catalogue: what sources have sent, of which type, how many people have it, and what it looks like. */
export async function listAttributes(deps: ProfileDeps, ctx: WorkspaceCtx): Promise<{ items: Attribute[] }> {
  const rows = await deps.database.read(ctx, (tx) =>
    tx.rows<Pick<Attribute, 'name' | 'label' | 'type'>>(sql`
      select name, label, type from profiles.attribute where workspace_id = ${tx.workspace} order by name`),
  )
  const filter = await peopleFilter(deps, ctx, {})
  const [coverage, examples] = [await readCoverage(deps, filter), await readExamples(deps, filter)]
  return {
    items: rows.map((row) => ({
      ...row,
      people: coverage.get(row.name) ?? 0,
      examples: [...(examples.get(row.name) ?? [])],
    })),
  }
}

/** People per attribute. An object counts where any of its parts is there: the largest part is a lower bound. */
async function readCoverage(deps: ProfileDeps, filter: PeopleFilter): Promise<Map<string, number>> {
  const rows = await deps.ch.query<{ path: string; people: number }>(
    `SELECT arrayJoin(JSONAllPaths(attrs)) AS path, count() AS people FROM people FINAL WHERE ${whereOf(filter)} GROUP BY path`,
    filter.params,
  )
  const coverage = new Map<string, number>()
  for (const { path, people } of rows)
    for (const name of namesOf(decodePath(path)))
      coverage.set(name, Math.max(people, coverage.get(name) ?? 0))
  return coverage
}

/** The attributes a flat path may stand for: itself, and the objects it lies in. */
function namesOf(path: string): string[] {
  const parts = path.split('.')
  return parts.map((_, at) => parts.slice(0, at + 1).join('.'))
}

async function readExamples(deps: ProfileDeps, filter: PeopleFilter): Promise<Map<string, Set<string>>> {
  const rows = await deps.ch.query<{ attrs: Record<string, unknown> }>(
    `SELECT attrs FROM people FINAL WHERE ${whereOf(filter)} ORDER BY person LIMIT {sample:UInt32}`,
    { ...filter.params, sample: sampledPeople },
  )
  const examples = new Map<string, Set<string>>()
  for (const { attrs } of rows)
    for (const [stored, value] of Object.entries(flatten(attrs)).sort(byPath))
      for (const name of namesOf(decodePath(stored))) {
        const found = examples.get(name) ?? new Set()
        examples.set(name, found)
        if (found.size < mostExamples) found.add(exampleOf(value))
      }
  return examples
}

// ClickHouse gives the parts of an object in no promised order.
const byPath = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)

const exampleOf = (value: Canonical): string =>
  (Array.isArray(value) ? value.join(', ') : String(value)).slice(0, 80)
