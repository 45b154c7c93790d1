import type { Attribute } from '#modules/profiles/attribute-shapes.ts'
import { type AttributeRow, readAttributes } from '#modules/profiles/server/attributes/attribute-store.ts'
import { misfitSql } from '#modules/profiles/server/attributes/fits-type.ts'
import { loadMask } from '#modules/profiles/server/masking/load-mask.ts'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import { type PeopleFilter, peopleFilter, whereOf } from '#modules/profiles/server/people-filter.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { type Canonical, decodePath, flatten } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

// Enough to show what values look like without reading everybody; the first by person, which the sorting key gives.
const sampledPeople = 1000
const mostExamples = 5

/** What is known of attributes out of ClickHouse, by name. */
type Facts = {
  everyone: number
  coverage: Map<string, number>
  misfits: Map<string, number>
  examples: Map<string, Set<string>>
}

/** The attribute catalogue: what there is, of which type, how many people have it, and what it looks like. */
export async function listAttributes(deps: ProfileDeps, ctx: WorkspaceCtx) {
  const { rows, mask } = await deps.database.read(ctx, async (tx) => ({
    rows: await readAttributes(tx),
    mask: await loadMask(tx, ctx),
  }))
  const facts = await factsOf(deps, ctx, rows, mask)
  return { everyone: facts.everyone, items: rows.map((row) => presentAttribute(row, ctx.language, facts)) }
}

export async function factsOf(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  rows: readonly AttributeRow[],
  mask: Mask,
): Promise<Facts> {
  const filter = await peopleFilter(deps, ctx, {})
  const [coverage, examples] = [await readCoverage(deps, filter), await readExamples(deps, filter, mask)]
  return { ...coverage, examples, misfits: await readMisfits(deps, filter, rows) }
}

export function presentAttribute(row: AttributeRow, language: 'zh' | 'en', facts?: Facts): Attribute {
  const labels = { zh: row.label_zh, en: row.label_en }
  return {
    name: row.name,
    label: labels[language] || labels.zh || labels.en || null,
    labels,
    description: row.description,
    type: row.type,
    declared: row.declared,
    options: row.options,
    refersTo: row.refers_to,
    personal: row.personal,
    searchable: row.searchable,
    group: row.in_group,
    archived: row.archived_at !== null,
    people: facts?.coverage.get(row.name) ?? 0,
    misfits: facts?.misfits.get(row.name) ?? 0,
    examples: [...(facts?.examples.get(row.name) ?? [])],
  }
}

/** People per attribute. An object counts where any of its parts is there: the largest part is a lower bound. */
async function readCoverage(deps: ProfileDeps, filter: PeopleFilter) {
  const people = `FROM people FINAL WHERE ${whereOf(filter)}`
  const [rows, [all]] = await Promise.all([
    deps.ch.query<{ path: string; people: number }>(
      `SELECT arrayJoin(JSONAllPaths(attrs)) AS path, count() AS people ${people} GROUP BY path`,
      filter.params,
    ),
    deps.ch.query<{ n: number }>(`SELECT count() AS n ${people}`, filter.params),
  ])
  const coverage = new Map<string, number>()
  for (const { path, people } of rows)
    for (const name of namesOf(decodePath(path)))
      coverage.set(name, Math.max(people, coverage.get(name) ?? 0))
  return { coverage, everyone: all?.n ?? 0 }
}

// A hundred conditions in one pass over the people; each reads its own column and no other.
const checkedAtOnce = 100

/** Of attributes with a declared type, how many people have a value that does not fit. */
async function readMisfits(
  deps: ProfileDeps,
  filter: PeopleFilter,
  rows: readonly AttributeRow[],
): Promise<Map<string, number>> {
  const declared = rows.filter((row) => row.declared)
  const found = new Map<string, number>()
  for (let at = 0; at < declared.length; at += checkedAtOnce) {
    const some = declared.slice(at, at + checkedAtOnce)
    const conditions = some.map((row, n) => misfitSql(row.name, row, n))
    const [counts] = await deps.ch.query<{ n: number[] }>(
      `SELECT [${conditions.map((one) => `countIf(${one.sql})`).join(', ')}] AS n FROM people FINAL WHERE ${whereOf(filter)}`,
      Object.assign({}, filter.params, ...conditions.map((one) => one.params)),
    )
    for (const [n, row] of some.entries()) found.set(row.name, counts?.n[n] ?? 0)
  }
  return found
}

/** The attributes a flat path may stand for: itself, and the objects it lies in. */
function namesOf(path: string): string[] {
  const parts = path.split('.')
  return parts.map((_, at) => parts.slice(0, at + 1).join('.'))
}

async function readExamples(
  deps: ProfileDeps,
  filter: PeopleFilter,
  mask: Mask,
): Promise<Map<string, Set<string>>> {
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
        if (found.size < mostExamples)
          found.add(exampleOf(mask.named(decodePath(stored), value) as Canonical))
      }
  return examples
}

// ClickHouse gives the parts of an object in no promised order.
const byPath = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)

export const exampleOf = (value: Canonical): string =>
  (Array.isArray(value) ? value.join(', ') : String(value)).slice(0, 80)
