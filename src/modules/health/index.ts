import { routes } from '#modules/health/contract.ts'
import type { HealthDeps } from '#modules/health/server/health-deps.ts'
import { startLooking } from '#modules/health/server/health-loop.ts'
import { lookAround } from '#modules/health/server/look.ts'
import { muteSeries } from '#modules/health/server/mute-series.ts'
import { showAnomalies, showSeries, showSources } from '#modules/health/server/show-health.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'

export type Health = {
  routes: ServedRoute[]
  /** Looks at every workspace whose turn it is, now; answers how many it looked at. */
  look(): Promise<number>
  start(): void
  stop(): Promise<void>
}

/** The module, opened once by the composition root. */
export function openHealth(deps: HealthDeps): Health {
  let loop: ReturnType<typeof startLooking> | undefined
  return {
    routes: implement(routes, {
      sources: ({ ctx }) => showSources(deps, ctx),
      anomalies: ({ ctx, query }) => showAnomalies(deps, ctx, query.open),
      series: ({ ctx, query }) => showSeries(deps, ctx, query.series),
      mute: ({ ctx, body }) => muteSeries(deps, ctx, body),
    }),
    look: () => lookAround(deps),
    start: () => {
      loop = startLooking(deps)
    },
    stop: async () => loop?.stop(),
  }
}
