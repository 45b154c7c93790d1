import type { z } from 'zod'
import type { alertRoutes } from '#modules/alerts/contract/alert.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { judge } from '#modules/alerts/server/judge/judge.ts'
import { bucketsBefore, shownBuckets } from '#modules/alerts/server/judge/spans.ts'
import { atFirst } from '#modules/alerts/server/judge/step.ts'
import { checkCondition, natureOf, unitOf } from '#modules/alerts/server/watch/check-metric.ts'
import { readPoints } from '#modules/alerts/server/watch/read-points.ts'
import { closedCount, walk } from '#modules/alerts/server/watch/walk.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** What an alert would have done, found out by what evaluates it. */
export async function previewAlert(
  deps: Pick<AlertsDeps, 'analytics'>,
  ctx: WorkspaceCtx,
  { question, metric, condition, remindEvery }: z.output<typeof alertRoutes.preview.body>,
): Promise<z.input<typeof alertRoutes.preview.returns>> {
  const nature = natureOf({ question, metric })
  const { interval } = nature
  checkCondition(condition, false, interval)
  const shown = shownBuckets[interval]
  const points = await readPoints(deps, ctx, { question, metric }, shown + bucketsBefore(condition, interval))
  const closed = closedCount(points)
  const from = Math.max(0, closed - shown)
  const { found } = walk(points, from, atFirst, { condition, nature, remindEvery, loudFrom: from })
  const latest = closed > 0 ? judge(points, closed - 1, condition, nature) : undefined
  return {
    interval,
    unit: unitOf({ question, metric }),
    zone: ctx.workspace.timezone,
    points: found.map(({ tell: _tell, ...point }) => point),
    fired: found.filter(({ edge }) => edge === 'fired').length,
    needs: latest?.needs ?? 0,
  }
}
