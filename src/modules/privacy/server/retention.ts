import { sql } from 'kysely'
import { DateTime } from 'luxon'
import type { Retention } from '#modules/privacy/contract.ts'
import type { PrivacyDeps } from '#modules/privacy/server/privacy-deps.ts'
import { systemCtx, type WorkspaceCtx, type WorkspaceRef } from '#platform/context.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

export const retainKind = 'privacy:retain'
const dayMs = 86_400_000

type Row = {
  days: number | null
  job_id: string | null
  job_state: string | null
  last_at: Date | null
  last_events: number | null
}

const readRow = (tx: Tx): Promise<Row | undefined> =>
  tx.row<Row>(sql`
    select r.days, r.job_id, j.state as job_state, r.last_at, r.last_events
    from privacy.retention r left join platform.job j on j.id = r.job_id where r.workspace_id = ${tx.workspace}`)

/** How long events are kept, and what the last cleaning removed. */
export const showRetention = (deps: PrivacyDeps, ctx: WorkspaceCtx): Promise<Retention> =>
  deps.database.read(ctx, async (tx) => present(await readRow(tx)))

function present(row: Row | undefined): Retention {
  return {
    days: row?.days ?? null,
    running: row?.job_state === 'running',
    jobId: row?.job_id ?? null,
    lastAt: row?.last_at?.toISOString() ?? null,
    lastEvents: row?.last_events ?? null,
  }
}

/** Whole days of the workspace: the day so many days ago is the first that is kept. */
const cutOff = (ctx: WorkspaceCtx, days: number): number =>
  DateTime.fromMillis(ctx.now, { zone: ctx.workspace.timezone }).startOf('day').minus({ days }).toMillis()

/** What keeping events so long would remove now. */
export async function previewRetention(deps: PrivacyDeps, ctx: WorkspaceCtx, days: number) {
  const before = cutOff(ctx, days)
  const { events, oldest } = await deps.collect.countOlder(ctx, before)
  return {
    events,
    before: new Date(before).toISOString(),
    oldest: oldest === null ? null : new Date(oldest).toISOString(),
  }
}

/** From here on events are kept so long; what is older already goes in the background, for good. */
export async function setRetention(
  deps: PrivacyDeps,
  ctx: WorkspaceCtx,
  days: number | null,
): Promise<Retention> {
  return deps.database.write(ctx, async (tx) => {
    await tx.run(sql`
      insert into privacy.retention (workspace_id, days, changed_at)
      values (${tx.workspace}, ${days}, ${new Date(ctx.now)})
      on conflict (workspace_id) do update set days = excluded.days, changed_at = excluded.changed_at`)
    await deps.audit(tx, ctx, { action: 'retention.changed', details: { days } })
    if (days !== null) await enqueueCleaning(tx, new Date(ctx.now))
    return present(await readRow(tx))
  })
}

/** One waits at most; asked for again, it is due at the earlier moment. */
async function enqueueCleaning(tx: Tx, runAt: Date): Promise<void> {
  const job = await enqueue(tx, { kind: retainKind, key: retainKind, payload: {}, runAt })
  await tx.run(sql`update privacy.retention set job_id = ${job} where workspace_id = ${tx.workspace}`)
}

/** Where cleaning ended for good (a job that failed sixteen times, or was cancelled), it begins again. */
export async function askForLostCleanings(deps: PrivacyDeps): Promise<void> {
  const lost = await deps.database.system((tx) =>
    tx.rows<WorkspaceRef>(sql`
      select w.num, w.id, w.timezone from privacy.retention r join platform.workspace w on w.num = r.workspace_id
      where r.days is not null and not exists (
        select from platform.job j where j.workspace_id = r.workspace_id and j.kind = ${retainKind}
          and j.state in ('waiting', 'running'))`),
  )
  const now = deps.clock.now()
  for (const workspace of lost)
    await deps.database.write(systemCtx(workspace, now, 'retention'), (tx) =>
      enqueueCleaning(tx, new Date(now)),
    )
}

/** Removes what is older than the workspace keeps, and comes again a day later. */
export function retainJob(deps: PrivacyDeps): JobKind {
  return {
    kind: retainKind,
    maxAttempts: 16,
    run: async ({ ctx, progress }) => {
      const days = (await deps.database.read(ctx, readRow))?.days ?? null
      // Kept for ever again; saying otherwise starts the next one.
      if (days === null) return undefined
      const before = cutOff(ctx, days)
      await deps.collect.settled(ctx)
      const gone = await deps.collect.forgetOlder(ctx, before, ({ share }) => progress(share))
      await deps.database.write(ctx, async (tx) => {
        await tx.run(sql`
          update privacy.retention set last_at = ${new Date(ctx.now)}, last_events = ${gone.events}
          where workspace_id = ${tx.workspace}`)
        if (gone.events + gone.items > 0)
          await deps.audit(tx, ctx, {
            action: 'retention.carried_out',
            details: { days, before: new Date(before).toISOString(), ...gone },
          })
        await enqueueCleaning(tx, new Date(ctx.now + dayMs))
      })
      return gone
    },
  }
}
