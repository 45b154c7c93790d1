import type { HealthDeps } from '#modules/health/server/health-deps.ts'
import { lookAround } from '#modules/health/server/look.ts'

const everyMs = 10_000

/** Looks whose turn it is, until stopped. */
export function startLooking(deps: HealthDeps): { stop(): Promise<void> } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = Promise.resolve()
  let isStopping = false
  const turn = () => {
    running = lookAround(deps)
      .then(() => undefined)
      .catch((error: unknown) => deps.log.error({ err: error }, 'looking at sources and volumes failed'))
      .then(() => {
        if (!isStopping) timer = setTimeout(turn, everyMs)
      })
  }
  turn()
  return {
    stop: async () => {
      isStopping = true
      clearTimeout(timer)
      await running
    },
  }
}
