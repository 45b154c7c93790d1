import { sql } from 'kysely'
import type { Series } from '#modules/health/server/usual-hours.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Hours that are kept, and compared with. */
export const keptDays = 45

export type SourceCounts = { stored: number; duplicate: number; conflict: number; rejected: number }
export type SourceRow = SourceCounts & { source: string; hour: Date; lastAt: Date }

export const sourceHours = (tx: Tx, workspace: number, since: number) =>
  tx.rows<SourceRow>(sql`
    select source, hour, stored, duplicate, conflict, rejected, last_at as "lastAt" from read.source_hour
    where workspace_id = ${workspace} and hour >= ${new Date(since)}`)

export const eventHours = (tx: Tx, workspace: number, since: number, event?: string) =>
  tx.rows<{ event: string; hour: Date; count: number }>(sql`
    select event, hour, count from health.event_hour
    where workspace_id = ${workspace} and hour >= ${new Date(since)}
      ${event === undefined ? sql`` : sql`and event = ${event}`}`)

/** Counts by series key, out of rows of either kind. */
export function seriesOf(
  sources: readonly SourceRow[],
  events: readonly { event: string; hour: Date; count: number }[],
): Map<string, Series> {
  const found = new Map<string, Map<number, number>>()
  const add = (key: string, hour: Date, count: number) => {
    const series = found.get(key) ?? new Map<number, number>()
    series.set(hour.getTime(), count)
    found.set(key, series)
  }
  for (const row of sources) add(`source:${row.source}`, row.hour, row.stored)
  for (const row of events) add(`event:${row.event}`, row.hour, row.count)
  return found
}

/** Writes counts over what was there: they are counted anew while an hour is young. */
export async function saveEventHours(
  tx: Tx,
  workspace: number,
  rows: readonly { event: string; hour: number; count: number }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.run(sql`
    insert into health.event_hour (workspace_id, event, hour, count)
    select ${workspace}, * from unnest(${rows.map((row) => row.event)}::text[],
      ${rows.map((row) => new Date(row.hour))}::timestamptz[], ${rows.map((row) => row.count)}::bigint[])
    on conflict (workspace_id, hour, event) do update set count = excluded.count`)
}

export const forgetEventHours = (tx: Tx, workspace: number, before: number) =>
  tx.run(sql`delete from health.event_hour where workspace_id = ${workspace} and hour < ${new Date(before)}`)
