import { sql } from 'kysely'
import type { Place } from '#modules/collect/server/find-source.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Which events are cut out of the log: those of places, or what people did before a moment in rows up to one. */
export type Gone = { places: Place[] } | { before: number; upTo: number }
export type Removal = { name: string; what: Gone }

// What people did. What they said of themselves (identify, group, alias) is who they are, and stays.
export const behaviour = `type IN ('track', 'page', 'screen')`
export const isBehaviour = (type: string) => type === 'track' || type === 'page' || type === 'screen'

/** SQL on `events` of one workspace that says which are gone; numbers only. */
export function goneSql(ws: number, what: Gone): string {
  const theirs = `ws = ${Math.trunc(ws)}`
  if ('places' in what) return `${theirs} AND (${layers(what.places).map(within).join(' OR ') || '0'})`
  const { before, upTo } = what
  return `${theirs} AND ${olderThan(before)} AND seq <= ${Math.trunc(upTo)}`
}

/** SQL of events that happened before a moment. */
export const olderThan = (before: number): string =>
  `time < fromUnixTimestamp64Milli(${Math.trunc(before)}, 'UTC') AND ${behaviour}`

/** Places by how many of the same row were before them: one range a row in each. */
function layers(places: readonly Place[]): Place[][] {
  const all: Place[][] = []
  const inRow = new Map<number, number>()
  for (const place of places) {
    const nth = inRow.get(place.seq) ?? 0
    inRow.set(place.seq, nth + 1)
    const layer = all[nth] ?? []
    layer.push(place)
    all[nth] = layer
  }
  return all
}

// By a look-up of the row: a thousand comparisons for every event would take a thousand times as long.
function within(layer: readonly Place[]): string {
  const seqs = `CAST([${layer.map((one) => Math.trunc(one.seq))}] AS Array(UInt64))`
  const bound = (of: 'first' | 'last') =>
    `transform(seq, ${seqs}, CAST([${layer.map((one) => Math.trunc(one[of]))}] AS Array(UInt64)), toUInt64(0))`
  return `(seq IN (${layer.map((one) => Math.trunc(one.seq))}) AND idx >= ${bound('first')} AND idx <= ${bound('last')})`
}

export const readRemoval = (tx: Tx, name: string): Promise<Removal | undefined> =>
  tx.row<Removal>(
    sql`select name, what from collect.removal where workspace_id = ${tx.workspace} and name = ${name}`,
  )

/** All that are open; in a system transaction. */
export const openRemovals = (tx: Tx) =>
  tx.rows<Removal & { num: number; id: string; timezone: string }>(sql`
    select r.name, r.what, w.num, w.id, w.timezone from collect.removal r
    join platform.workspace w on w.num = r.workspace_id order by w.num, r.name`)

/** Notes what is cut in this transaction, besides what was before. */
export async function noteRemoval(tx: Tx, { name, what }: Removal): Promise<void> {
  await tx.run(sql`
    insert into collect.removal as r (workspace_id, name, what)
    values (${tx.workspace}, ${name}, ${JSON.stringify(what)}::jsonb)
    on conflict (workspace_id, name) do update set what = case when excluded.what ? 'places'
      then jsonb_build_object('places', (r.what->'places') || (excluded.what->'places')) else excluded.what end`)
}

/** Answers false when more was cut since it was read. */
export async function dropRemoval(tx: Tx, { name, what }: Removal): Promise<boolean> {
  const rows = await tx.run(sql`
    delete from collect.removal where workspace_id = ${tx.workspace} and name = ${name}
      and what = ${JSON.stringify(what)}::jsonb`)
  return rows === 1
}
