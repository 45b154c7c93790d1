import type { Log } from '#platform/log.ts'

export type LookLoop = {
  /** Looks at once, then again and again. */
  start(): void
  /** Resolves when the look under way, if there is one, has ended. */
  stop(): Promise<void>
}

/** Looks every so often, never twice at a time. An error is logged with `failed`, and the next look tries again. */
export function openLookLoop(
  log: Log,
  { everyMs, failed }: { everyMs: number; failed: string },
  look: () => Promise<unknown>,
): LookLoop {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = Promise.resolve()
  let isStopping = false
  const turn = () => {
    running = look()
      .catch((error: unknown) => log.error({ err: error }, failed))
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
