import { sql } from 'kysely'
import type { Run } from '#modules/sql/contract.ts'
import type { SqlDeps } from '#modules/sql/server/sql-deps.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

type Row = {
  query: string
  asked_at: Date
  took_ms: number
  row_count: number
  times: number
  problem: string | null
}

/** The caller's own latest queries. */
export async function listRuns(
  deps: Pick<SqlDeps, 'database'>,
  ctx: WorkspaceCtx,
): Promise<{ items: Run[] }> {
  const rows = await deps.database.read(ctx, (tx) =>
    tx.rows<Row>(sql`
      select query, asked_at, took_ms, row_count, times, problem from sql.run
      where workspace_id = ${tx.workspace} and owner = ${actorKey(ctx.actor)} order by asked_at desc, hash limit 100`),
  )
  return {
    items: rows.map((row) => ({
      sql: row.query,
      at: row.asked_at.toISOString(),
      tookMs: row.took_ms,
      rows: row.row_count,
      times: row.times,
      problem: row.problem,
    })),
  }
}

/** Queries name people by what stands in them: those that name somebody who is erased go with them. */
export const queryKeeper = (deps: Pick<SqlDeps, 'database'>): PersonalDataKeeper => ({
  name: 'sql',
  forget: async (ctx, { identifiers, marks }) => {
    const texts = [...new Set([...identifiers.map(({ value }) => value), ...marks])].filter(
      (text) => text.length > 3,
    )
    await deps.database.write(ctx, async (tx) => {
      const names = (column: string) => sql`exists (
        select 1 from unnest(${texts}::text[]) as m(mark) where position(lower(m.mark) in lower(${sql.raw(column)})) > 0)`
      await tx.run(sql`delete from sql.run where workspace_id = ${tx.workspace} and ${names('query')}`)
      await tx.run(sql`delete from sql.saved_query where workspace_id = ${tx.workspace}
        and (${names('query')} or ${names('name')} or ${names('description')})`)
    })
  },
})
