import type { Clock } from '#platform/clock.ts'
import { AppError } from '#platform/errors.ts'

const mostKeys = 20_000

type Window = { from: number; count: number }
export type Allowance = { most: number; everyMs: number }
/** A reader of a wall board with 60 tiles that renews itself every minute, and a colleague at the same address. */
export const asksPerAddress: Allowance = { most: 300, everyMs: 60_000 }
/** Typing errors, not guessing. */
export const passwordsPerAddress: Allowance = { most: 10, everyMs: 900_000 }
export const passwordsPerLink: Allowance = { most: 100, everyMs: 3_600_000 }

/**
 * Counts what comes without a login, in this process's memory: with several processes the limits hold for each. Answers
 * are kept besides, so that the engine is asked far less often than this.
 */
export function createOpenRate(clock: Clock) {
  const windows = new Map<string, Window>()
  return {
    /** Counts one, or refuses: `board_link.asked_too_often`. */
    count(key: string, { most, everyMs }: Allowance): void {
      const now = clock.now()
      if (windows.size > mostKeys)
        for (const [other, { from }] of windows)
          if (now - from > passwordsPerLink.everyMs) windows.delete(other)
      if (windows.size > mostKeys) windows.clear()
      const known = windows.get(key)
      const window = known && now - known.from < everyMs ? known : { from: now, count: 0 }
      windows.set(key, window)
      if (window.count >= most)
        throw new AppError(
          'board_link.asked_too_often',
          'limited',
          'This link was asked too often; wait a moment.',
          {
            retryAfter: Math.ceil((window.from + everyMs - now) / 1000),
          },
        )
      window.count++
    },
  }
}
export type OpenRate = ReturnType<typeof createOpenRate>
