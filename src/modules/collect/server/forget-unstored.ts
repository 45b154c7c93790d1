import { sql } from 'kysely'
import { eraseFromLog } from '#modules/collect/server/erase-items.ts'
import { outcomeCodes } from '#modules/collect/server/log-store.ts'
import { readItems } from '#modules/collect/server/read-items.ts'
import { isBehaviour } from '#modules/collect/server/removal.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

// Some MB of JSON at a time.
const rowsPerStep = 20
// Rows are in the order of their commits, by the clocks of several machines.
const clocksMs = 3_600_000

/**
 * Takes out of the log what was received before a moment and never stored: repeats, conflicts, refused items. Every row
 * is looked at once: how far it came is kept. Answers how many items went.
 */
export async function forgetUnstored(
  database: Database,
  ctx: WorkspaceCtx,
  before: number,
  progress: () => Promise<void>,
): Promise<number> {
  let items = 0
  for (let after: number | undefined = 0; after !== undefined; ) {
    const from: number = after
    after = await database.write(ctx, async (tx) => {
      const { rows, settled, next } = await findUnstored(tx, before, from)
      if (rows.size > 0) items += await eraseFromLog(tx, tx.workspace, { rows })
      if (settled !== undefined)
        await tx.run(sql`
          insert into collect.looked_through as t (workspace_id, seq) values (${tx.workspace}, ${settled})
          on conflict (workspace_id) do update set seq = greatest(t.seq, excluded.seq)`)
      return next
    })
    await progress()
  }
  return items
}

type Row = { seq: number; payload: Buffer; outcomes: Buffer; receivedAt: Date }

/** The next rows; `settled` is one behind which no row comes that is not old enough yet, `next` undefined at the end. */
async function findUnstored(tx: Tx, before: number, after: number) {
  const found = await tx.rows<Row>(sql`
    select l.seq, l.payload, v.outcomes, l.received_at as "receivedAt"
    from collect.log_batch l join collect.verdict v using (seq)
    where l.workspace_id = ${tx.workspace} and l.received_at < ${new Date(before)}
      and l.seq > greatest(${after}::bigint, (select seq from collect.looked_through where workspace_id = ${tx.workspace}))
    order by l.seq limit ${rowsPerStep}`)
  const rows = new Map<number, number[]>()
  for (const row of found) {
    const items = await readItems({ ...row, workspace: tx.workspace })
    const gone = items.flatMap((one, idx) => {
      if (row.outcomes[idx] === outcomeCodes.stored) return []
      if (!one.ok) return one.rejected.reason === 'event.erased' ? [] : [idx]
      return isBehaviour(one.item.type) ? [idx] : []
    })
    if (gone.length > 0) rows.set(row.seq, gone)
  }
  // Between rows close to the moment there may be some that are not old enough yet: they are looked at again.
  const settled = found.findLast((row) => row.receivedAt.getTime() < before - clocksMs)?.seq
  return { rows, settled, next: found.length === rowsPerStep ? found.at(-1)?.seq : undefined }
}
