import { sql } from 'kysely'
import type { AnomalyKind } from '#modules/health/contract.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export type Finding = { series: string; kind: AnomalyKind; since: number; expected: number; seen: number }
export type AnomalyRow = Finding & {
  id: string
  sinceAt: Date
  openedAt: Date
  closedAt: Date | null
  muted: boolean
  sourceName: string | null
}

const isMuted = (
  now: number,
) => sql`exists (select from health.mute m where m.workspace_id = a.workspace_id and m.series = a.series
  and (m.until is null or m.until > ${new Date(now)}))`

/** Open ones first, then the latest. */
export const listAnomalyRows = (tx: Tx, workspace: number, openOnly: boolean, since: number, now: number) =>
  tx.rows<AnomalyRow>(sql`
    select a.id, a.series, a.kind, a.since as "sinceAt", a.opened_at as "openedAt", a.closed_at as "closedAt",
      a.expected, a.seen, ${isMuted(now)} as muted, s.name as "sourceName"
    from health.anomaly a left join read.source s
      on s.workspace_id = a.workspace_id and a.series like 'source:%' and s.id = substr(a.series, 8)
    where a.workspace_id = ${workspace}
      and (a.closed_at is null ${openOnly ? sql`` : sql`or a.opened_at >= ${new Date(since)}`})
    order by a.closed_at is not null, a.opened_at desc, a.id limit 200`)

/** Opens it unless it is open already; answers its id when it is new. */
export async function openAnomaly(
  tx: Tx,
  workspace: number,
  finding: Finding,
  now: number,
): Promise<string | undefined> {
  const row = await tx.row<{ id: string; isNew: boolean }>(sql`
    insert into health.anomaly as a (id, workspace_id, series, kind, since, opened_at, expected, seen)
    values (${newId('ano')}, ${workspace}, ${finding.series}, ${finding.kind}, ${new Date(finding.since)},
      ${new Date(now)}, ${finding.expected}, ${finding.seen})
    on conflict (workspace_id, series, kind) where closed_at is null
      do update set expected = excluded.expected, seen = excluded.seen
    returning id, (xmax = 0) as "isNew"`)
  return row?.isNew ? row.id : undefined
}

/** Closes what is open of a series, but for the kinds that still hold. */
export const closeAnomalies = (
  tx: Tx,
  workspace: number,
  series: string,
  still: readonly AnomalyKind[],
  now: number,
) =>
  tx.run(sql`update health.anomaly set closed_at = ${new Date(now)}
    where workspace_id = ${workspace} and series = ${series} and closed_at is null and kind <> all(${[...still]}::text[])`)

export async function mutedSeries(tx: Tx, workspace: number, now: number): Promise<Set<string>> {
  const rows = await tx.rows<{ series: string }>(sql`select series from health.mute
    where workspace_id = ${workspace} and (until is null or until > ${new Date(now)})`)
  return new Set(rows.map((row) => row.series))
}

export const forgetAnomalies = (tx: Tx, workspace: number, before: number) =>
  tx.run(
    sql`delete from health.anomaly where workspace_id = ${workspace} and closed_at < ${new Date(before)}`,
  )
