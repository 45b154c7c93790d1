import { sql } from 'kysely'
import type { DecodedBatch, Refused } from '#modules/collect/server/project-range.ts'
import type { Tx } from '#platform/pg/database.ts'

// Messages of engines may quote the whole row.
const longestError = 1000

export type FailedItem = { seq: number; workspace: number; idx: number; error: string }

/** Items that could not be read, or were given up, with why. */
export function failedOf(batches: readonly DecodedBatch[], refused: Refused): FailedItem[] {
  return batches.flatMap(({ batch: { seq, workspace }, items }) =>
    items.flatMap((one, idx) => {
      const error = refused.get(seq)?.get(idx) ?? (one.ok ? undefined : one.rejected.error)
      return error === undefined ? [] : [{ seq, workspace, idx, error: clean(error) }]
    }),
  )
}

/** Keeps them; in the transaction of their verdict. */
export async function saveFailedItems(tx: Tx, rows: readonly FailedItem[]): Promise<void> {
  if (rows.length === 0) return
  await tx.run(sql`insert into collect.failed_item (seq, idx, workspace_id, error)
    select * from unnest(${rows.map((row) => row.seq)}::bigint[], ${rows.map((row) => row.idx)}::int[],
      ${rows.map((row) => row.workspace)}::int[], ${rows.map((row) => row.error)}::text[])`)
}

const clean = (error: string) => error.replaceAll('\u0000', '').slice(0, longestError).toWellFormed()
