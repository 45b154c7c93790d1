import type { HealthDeps } from '#modules/health/server/health-deps.ts'
import { lookAround } from '#modules/health/server/look.ts'
import { openLookLoop } from '#platform/jobs/look-loop.ts'

const loop = { everyMs: 10_000, failed: 'looking at sources and volumes failed' }

/** Looks whose turn it is, until stopped. */
export function startLooking(deps: HealthDeps): { stop(): Promise<void> } {
  const looking = openLookLoop(deps.log, loop, () => lookAround(deps))
  looking.start()
  return looking
}
