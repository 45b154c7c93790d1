import type { AttributeEntry } from '#modules/profiles/attribute-shapes.ts'
import {
  type AttributeRow,
  readSources,
  requireAttribute,
} from '#modules/profiles/server/attributes/attribute-store.ts'
import { misfitSql } from '#modules/profiles/server/attributes/fits-type.ts'
import { exampleOf, factsOf, presentAttribute } from '#modules/profiles/server/attributes/list-attributes.ts'
import { loadMask } from '#modules/profiles/server/masking/load-mask.ts'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import { peopleFilter, whereOf } from '#modules/profiles/server/people-filter.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { type Canonical, encodePath, storedColumn } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

const mostMisfits = 20

/** One attribute with everything that is known of it: types seen, misfits, sources, last seen, whose rules name it. */
export async function showAttribute(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  name: string,
): Promise<AttributeEntry> {
  const { row, mask, sources, usedBy } = await deps.database.read(ctx, async (tx) => ({
    row: await requireAttribute(tx, name),
    mask: await loadMask(tx, ctx),
    sources: await namedSources(deps, ctx, tx, name),
    usedBy: (await Promise.all(deps.mentions.map((one) => one.users(tx)))).flat(),
  }))
  const facts = await factsOf(deps, ctx, [row], mask)
  const [typesSeen, misfitExamples, lastSeen] = await Promise.all([
    readTypes(deps, ctx, name),
    row.declared ? readMisfits(deps, ctx, row, mask) : [],
    readLastSeen(deps, ctx, name),
  ])
  return {
    ...presentAttribute(row, ctx.language, facts),
    everyone: facts.everyone,
    typesSeen,
    misfitExamples,
    sources,
    lastSeen,
    usedBy: usedBy
      .filter((user) => user.attributes.has(name))
      .map(({ kind, id, name }) => ({ kind, id, name })),
  }
}

async function namedSources(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  tx: Tx,
  name: string,
): Promise<AttributeEntry['sources']> {
  const rows = await readSources(tx, name)
  const nameOf = await deps.sourceNames(
    tx,
    ctx,
    rows.map((row) => row.id),
  )
  return rows.map(({ id, since }) => ({ ...nameOf(id), since: since.toISOString() }))
}

async function readTypes(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  name: string,
): Promise<AttributeEntry['typesSeen']> {
  const filter = await peopleFilter(deps, ctx, {})
  const value = storedColumn('attrs', name)
  const kinds: Record<AttributeEntry['typesSeen'][number]['type'], string> = {
    text: `isNotNull(${value.text})`,
    number: `isNotNull(${value.number})`,
    boolean: `isNotNull(${value.bool})`,
    text_list: `notEmpty(${value.texts})`,
    number_list: `notEmpty(${value.numbers})`,
    boolean_list: `notEmpty(${value.bools})`,
    object: `arrayExists(path -> startsWith(path, {prefix:String}), JSONAllPaths(attrs))`,
  }
  const [row] = await deps.ch.query<Record<string, number>>(
    `SELECT ${Object.entries(kinds).map(([kind, sql]) => `countIf(${sql}) AS ${kind}`)}
     FROM people FINAL WHERE ${whereOf(filter)}`,
    { ...filter.params, prefix: `${encodePath(name)}.` },
  )
  return Object.keys(kinds)
    .map((kind) => ({ type: kind as keyof typeof kinds, people: row?.[kind] ?? 0 }))
    .filter((one) => one.people > 0)
    .sort((a, b) => b.people - a.people)
}

async function readMisfits(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  row: AttributeRow,
  mask: Mask,
): Promise<string[]> {
  const filter = await peopleFilter(deps, ctx, {})
  const misfit = misfitSql(row.name, row, 0)
  const stored = `attrs.\`${encodePath(row.name)}\``
  const rows = await deps.ch.query<{ value: Canonical }>(
    `SELECT ${stored} AS value FROM people FINAL WHERE ${whereOf(filter)} AND ${misfit.sql}
     ORDER BY person LIMIT ${mostMisfits * 5}`,
    { ...filter.params, ...misfit.params },
  )
  const shown = rows.map(({ value }) => exampleOf(mask.named(row.name, value) as Canonical))
  return [...new Set(shown)].slice(0, mostMisfits)
}

/** By the calls that told traits; a value set by hand is no call. */
async function readLastSeen(deps: ProfileDeps, ctx: WorkspaceCtx, name: string): Promise<string | null> {
  const told = storedColumn('props', name).present
  const [row] = await deps.ch.query<{ at: number; n: number }>(
    `SELECT toUnixTimestamp64Milli(max(time)) AS at, count() AS n FROM events
     WHERE ws = {ws:UInt32} AND type = 'identify' AND ${told}`,
    { ws: ctx.workspace.num },
  )
  return row && row.n > 0 ? new Date(row.at).toISOString() : null
}
