import { routes } from '#modules/alerts/contract.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { listFirings } from '#modules/alerts/server/list-firings.ts'
import {
  changeAlert,
  createAlert,
  removeAlert,
  restoreAlert,
  setMute,
  setPause,
} from '#modules/alerts/server/manage-alerts.ts'
import { getAlert, listAlerts, listHistory, tellOptions } from '#modules/alerts/server/read-alerts.ts'
import { mailJob } from '#modules/alerts/server/tell/mail-job.ts'
import { evaluateJob } from '#modules/alerts/server/watch/evaluate.ts'
import { previewAlert } from '#modules/alerts/server/watch/preview.ts'
import { openDueLoop } from '#modules/alerts/server/watch/queue-due.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import type { JobKind } from '#platform/jobs/worker.ts'

export { alertsOfAnalyses, alertsOfSegments } from '#modules/alerts/server/alert-users.ts'

export type Alerts = {
  routes: ServedRoute[]
  /** Looks at one alert; sends one letter. */
  jobKinds: JobKind[]
  /** What is due is put into the queue from now on. */
  start(): void
  stop(): Promise<void>
}

/** The module, opened once by the composition root. */
export function openAlerts(deps: AlertsDeps): Alerts {
  const loop = openDueLoop(deps)
  return {
    routes: implement(routes, {
      list: ({ ctx, query }) => listAlerts(deps, ctx, query),
      options: ({ ctx }) => tellOptions(deps, ctx),
      get: ({ ctx, params }) => getAlert(deps, ctx, params.id),
      create: ({ ctx, body }) => createAlert(deps, ctx, body),
      change: ({ ctx, params, body }) => changeAlert(deps, ctx, params.id, body),
      remove: ({ ctx, params }) => removeAlert(deps, ctx, params.id),
      restore: ({ ctx, params }) => restoreAlert(deps, ctx, params.id),
      pause: ({ ctx, params, body }) => setPause(deps, ctx, params.id, body.paused),
      mute: ({ ctx, params, body }) => setMute(deps, ctx, params.id, body.until),
      history: ({ ctx, params, query }) => listHistory(deps, ctx, params.id, query),
      firings: ({ ctx, body }) => listFirings(deps, ctx, body),
      preview: ({ ctx, body }) => previewAlert(deps, ctx, body),
    }),
    jobKinds: [evaluateJob(deps), mailJob(deps)],
    start: loop.start,
    stop: loop.stop,
  }
}
