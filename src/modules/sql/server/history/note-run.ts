import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { withoutValues } from '#modules/sql/server/history/without-values.ts'
import type { SqlDeps } from '#modules/sql/server/sql-deps.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'

type Ended = { sql: string; tookMs: number; rows: number; problem: string | null; exported: boolean }

const kept = 200

/**
 * Who asked what. The audit log outlives an erasure, so it gets the query without the values in it, and the hash of the
 * whole; the text itself is in the asker's history, which an erasure looks through.
 */
export async function noteRun(
  deps: Pick<SqlDeps, 'database' | 'audit'>,
  ctx: WorkspaceCtx,
  run: Ended,
): Promise<void> {
  const text = run.sql.replaceAll('\u0000', '').toWellFormed()
  const hash = createHash('sha256').update(text).digest('hex')
  const owner = actorKey(ctx.actor)
  await deps.database.write(ctx, async (tx) => {
    await tx.run(sql`
      insert into sql.run (workspace_id, owner, hash, query, asked_at, took_ms, row_count, problem)
      values (${tx.workspace}, ${owner}, ${hash}, ${text}, ${new Date(ctx.now)}, ${run.tookMs}, ${run.rows}, ${run.problem})
      on conflict (workspace_id, owner, hash) do update set asked_at = excluded.asked_at, took_ms = excluded.took_ms,
        row_count = excluded.row_count, problem = excluded.problem, times = sql.run.times + 1`)
    await tx.run(sql`
      delete from sql.run where workspace_id = ${tx.workspace} and owner = ${owner} and hash in (
        select hash from sql.run where workspace_id = ${tx.workspace} and owner = ${owner}
        order by asked_at desc, hash offset ${kept})`)
    await deps.audit(tx, ctx, {
      action: run.exported ? 'query.exported' : 'query.asked',
      subject: hash.slice(0, 16),
      details: {
        hash,
        query: withoutValues(text),
        rows: run.rows,
        tookMs: run.tookMs,
        ...(run.problem ? { problem: run.problem } : {}),
      },
    })
  })
}
