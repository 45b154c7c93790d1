import { sql } from 'kysely'
import type { WhatWasRead } from '#modules/analytics/server/kept/reads.ts'
import type { Tx } from '#platform/pg/database.ts'

/** What a change of a workspace touched; `everything` where it cannot be told. */
export type Touched =
  | { hours: readonly number[]; events: readonly string[]; people: boolean }
  | { everything: true }

// Of a counter that was lost in a crash the next one begins higher, so that no stamp of before is taken for one of now.
const beginning = sql`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`

/** The version answers are stamped with that begin to be computed now; from the first one on changes are noted. */
export async function currentVersion(tx: Tx): Promise<number> {
  const read = () =>
    tx.row<{ version: number }>(sql`select version from analytics.tide where workspace_id = ${tx.workspace}`)
  const found = await read()
  if (found) return found.version
  await tx.run(sql`insert into analytics.tide (workspace_id, version, floor, people)
    select ${tx.workspace}, v, v, v from (select ${beginning} as v) as now on conflict do nothing`)
  return ((await read()) as { version: number }).version
}

/** Whether anything is kept that a change could void. */
export const keepsAnything = async (tx: Tx, workspace: number): Promise<boolean> =>
  (await tx.row(sql`select 1 from analytics.kept_answer where workspace_id = ${workspace} limit 1`)) !==
  undefined

/**
 * Notes a change that everybody can see by now. One row counts the changes of a workspace, and whoever keeps an answer holds it:
 * versions are visible in their order. Nothing is noted where nobody ever asked.
 */
export async function noteTouched(tx: Tx, workspace: number, touched: Touched): Promise<void> {
  if ('everything' in touched) {
    await tx.run(sql`update analytics.tide set version = version + 1, floor = version + 1, people = version + 1
      where workspace_id = ${workspace}`)
    return
  }
  const people = touched.people ? 1 : 0
  await tx.run(sql`
    with t as (
      update analytics.tide set version = version + 1, people = case ${people}::int when 1 then version + 1 else people end
      where workspace_id = ${workspace} returning version),
    h as (
      insert into analytics.touched_hour select ${workspace}, hour, t.version from t, unnest(${[...touched.hours]}::bigint[]) as hour
      on conflict (workspace_id, hour) do update set version = excluded.version)
    insert into analytics.touched_event select ${workspace}, event, t.version from t, unnest(${[...touched.events]}::text[]) as event
    on conflict (workspace_id, event) do update set version = excluded.version`)
}

/** Workspaces somebody ever asked in. */
export const workspacesWithTide = async (tx: Tx): Promise<number[]> =>
  (await tx.rows<{ num: number }>(sql`select workspace_id as num from analytics.tide order by 1`)).map(
    ({ num }) => num,
  )

/** Hours that were touched after a version among those an answer follows from; none: it is what it would be now. */
export async function touchedSince(
  tx: Tx,
  version: number,
  read: Pick<WhatWasRead, 'events'>,
): Promise<number[]> {
  const hours = new Set<number>()
  for (const { from, to, names } of read.events) {
    const rows = await tx.rows<{ hour: number }>(sql`
      select hour from analytics.touched_hour
      where workspace_id = ${tx.workspace} and version > ${version} and hour between ${from} and ${to}
        and (${names}::text[] is null or exists (select from analytics.touched_event e where e.workspace_id = ${tx.workspace}
          and e.version > ${version} and (e.event = '' or e.event = any(${names}::text[]))))`)
    for (const { hour } of rows) hours.add(hour)
  }
  return [...hours].toSorted((a, b) => a - b)
}

/** Forgets what no kept answer can be older than; what is being computed since before is not kept then. */
export async function pruneTouched(tx: Tx, workspace: number): Promise<void> {
  await tx.run(sql`update analytics.tide t set floor = greatest(t.floor,
      coalesce((select min(a.version) from analytics.kept_answer a where a.workspace_id = t.workspace_id), t.version))
    where t.workspace_id = ${workspace}`)
  for (const table of [sql`analytics.touched_hour`, sql`analytics.touched_event`])
    await tx.run(sql`delete from ${table} d using analytics.tide t
      where d.workspace_id = ${workspace} and t.workspace_id = ${workspace} and d.version <= t.floor`)
}
