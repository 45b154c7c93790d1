import { sql } from 'kysely'
import { cutItems } from '#modules/collect/server/cut-items.ts'
import type { FoundItems } from '#modules/collect/server/find-items.ts'
import { type DecidedOutcome, outcomeCodes, outcomeOf } from '#modules/collect/server/log-store.ts'
import type { Tx } from '#platform/pg/database.ts'

type Row = { seq: number; payload: Buffer; outcomes: Buffer }

const rowsPerStep = 20

export type Cut = Record<DecidedOutcome, number>

/**
 * Takes the content of items out of the log; they count as rejected from now on, so that accepted, stored and the rest
 * still add up and a rebuild leaves them out. Hashes of message ids stay: they say nothing about anybody, and keep a
 * late repeat of an erased item from being stored. Answers how many items were cut, by what they had been.
 */
export async function cutFromLog(
  tx: Tx,
  workspace: number,
  rows: ReadonlyMap<number, readonly number[]>,
): Promise<Cut> {
  const seqs = [...rows.keys()]
  const moved: Cut = { stored: 0, duplicate: 0, conflict: 0, rejected: 0 }
  for (let at = 0; at < seqs.length; at += rowsPerStep) {
    // Locked in order: what is read is written back whole, and others may be cutting the same row.
    const some = await tx.rows<Row>(sql`
      select l.seq, l.payload, v.outcomes from collect.log_batch l join collect.verdict v using (seq)
      where l.workspace_id = ${workspace} and l.seq = any(${seqs.slice(at, at + rowsPerStep)}::bigint[])
      order by l.seq for update`)
    for (const row of some) await eraseRow(tx, row, new Set(rows.get(row.seq)), moved)
  }
  const { stored, duplicate, conflict } = moved
  await tx.run(sql`
    update collect.counter set stored = stored - ${stored}, duplicate = duplicate - ${duplicate},
      conflict = conflict - ${conflict}, rejected = rejected + ${stored + duplicate + conflict}
    where workspace_id = ${workspace}`)
  return moved
}

/** The same for what was found about people; answers how many items were cut. */
export async function eraseFromLog(
  tx: Tx,
  workspace: number,
  { rows }: Pick<FoundItems, 'rows'>,
): Promise<number> {
  return Object.values(await cutFromLog(tx, workspace, rows)).reduce((sum, one) => sum + one, 0)
}

async function eraseRow(tx: Tx, row: Row, gone: ReadonlySet<number>, moved: Cut) {
  const outcomes = Buffer.from(row.outcomes)
  for (const idx of gone) {
    moved[outcomeOf(outcomes[idx] as number)]++
    outcomes[idx] = outcomeCodes.rejected
  }
  const stored = outcomes.reduce((sum, code) => sum + (code === outcomeCodes.stored ? 1 : 0), 0)
  const payload = await cutItems(row.payload, gone)
  await tx.run(sql`update collect.log_batch set payload = ${payload} where seq = ${row.seq}`)
  await tx.run(
    sql`update collect.verdict set outcomes = ${outcomes}, stored = ${stored} where seq = ${row.seq}`,
  )
  // The error may quote what was said.
  await tx.run(sql`delete from collect.failed_item where seq = ${row.seq} and idx = any(${[...gone]}::int[])`)
}
