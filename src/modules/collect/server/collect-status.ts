import { sql } from 'kysely'
import type { CollectMetrics } from '#modules/collect/server/collect-metrics.ts'
import type { Recovery } from '#modules/collect/server/recovery.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

type Counter = {
  accepted: number
  projected: number
  stored: number
  duplicate: number
  conflict: number
  rejected: number
}

/** Conservation in one answer: accepted = projected + what is still under way. */
export async function collectStatus(
  deps: { database: Database; metrics: CollectMetrics; recovery: Recovery },
  ctx: WorkspaceCtx,
) {
  return deps.database.read(ctx, async (tx) => {
    const counter = await tx.row<Counter>(
      sql`select * from collect.counter where workspace_id = ${tx.workspace}`,
    )
    const oldest = await oldestUnderWay(tx)
    const {
      accepted = 0,
      projected = 0,
      stored = 0,
      duplicate = 0,
      conflict = 0,
      rejected = 0,
    } = counter ?? {}
    return {
      accepted,
      projected: deps.recovery.shown({ accepted, projected }),
      lag_seconds: oldest ? Math.max(0, (ctx.now - oldest.getTime()) / 1000) : 0,
      outcomes: { stored, duplicate, conflict, rejected },
      rate: deps.metrics.rate(),
      rebuilding: deps.recovery.share,
    }
  })
}

/** Resolves when everything accepted until now is visible everywhere. */
export async function settled(
  deps: { database: Database; metrics: CollectMetrics; recovery: Recovery },
  ctx: WorkspaceCtx,
): Promise<void> {
  const { accepted } = await collectStatus(deps, ctx)
  while ((await collectStatus(deps, ctx)).projected < accepted) {
    ctx.signal?.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Everything received up to this moment is visible everywhere; 0 while ClickHouse cannot be relied on. */
export async function visibleUpTo(
  deps: { database: Database; recovery: Pick<Recovery, 'isTrusted'> },
  ctx: WorkspaceCtx,
): Promise<number> {
  if (!deps.recovery.isTrusted) return 0
  const oldest = await deps.database.read(ctx, oldestUnderWay)
  return oldest?.getTime() ?? ctx.now
}

/** When the oldest item was received that not everything has reacted to. */
async function oldestUnderWay(tx: Tx): Promise<Date | undefined> {
  const row = await tx.row<{ at: Date | null }>(sql`
    select min(received_at) as at from collect.log_batch
    where workspace_id = ${tx.workspace} and seq > (select seq from collect.checkpoint where name = 'reacted')`)
  return row?.at ?? undefined
}
