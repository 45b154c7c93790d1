import { finishRemoval, type RemovalDeps, type Turns } from '#modules/collect/server/finish-removal.ts'
import { isOutage } from '#modules/collect/server/is-outage.ts'
import { openRemovals } from '#modules/collect/server/removal.ts'
import type { Log } from '#platform/log.ts'

/**
 * Finishes what a crash or a failure left between the log and ClickHouse, whoever began it; answers whether there was any.
 * Inside the writer's turn.
 */
export async function finishOpen(deps: RemovalDeps & { log: Log }, inside: Turns): Promise<boolean> {
  const open = await deps.database.system(openRemovals)
  for (const { name, num, id, timezone } of open)
    try {
      await finishRemoval(deps, { workspace: { num, id, timezone } }, name, inside)
    } catch (error) {
      if (isOutage(error)) throw error
      // Whoever began it tries again; the events of everybody must not wait for that.
      deps.log.error({ err: error, removal: name, workspace: num }, 'a removal cannot be finished')
    }
  return open.length > 0
}
