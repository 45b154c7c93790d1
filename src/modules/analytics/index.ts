import type { AnalyticsOptions } from '#modules/analytics/server/analytics-deps.ts'
import { serveAnalytics } from '#modules/analytics/server/routes.ts'
import { openTurns } from '#modules/analytics/server/turns.ts'
import type { ServedRoute } from '#platform/http/implement.ts'

/** Saved analyses that name a segment, for what a segment is used by. */
export { analysesOfSegments } from '#modules/analytics/server/saved/segment-users.ts'

export type Analytics = { routes: ServedRoute[] }

/** The module, opened once by the composition root. */
export function openAnalytics(options: AnalyticsOptions): Analytics {
  return { routes: serveAnalytics({ ...options, users: options.users ?? [], inTurn: openTurns() }) }
}
