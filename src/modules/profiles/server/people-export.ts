import { sql } from 'kysely'
import type { Identifier } from '#modules/profiles/contract.ts'
import { maskFor } from '#modules/profiles/server/masking/load-mask.ts'
import { knowingPerson, maskAttributes, shownName } from '#modules/profiles/server/masking/mask-person.ts'
import { numberList } from '#modules/profiles/server/number-list.ts'
import { type PeopleQuestion, peopleFilter, whereOf } from '#modules/profiles/server/people-filter.ts'
import { lastSeenSql } from '#modules/profiles/server/present-people.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { type CanonicalRecord, decodePath, flatten } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export type ExportedPerson = {
  id: string
  name: string | null
  identifiers: readonly Identifier[]
  tags: readonly string[]
  firstSeen: string
  lastSeen: string | null
  /** Flat: dotted paths. */
  attributes: CanonicalRecord
}

/** Reading many people at once out of ClickHouse, always within the caller's data scope. */
export type PeopleForExport = {
  /** Throws `rule.malformed` and its like. */
  check(ctx: WorkspaceCtx, question: PeopleQuestion): Promise<void>
  /** Kinds of identifiers and flat attribute paths that occur among them. */
  available(ctx: WorkspaceCtx, question: PeopleQuestion): Promise<{ kinds: string[]; attributes: string[] }>
  /** How many are meant; refused where who sees personal data masked could guess by it. */
  count(ctx: WorkspaceCtx, question: PeopleQuestion): Promise<number>
  /** Who is meant, by number. */
  persons(ctx: WorkspaceCtx, question: PeopleQuestion): Promise<number[]>
  /** These people as they are now, by number; up to some thousands. Who is gone meanwhile is left out. */
  read(ctx: WorkspaceCtx, persons: readonly number[], withLastSeen: boolean): Promise<ExportedPerson[]>
}

type Row = {
  person: number
  attrs: Record<string, unknown>
  tags: string[]
  identifiers: Identifier[]
  first: number
}

export function peopleForExport(deps: ProfileDeps): PeopleForExport {
  return {
    check: async (ctx, question) => {
      await peopleFilter(deps, ctx, question)
    },
    available: (ctx, question) => available(deps, ctx, question),
    count: async (ctx, question) => {
      const filter = await peopleFilter(deps, ctx, question)
      const [row] = await deps.ch.query<{ n: number }>(
        `SELECT count() AS n FROM people FINAL WHERE ${whereOf(filter)}`,
        filter.params,
        { signal: ctx.signal },
      )
      return Number(row?.n ?? 0)
    },
    persons: async (ctx, question) => {
      const filter = await peopleFilter(deps, ctx, question, { asked: true })
      const rows = await deps.ch.query<{ person: number }>(
        `SELECT person FROM people FINAL WHERE ${whereOf(filter)} ORDER BY person`,
        filter.params,
        { signal: ctx.signal },
      )
      return rows.map((row) => row.person)
    },
    read: (ctx, persons, withLastSeen) => readPage(deps, ctx, persons, withLastSeen),
  }
}

async function available(deps: ProfileDeps, ctx: WorkspaceCtx, question: PeopleQuestion) {
  const filter = await peopleFilter(deps, ctx, question, { asked: true })
  const [row] = await deps.ch.query<{ kinds: string[]; paths: string[] }>(
    `SELECT groupUniqArrayArray(identifiers.kind) AS kinds, groupUniqArrayArray(JSONAllPaths(attrs)) AS paths
     FROM people FINAL WHERE ${whereOf(filter)}`,
    filter.params,
    { signal: ctx.signal },
  )
  return { kinds: row?.kinds ?? [], attributes: (row?.paths ?? []).map(decodePath) }
}

async function readPage(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  persons: readonly number[],
  withLastSeen: boolean,
): Promise<ExportedPerson[]> {
  if (persons.length === 0) return []
  const ws = ctx.workspace.num
  const filter = await peopleFilter(deps, ctx, {})
  const [rows, lastSeen] = await Promise.all([
    deps.ch.query<Row>(
      `SELECT person, attrs, tags, identifiers, toUnixTimestamp64Milli(first_seen) AS first
     FROM people FINAL WHERE ${whereOf(filter)} AND person IN (${numberList(persons)}) ORDER BY person`,
      filter.params,
      { signal: ctx.signal },
    ),
    withLastSeen ? lastSeenOf(deps, ctx, persons) : new Map<number, number>(),
  ])
  const mask = await maskFor(deps, ctx)
  return rows.map((row) => {
    const flat = Object.entries(flatten(row.attrs)).map(([path, value]) => [decodePath(path), value])
    const attributes: CanonicalRecord = Object.fromEntries(flat)
    const theirs = knowingPerson(mask, { identifiers: row.identifiers, attributes })
    return {
      id: deps.personIds.encode(ws, row.person),
      name: shownName(theirs, { identifiers: row.identifiers, attributes }),
      identifiers: row.identifiers.map(theirs.identifier),
      tags: row.tags,
      firstSeen: new Date(row.first).toISOString(),
      lastSeen: stamp(lastSeen.get(row.person)),
      attributes: maskAttributes(theirs, attributes) as CanonicalRecord,
    }
  })
}

const stamp = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString())

async function lastSeenOf(deps: ProfileDeps, ctx: WorkspaceCtx, persons: readonly number[]) {
  const units = await deps.database.read(ctx, (tx) =>
    tx.rows<{ unit: number }>(sql`
      select unit from profiles.identifier where workspace_id = ${tx.workspace} and person = any(${persons}::bigint[])
      union select unit from profiles.identifier_guest where workspace_id = ${tx.workspace} and person = any(${persons}::bigint[])`),
  )
  const found = new Map<number, number>()
  // A statement may have 256 kB; a unit takes up to 17 characters.
  for (let at = 0; at < units.length; at += 10_000) {
    const some = units.slice(at, at + 10_000).map((row) => row.unit)
    const rows = await deps.ch.query<{ person: number; at: number }>(
      `SELECT person, toUnixTimestamp64Milli(at) AS at FROM (${lastSeenSql(deps.personOf, `unit IN (${numberList(some)})`)})`,
      { ws: ctx.workspace.num },
    )
    for (const row of rows) found.set(row.person, Math.max(row.at, found.get(row.person) ?? row.at))
  }
  return found
}
