import type { Log } from '#platform/log.ts'

/** Runs the work once a second, never twice at a time; an error is logged and the next second tries again. */
export function startRecheckLoop(log: Log, work: () => Promise<void>): { stop(): Promise<void> } {
  let isStopping = false
  let wake: () => void = () => undefined

  async function loop(): Promise<void> {
    while (!isStopping) {
      await work().catch((error: unknown) => log.error({ err: error }, 'looking at segments again failed'))
      if (!isStopping) await second()
    }
  }
  const second = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 1000)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const running = loop()
  return {
    stop: async () => {
      isStopping = true
      wake()
      await running
    },
  }
}
