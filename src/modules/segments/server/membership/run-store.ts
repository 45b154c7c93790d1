import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

/** A change of memberships on its way into ClickHouse; `version` is on each of its rows. */
export type Run = { workspace: number; version: number; heard: boolean; at: number }

export async function openRun(tx: Tx, workspace: number, heard: boolean, at: number): Promise<Run> {
  const row = await tx.row<{ version: number }>(sql`
    insert into segments.run (workspace_id, heard, at) values (${workspace}, ${heard}, ${new Date(at)}) returning version`)
  return { workspace, version: (row as { version: number }).version, heard, at }
}

export async function openRuns(tx: Tx, workspace: number): Promise<Run[]> {
  const rows = await tx.rows<{ version: number; heard: boolean; at: Date }>(sql`
    select version, heard, at from segments.run where workspace_id = ${workspace} order by version`)
  return rows.map((row) => ({ ...row, workspace, at: row.at.getTime() }))
}

export async function workspacesWithOpenRuns(tx: Tx): Promise<number[]> {
  const rows = await tx.rows<{ num: number }>(
    sql`select distinct workspace_id as num from segments.run order by 1`,
  )
  return rows.map((row) => row.num)
}

export async function closeRun(tx: Tx, run: Run): Promise<void> {
  await tx.run(sql`delete from segments.run where version = ${run.version}`)
}

/** Adds to sizes that are known; answers the new ones. Pairs are sorted, so that two writers never wait in a circle. */
export async function addToSizes(
  tx: Tx,
  run: Run,
  deltas: ReadonlyMap<number, number>,
): Promise<Map<number, number>> {
  const pairs = [...deltas].sort(([a], [b]) => a - b)
  const rows = await tx.rows<{ num: number; size: number | null }>(sql`
    update segments.segment s set size = s.size + d.delta, counted_at = ${new Date(run.at)}
    from unnest(${pairs.map(([num]) => num)}::int[], ${pairs.map(([, delta]) => delta)}::bigint[]) as d (num, delta)
    where s.num = d.num and s.size is not null returning s.num, s.size`)
  return new Map(rows.map((row) => [row.num, row.size ?? 0]))
}

export async function setSizes(tx: Tx, run: Run, sizes: ReadonlyMap<number, number>): Promise<void> {
  await tx.run(sql`
    update segments.segment s set size = d.size, counted_at = ${new Date(run.at)}
    from unnest(${[...sizes.keys()]}::int[], ${[...sizes.values()]}::bigint[]) as d (num, size)
    where s.num = d.num and s.state = 'live'`)
}
