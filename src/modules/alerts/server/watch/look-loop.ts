import { dueAlerts, setDue } from '#modules/alerts/server/alert-store.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { nextLook } from '#modules/alerts/server/judge/next-look.ts'
import { evaluateKind } from '#modules/alerts/server/watch/evaluate.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'

type Deps = Pick<AlertsDeps, 'database' | 'clock' | 'log'>
export type LookLoop = { start(): void; stop(): Promise<void> }
const everyMs = 2000

/** Puts alerts that are due into the queue. Moments that passed while nobody looked are one: the next counts from now. */
export function openLookLoop(deps: Deps): LookLoop {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = Promise.resolve()
  let isStopping = false
  const turn = () => {
    running = queueDue(deps)
      .catch((error: unknown) => deps.log.error({ err: error }, 'looking for alerts that are due failed'))
      .then(() => {
        if (!isStopping) timer = setTimeout(turn, everyMs)
      })
  }
  return {
    start: turn,
    stop: async () => {
      isStopping = true
      clearTimeout(timer)
      await running
    },
  }
}

async function queueDue({ database, clock }: Deps): Promise<void> {
  const now = clock.now()
  await database.system(async (tx) => {
    for (const { id, workspace, timezone, ...rhythm } of await dueAlerts(tx, now)) {
      await setDue(tx, workspace, id, nextLook(now, { ...rhythm, zone: timezone }))
      await enqueue(tx, { kind: evaluateKind, payload: { alertId: id }, key: id, workspace })
    }
  })
}
