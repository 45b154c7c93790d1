import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

export type StoredBatch = { seq: number; workspace: number; items: number; payload: Buffer; receivedAt: Date }

/** The next rows of the log in order, up to about `maxItems` items (always at least one row). */
export async function readLogAfter(tx: Tx, seq: number, maxItems: number): Promise<StoredBatch[]> {
  return tx.rows<StoredBatch>(sql`
    select seq, workspace_id as workspace, items, payload, received_at as "receivedAt" from (
      select l.*, sum(items) over (order by seq) - items as before from (
        select * from collect.log_batch where seq > ${seq} order by seq limit 512) l) n
    where before < ${maxItems} order by seq`)
}

/** Rows of a range that was projected before, with what was decided then; for rebuilding. */
export async function readDecidedLog(
  tx: Tx,
  from: number,
  to: number,
): Promise<(StoredBatch & { outcomes: Buffer })[]> {
  return tx.rows(sql`
    select l.seq, l.workspace_id as workspace, l.items, l.payload, l.received_at as "receivedAt", v.outcomes
    from collect.log_batch l join collect.verdict v using (seq)
    where l.seq between ${from} and ${to} order by l.seq`)
}

export const outcomeCodes = { stored: 0, duplicate: 1, conflict: 2, rejected: 3 } as const
export type DecidedOutcome = keyof typeof outcomeCodes
export const outcomeOf = (code: number): DecidedOutcome =>
  (['stored', 'duplicate', 'conflict', 'rejected'] as const)[code] ?? 'rejected'

export type Verdict = { seq: number; workspace: number; outcomes: Buffer }

export async function saveVerdicts(tx: Tx, verdicts: readonly Verdict[]): Promise<void> {
  await tx.run(sql`insert into collect.verdict (seq, workspace_id, outcomes, stored)
    select * from unnest(${verdicts.map((one) => one.seq)}::bigint[], ${verdicts.map((one) => one.workspace)}::int[],
      ${verdicts.map((one) => one.outcomes)}::bytea[], ${verdicts.map((one) => storedIn(one.outcomes))}::int[])`)
}

const storedIn = (outcomes: Buffer) =>
  outcomes.reduce((sum, code) => sum + (code === outcomeCodes.stored ? 1 : 0), 0)

/** `rebuilding` is not a place in the log but 0 or 1. */
export type CheckpointName = 'projected' | 'reacted' | 'rebuilding'

/** The lock on this row is what makes a second projector wait. */
export async function lockCheckpoint(tx: Tx, name: CheckpointName): Promise<number> {
  const row = await tx.row<{ seq: number }>(
    sql`select seq from collect.checkpoint where name = ${name} for update`,
  )
  return row?.seq ?? 0
}

export async function moveCheckpoint(tx: Tx, name: CheckpointName, seq: number): Promise<void> {
  await tx.run(sql`update collect.checkpoint set seq = ${seq} where name = ${name}`)
}

/** Adds what became of the items of a range to the workspaces' counters. */
export async function countOutcomes(tx: Tx, verdicts: readonly Verdict[]): Promise<void> {
  const totals = new Map<number, [number, number, number, number]>()
  for (const { workspace, outcomes } of verdicts) {
    const total = totals.get(workspace) ?? [0, 0, 0, 0]
    for (const code of outcomes) total[code as 0 | 1 | 2 | 3]++
    totals.set(workspace, total)
  }
  for (const [workspace, [stored, duplicate, conflict, rejected]] of totals)
    await tx.run(sql`update collect.counter set stored = stored + ${stored}, duplicate = duplicate + ${duplicate},
      conflict = conflict + ${conflict}, rejected = rejected + ${rejected} where workspace_id = ${workspace}`)
}

/** Marks that the reactors still have something to see; `countProjected` takes it back. */
export async function holdReacted(tx: Tx): Promise<void> {
  await tx.run(sql`update collect.checkpoint set seq = (select seq - 1 from collect.checkpoint where name = 'projected')
    where name = 'reacted'`)
}

/** Everything committed so far is visible everywhere: `projected` catches up with what was decided. */
export async function countProjected(tx: Tx): Promise<void> {
  await tx.run(sql`update collect.checkpoint set seq = (select seq from collect.checkpoint where name = 'projected')
    where name = 'reacted'`)
  await tx.run(sql`update collect.counter set projected = stored + duplicate + conflict + rejected
    where projected <> stored + duplicate + conflict + rejected`)
}
