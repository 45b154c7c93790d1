import { enqueueEnded } from '#modules/tags/server/expire-tags.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'

// Another process may have changed a validity or given a tag: looked at this often, whatever is known.
const readAgainMs = 30_000

export type ExpiryLoop = { start(): void; stop(): Promise<void>; changed(): void }

/**
 * Once a second asks whether the time of a tag has come, from memory: the tables are read when it has, after a change
 * of a validity, and every 30 seconds.
 */
export function openExpiryLoop(deps: Pick<TagDeps, 'database' | 'clock' | 'log'>): ExpiryLoop {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = Promise.resolve()
  let isStopping = false
  let readAt = 0
  let next = 0

  async function look(): Promise<void> {
    const now = deps.clock.now()
    // A clock set back must not put everything off until it is as late again.
    const isFresh = readAt <= now && now < readAt + readAgainMs
    if (isFresh && now < next) return
    readAt = now
    next = Number.POSITIVE_INFINITY
    const ending = (await enqueueEnded(deps, now)) ?? Number.POSITIVE_INFINITY
    // Not what was there before: a change meanwhile asks for another look.
    next = Math.min(next, ending)
  }
  const turn = () => {
    running = look()
      .catch((error: unknown) => {
        next = 0
        deps.log.error({ err: error }, 'looking for tags that end failed')
      })
      .then(() => {
        if (!isStopping) timer = setTimeout(turn, 1000)
      })
  }
  return {
    changed: () => {
      next = 0
    },
    start: turn,
    stop: async () => {
      isStopping = true
      clearTimeout(timer)
      await running
    },
  }
}
