import { DateTime } from 'luxon'
import type { PlanDeps } from '#modules/plans/server/plan-deps.ts'
import { listViolations } from '#modules/plans/server/violation-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Violations of the last days, today (UTC, as they are counted) included. */
export async function showViolations(
  deps: PlanDeps,
  ctx: WorkspaceCtx,
  { days, event }: { days: number; event?: string | undefined },
) {
  const since = DateTime.fromMillis(ctx.now, { zone: 'UTC' }).minus({ days: days - 1 })
  return deps.database.read(ctx, async (tx) => {
    const rows = await listViolations(tx, { since: since.toISODate() as string, event })
    const sourceOf = await deps.sourceNames(
      tx,
      ctx,
      rows.map((row) => row.source),
    )
    return { items: rows.map((row) => ({ ...row, source: sourceOf(row.source) })) }
  })
}
