import { sql } from 'kysely'
import { cutItems } from '#modules/collect/server/cut-items.ts'
import type { FoundItems } from '#modules/collect/server/find-items.ts'
import { outcomeCodes, outcomeOf } from '#modules/collect/server/log-store.ts'
import type { Tx } from '#platform/pg/database.ts'

type Row = { seq: number; payload: Buffer; outcomes: Buffer }

const rowsPerStep = 20

/**
 * Takes the content of items out of the log; they count as rejected from now on, so that accepted, stored and the rest
 * still add up and a rebuild leaves them out. Hashes of message ids stay: they say nothing about anybody, and keep a
 * late repeat of an erased item from being stored. Answers how many items were cut.
 */
export async function eraseFromLog(
  tx: Tx,
  workspace: number,
  { rows }: Pick<FoundItems, 'rows'>,
): Promise<number> {
  const seqs = [...rows.keys()]
  const moved: Record<string, number> = { stored: 0, duplicate: 0, conflict: 0, rejected: 0 }
  for (let at = 0; at < seqs.length; at += rowsPerStep) {
    const some = await tx.rows<Row>(sql`
      select l.seq, l.payload, v.outcomes from collect.log_batch l join collect.verdict v using (seq)
      where l.workspace_id = ${workspace} and l.seq = any(${seqs.slice(at, at + rowsPerStep)}::bigint[])`)
    for (const row of some) await eraseRow(tx, row, new Set(rows.get(row.seq)), moved)
  }
  const { stored = 0, duplicate = 0, conflict = 0 } = moved
  await tx.run(sql`
    update collect.counter set stored = stored - ${stored}, duplicate = duplicate - ${duplicate},
      conflict = conflict - ${conflict}, rejected = rejected + ${stored + duplicate + conflict}
    where workspace_id = ${workspace}`)
  return Object.values(moved).reduce((sum, one) => sum + one, 0)
}

async function eraseRow(tx: Tx, row: Row, gone: ReadonlySet<number>, moved: Record<string, number>) {
  const outcomes = Buffer.from(row.outcomes)
  for (const idx of gone) {
    moved[outcomeOf(outcomes[idx] as number)]!++
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
