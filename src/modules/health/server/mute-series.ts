import { sql } from 'kysely'
import type { HealthDeps } from '#modules/health/server/health-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Says nothing of a series for some hours, for good (null), or speaks of it again (0). */
export async function muteSeries(
  deps: Pick<HealthDeps, 'database' | 'audit'>,
  ctx: WorkspaceCtx,
  { series, hours }: { series: string; hours: number | null },
): Promise<void> {
  const until = hours === null ? null : new Date(ctx.now + hours * 3_600_000)
  await deps.database.write(ctx, async (tx) => {
    if (hours === 0)
      await tx.run(sql`delete from health.mute where workspace_id = ${tx.workspace} and series = ${series}`)
    else
      await tx.run(sql`
        insert into health.mute (workspace_id, series, until, muted_by, muted_at)
        values (${tx.workspace}, ${series}, ${until}, ${ctx.actor.name}, ${new Date(ctx.now)})
        on conflict (workspace_id, series) do update set until = excluded.until, muted_by = excluded.muted_by,
          muted_at = excluded.muted_at`)
    const action = hours === 0 ? 'health.unmuted' : 'health.muted'
    await deps.audit(tx, ctx, { action, subject: series, details: { until } })
  })
}
