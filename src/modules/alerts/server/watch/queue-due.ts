import { dueAlerts, setDue } from '#modules/alerts/server/alert-store.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { nextLook } from '#modules/alerts/server/judge/next-look.ts'
import { evaluateKind } from '#modules/alerts/server/watch/evaluate.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { type LookLoop, openLookLoop } from '#platform/jobs/look-loop.ts'

type Deps = Pick<AlertsDeps, 'database' | 'clock' | 'log'>
const loop = { everyMs: 2000, failed: 'looking for alerts that are due failed' }

/** Puts alerts that are due into the queue. Moments that passed while nobody looked are one: the next counts from now. */
export const openDueLoop = (deps: Deps): LookLoop => openLookLoop(deps.log, loop, () => queueDue(deps))

async function queueDue({ database, clock }: Deps): Promise<void> {
  const now = clock.now()
  await database.system(async (tx) => {
    for (const { id, workspace, timezone, ...rhythm } of await dueAlerts(tx, now)) {
      await setDue(tx, workspace, id, nextLook(now, { ...rhythm, zone: timezone }))
      await enqueue(tx, { kind: evaluateKind, payload: { alertId: id }, key: id, workspace })
    }
  })
}
