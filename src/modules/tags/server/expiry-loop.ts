import { enqueueEnded } from '#modules/tags/server/expire-tags.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import { type LookLoop, openLookLoop } from '#platform/jobs/look-loop.ts'

// Another process may have changed a validity or given a tag: looked at this often, whatever is known.
const readAgainMs = 30_000
const loop = { everyMs: 1000, failed: 'looking for tags that end failed' }

export type ExpiryLoop = LookLoop & { changed(): void }

/**
 * Once a second asks whether the time of a tag has come, from memory: the tables are read when it has, after a change
 * of a validity, and every 30 seconds.
 */
export function openExpiryLoop(deps: Pick<TagDeps, 'database' | 'clock' | 'log'>): ExpiryLoop {
  let readAt = 0
  let next = 0

  async function look(): Promise<void> {
    const now = deps.clock.now()
    // A clock set back must not put everything off until it is as late again.
    const isFresh = readAt <= now && now < readAt + readAgainMs
    if (isFresh && now < next) return
    readAt = now
    next = Number.POSITIVE_INFINITY
    try {
      const ending = (await enqueueEnded(deps, now)) ?? Number.POSITIVE_INFINITY
      // Not what was there before: a change meanwhile asks for another look.
      next = Math.min(next, ending)
    } catch (error) {
      next = 0
      throw error
    }
  }
  return {
    ...openLookLoop(deps.log, loop, look),
    changed: () => {
      next = 0
    },
  }
}
