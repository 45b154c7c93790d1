import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Violation, ViolationReason } from '#modules/plans/contract.ts'
import type { Tx } from '#platform/pg/database.ts'

export type CountedViolation = {
  workspace: number
  /** `2026-11-22`, UTC */
  day: string
  event: string
  property: string
  reason: ViolationReason
  source: string
  version: number
  count: number
  firstAt: number
  lastAt: number
  seq: number
  idx: number
}

/** What tells violations apart. */
export const violationKey = (one: Pick<CountedViolation, 'event' | 'property' | 'reason' | 'source'>) =>
  JSON.stringify([one.event, one.property, one.reason, one.source])

/** Adds to the counts of their days. */
export async function addViolations(tx: Tx, rows: readonly CountedViolation[]): Promise<void> {
  if (rows.length === 0) return
  const each = <T>(pick: (row: CountedViolation) => T) => rows.map(pick)
  await tx.run(sql`
    insert into plans.violation as v (workspace_id, day, key, event, property, reason, source, version, count,
      first_at, last_at, example_seq, example_idx)
    select * from unnest(${each((row) => row.workspace)}::int[], ${each((row) => row.day)}::date[],
      ${each((row) => hash('md5', violationKey(row), 'buffer'))}::bytea[], ${each((row) => row.event)}::text[],
      ${each((row) => row.property)}::text[], ${each((row) => row.reason)}::text[], ${each((row) => row.source)}::text[],
      ${each((row) => row.version)}::int[], ${each((row) => row.count)}::bigint[],
      ${each((row) => new Date(row.firstAt))}::timestamptz[], ${each((row) => new Date(row.lastAt))}::timestamptz[],
      ${each((row) => row.seq)}::bigint[], ${each((row) => row.idx)}::int[])
    on conflict (workspace_id, day, key) do update set count = v.count + excluded.count,
      version = excluded.version, first_at = least(v.first_at, excluded.first_at),
      last_at = greatest(v.last_at, excluded.last_at), example_seq = excluded.example_seq,
      example_idx = excluded.example_idx`)
}

type Stored = Omit<Violation, 'source'> & { source: string }
type Row = Omit<Stored, 'firstSeen' | 'lastSeen'> & { firstAt: Date; lastAt: Date }

/** Violations since a day, the same ones of several days as one; most frequent first. */
export async function listViolations(
  tx: Tx,
  { since, event }: { since: string; event: string | undefined },
): Promise<Stored[]> {
  const rows = await tx.rows<Row>(sql`
    select event, property, reason, source, sum(count)::bigint as count,
      min(first_at) as "firstAt", max(last_at) as "lastAt",
      (array_agg(example_seq || ':' || example_idx order by day desc))[1] as example,
      (array_agg(version order by day desc))[1] as version
    from plans.violation v
    where v.workspace_id = ${tx.workspace} and day >= ${since}::date
      and (${event ?? null}::text is null or event = ${event ?? null})
    group by event, property, reason, source order by count desc, event, property, reason, source limit 500`)
  return rows.map(({ firstAt, lastAt, ...row }) => ({
    ...row,
    firstSeen: firstAt.toISOString(),
    lastSeen: lastAt.toISOString(),
  }))
}
