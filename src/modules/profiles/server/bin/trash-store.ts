import { type RawBuilder, sql } from 'kysely'
import type { ChangeTrace } from '#modules/profiles/server/person-changes.ts'
import type { ActorName } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/** How long somebody lies in the bin before they are erased. */
export const binDays = 90
export const binMs = binDays * 86_400_000

/**
 * Whether a person is in the bin, from the identifiers at home with them: some were put there, and nobody who was there
 * already has joined since. An identifier that only came later (another browser of theirs) stays in the bin with them.
 */
export function isInBin(home: readonly { unit: number; upto: number | null }[]): boolean {
  const upto = home.reduce((most, row) => Math.max(most, row.upto ?? 0), 0)
  return upto > 0 && home.every((row) => row.upto !== null || row.unit > upto)
}

/** The same in SQL, of an `identifier i left join unit_trash t` grouped by the person. */
export const inBin = sql`count(t.unit) > 0 and coalesce(min(i.unit) filter (where t.unit is null) > max(t.upto), true)`

/** Those of these people who are in the bin. */
export async function trashedAmong(tx: Tx, persons: readonly number[]): Promise<Set<number>> {
  if (persons.length === 0) return new Set()
  const rows = await tx.rows<{ person: number }>(sql`
    select i.person from profiles.identifier i
    left join profiles.unit_trash t on t.unit = i.unit and t.workspace_id = i.workspace_id
    where i.workspace_id = ${tx.workspace} and i.person = any(${persons}::bigint[])
    group by i.person having ${inBin}`)
  return new Set(rows.map((row) => row.person))
}

/** Everybody in the bin, up to a number of them. */
export const everybodyInBin = async (tx: Tx, limit: number): Promise<number[]> =>
  (await tx.rows<{ person: number }>(sql`${binSql(sql`true`)} limit ${limit}`)).map((row) => row.person)

export type BinRow = {
  person: number
  at: Date
  by: string
  by_kind: ActorName['kind']
  why: string | null
}

/** People whose identifiers were put into the bin and who are in it; of several times the last counts. */
const binSql = (also: RawBuilder<unknown>) => sql`
  select i.person, max(t.at) as at, (array_agg(t.by order by t.at desc nulls last))[1] as by,
    (array_agg(t.by_kind order by t.at desc nulls last))[1] as by_kind, (array_agg(t.why order by t.at desc nulls last))[1] as why
  from profiles.identifier i
  left join profiles.unit_trash t on t.unit = i.unit and t.workspace_id = i.workspace_id
  where i.workspace_id = platform.current_workspace() and i.person in (
    select o.person from profiles.unit_trash u
    join profiles.identifier o on o.unit = u.unit and o.workspace_id = u.workspace_id
    where u.workspace_id = platform.current_workspace())
  group by i.person having ${inBin} and ${also}`

export type BinPage = { after: readonly [at: string, person: number] | undefined; limit: number }

/** A page of the bin, the last put there first. */
export const readBin = (tx: Tx, { after, limit }: BinPage): Promise<BinRow[]> =>
  tx.rows<BinRow>(sql`
    ${binSql(after ? sql`(max(t.at), i.person) < (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql`true`)}
    order by max(t.at) desc, i.person desc limit ${limit}`)

/** Who has lain there since before a moment. */
export const dueForErasure = (tx: Tx, before: number, limit: number): Promise<BinRow[]> =>
  tx.rows<BinRow>(sql`
    ${binSql(sql`max(t.at) <= ${new Date(before)}::timestamptz`)} order by max(t.at), i.person limit ${limit}`)

/** Puts people into the bin: every identifier at home with them. */
export async function markTrashed(tx: Tx, persons: readonly number[], trace: ChangeTrace): Promise<void> {
  await tx.run(sql`
    insert into profiles.unit_trash (workspace_id, unit, person, upto, at, by, by_kind, why, batch)
    select i.workspace_id, i.unit, i.person,
      (select max(unit) from profiles.identifier where workspace_id = ${tx.workspace}),
      ${new Date(trace.at)}::timestamptz, ${trace.actor.name}::text, ${trace.actor.kind}::text, ${trace.why ?? null}::text,
      ${trace.batch ?? null}::text
    from profiles.identifier i where i.workspace_id = ${tx.workspace} and i.person = any(${persons}::bigint[])
    on conflict (unit) do update set person = excluded.person, upto = excluded.upto, at = excluded.at, by = excluded.by,
      by_kind = excluded.by_kind, why = excluded.why, batch = excluded.batch`)
}

/** Takes them out again. */
export const unmarkTrashed = (tx: Tx, persons: readonly number[]): Promise<number> =>
  tx.run(sql`
    delete from profiles.unit_trash where workspace_id = ${tx.workspace} and unit in (
      select unit from profiles.identifier where workspace_id = ${tx.workspace} and person = any(${persons}::bigint[]))`)

/** Marks of people who came back by joining somebody who was never in the bin, too old to matter if they part again. */
export const dropStaleMarks = (tx: Tx, before: number): Promise<number> =>
  tx.run(sql`
    delete from profiles.unit_trash t using profiles.identifier i
    where t.workspace_id = ${tx.workspace} and i.workspace_id = t.workspace_id and i.unit = t.unit
      and t.at <= ${new Date(before)}::timestamptz and exists (
        select from profiles.identifier o left join profiles.unit_trash m on m.unit = o.unit and m.workspace_id = o.workspace_id
        where o.workspace_id = i.workspace_id and o.person = i.person and m.unit is null and o.unit <= t.upto)`)
