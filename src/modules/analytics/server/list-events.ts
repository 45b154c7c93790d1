import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Names to ask about. Volumes stay out: they are of everybody, and the caller may see few. */
export async function listEvents({ events }: Pick<AnalyticsDeps, 'events'>, ctx: WorkspaceCtx) {
  const [{ items }, titles] = await Promise.all([events.names(ctx), events.titles(ctx)])
  return { items: items.map(({ name, type }) => ({ name, type })), titles }
}
