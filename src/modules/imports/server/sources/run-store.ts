import { sql } from 'kysely'
import type { SourceRun } from '#modules/imports/source-contract.ts'
import type { Tx } from '#platform/pg/database.ts'

export type RunError = { code: string; message: string; file: string | null }
export type RunRow = {
  id: string
  source_id: string
  state: SourceRun['state']
  trigger: SourceRun['trigger']
  error: RunError | null
  started_at: Date
  finished_at: Date | null
  files: number
  rows: number
  created: number
  updated: number
  skipped: number
  failed: number
  imports: string[]
}

/** What it brought is what its imports say, so that the numbers are theirs at any moment. */
const fields = sql`r.id, r.source_id, r.state, r.trigger, r.error, r.started_at, r.finished_at, c.files, c.rows, c.created,
  c.updated, c.skipped, c.failed, c.imports`
const table = sql`imports.source_run r cross join lateral (
  select count(*)::int as files, coalesce(sum(i.total), 0)::int as rows, coalesce(sum(i.created), 0)::int as created,
    coalesce(sum(i.updated), 0)::int as updated, coalesce(sum(i.skipped), 0)::int as skipped,
    coalesce(sum(i.failed), 0)::int as failed,
    coalesce(array_agg(i.id order by i.created_at, i.id) filter (where i.id is not null), '{}') as imports
  from imports.source_item t left join imports.import i on i.id = t.import_id and i.workspace_id = t.workspace_id
  where t.workspace_id = r.workspace_id and t.run_id = r.id) c`

export type RunPosition = { at: string; id: string }

export const readRuns = (
  tx: Tx,
  source: string,
  limit: number,
  after?: RunPosition | undefined,
): Promise<RunRow[]> =>
  tx.rows<RunRow>(sql`
    select ${fields} from ${table} where r.workspace_id = ${tx.workspace} and r.source_id = ${source}
      ${after ? sql`and (r.started_at, r.id) < (${after.at}::timestamptz, ${after.id})` : sql``}
    order by r.started_at desc, r.id desc limit ${limit}`)

/** The last run of every source. */
export const readLastRuns = (tx: Tx): Promise<RunRow[]> =>
  tx.rows<RunRow>(sql`
    select ${fields} from (
      select distinct on (source_id) id from imports.source_run where workspace_id = ${tx.workspace}
      order by source_id, started_at desc, id desc) latest
    join ${table} on r.id = latest.id where r.workspace_id = ${tx.workspace}`)

const keptDays = 90

/** Begins a run, or goes on with it after a crash; forgets runs of long ago. */
export async function beginRun(
  tx: Tx,
  run: { id: string; source: string; trigger: SourceRun['trigger']; now: number },
): Promise<void> {
  await tx.run(sql`
    delete from imports.source_run where workspace_id = ${tx.workspace} and source_id = ${run.source}
      and started_at < ${new Date(run.now - keptDays * 86_400_000)}`)
  await tx.run(sql`
    insert into imports.source_run (id, workspace_id, source_id, state, trigger, started_at)
    values (${run.id}, ${tx.workspace}, ${run.source}, 'running', ${run.trigger}, ${new Date(run.now)})
    on conflict (id) do update set state = 'running', error = null, finished_at = null`)
}

/** Failed when anything of it failed. */
export async function endRun(tx: Tx, id: string, now: number, error: RunError | null): Promise<void> {
  const found =
    error ??
    (await tx.row<RunError>(sql`
      select coalesce(t.error->>'code', i.error->>'code') as code, coalesce(t.error->>'message', i.error->>'message') as message,
        t.name as file
      from imports.source_item t left join imports.import i on i.id = t.import_id and i.workspace_id = t.workspace_id
      where t.workspace_id = ${tx.workspace} and t.run_id = ${id} and (t.error is not null or i.state = 'failed')
      order by t.taken_at, t.name limit 1`))
  await tx.run(sql`
    update imports.source_run set state = ${found ? 'failed' : 'done'}, finished_at = ${new Date(now)},
      error = ${found ? JSON.stringify(found) : null}::jsonb
    where workspace_id = ${tx.workspace} and id = ${id} and state = 'running'`)
}

/** The run and what it was at. */
export async function cancelRun(tx: Tx, id: string, now: number): Promise<void> {
  await tx.run(sql`
    update imports.source_run set state = 'cancelled', finished_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id} and state = 'running'`)
  await tx.run(sql`
    update imports.import i set state = 'cancelled', finished_at = ${new Date(now)} from imports.source_item t
    where i.workspace_id = ${tx.workspace} and t.workspace_id = ${tx.workspace} and t.run_id = ${id}
      and t.import_id = i.id and i.state in ('queued', 'running')`)
}

export const presentRun = (row: RunRow): SourceRun => ({
  ...{ id: row.id, state: row.state, trigger: row.trigger, error: row.error, imports: row.imports },
  ...{ files: row.files, rows: row.rows, created: row.created, updated: row.updated },
  ...{ skipped: row.skipped, failed: row.failed },
  startedAt: row.started_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
})
