import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

/** One identifier on a list; `version` is the change it was last touched by. */
export type ListUnit = { unit: number; present: boolean; at: Date; change: number }

/** Puts units on the list; answers the rows as they are now. */
export const putUnits = (tx: Tx, list: number, units: readonly number[], change: number, now: number) =>
  tx.rows<ListUnit>(sql`
    insert into segments.list_unit (workspace_id, list, unit, present, at, change)
    select distinct ${tx.workspace}::int, ${list}::int, unit, true, ${new Date(now)}::timestamptz, ${change}::bigint
    from unnest(${[...units]}::bigint[]) as u (unit)
    on conflict (workspace_id, list, unit) do update set present = true, at = excluded.at, change = excluded.change
    returning unit, present, at, change`)

export const takeUnits = (tx: Tx, list: number, units: readonly number[], change: number) =>
  tx.rows<ListUnit>(sql`
    update segments.list_unit set present = false, change = ${change}
    where workspace_id = ${tx.workspace} and list = ${list} and unit = any(${[...units]}::bigint[]) and present
    returning unit, present, at, change`)

/** Turns back up to `limit` units whose latest change this is. */
export const turnUnits = (tx: Tx, list: number, undone: number, change: number, limit: number) =>
  tx.rows<ListUnit>(sql`
    update segments.list_unit set present = not present, change = ${change}
    where workspace_id = ${tx.workspace} and list = ${list} and unit in (
      select unit from segments.list_unit
      where workspace_id = ${tx.workspace} and list = ${list} and change = ${undone} order by unit limit ${limit})
    returning unit, present, at, change`)

export const unitsAfter = (tx: Tx, workspace: number, list: number, after: number, limit: number) =>
  tx.rows<ListUnit>(sql`
    select unit, present, at, change from segments.list_unit
    where workspace_id = ${workspace} and list = ${list} and unit > ${after} order by unit limit ${limit}`)

export async function presentUnits(tx: Tx, list: number, limit: number): Promise<number[]> {
  const rows = await tx.rows<{ unit: number }>(sql`
    select unit from segments.list_unit where workspace_id = ${tx.workspace} and list = ${list} and present
    order by unit limit ${limit}`)
  return rows.map((row) => row.unit)
}

/** What ClickHouse must agree with, per list. */
export type ListSum = { list: number; units: number; unitSum: string; latest: number }
export const sumLists = (tx: Tx, workspace: number) =>
  tx.rows<ListSum>(sql`
    select list, count(*) filter (where present) as units,
      coalesce(sum(unit) filter (where present), 0)::text as "unitSum", max(change) as latest
    from segments.list_unit where workspace_id = ${workspace} group by list`)

export async function forgetUnits(tx: Tx, units: readonly number[]): Promise<void> {
  await tx.run(sql`
    delete from segments.list_unit where workspace_id = ${tx.workspace} and unit = any(${[...units]}::bigint[])`)
}
