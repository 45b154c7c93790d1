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
  const items = await deps.database.read(ctx, (tx) =>
    listViolations(tx, { since: since.toISODate() as string, event }),
  )
  return { items }
}
