import type { Clock } from '#platform/clock.ts'
import { AppError } from '#platform/errors.ts'

const mostKeys = 20_000

type Window = { from: number; count: number }
export type Allowance = { most: number; everyMs: number }

/**
 * Counts what comes without a login, in this process's memory: with several processes the limits hold for each. `code`
 * and `sentence` are what is answered beyond them, `longestMs` the longest of the spans that are counted.
 */
export function createOpenRate(
  clock: Clock,
  { code, sentence, longestMs }: { code: string; sentence: string; longestMs: number },
) {
  const windows = new Map<string, Window>()
  return {
    /** Counts one, or refuses. */
    count(key: string, { most, everyMs }: Allowance): void {
      const now = clock.now()
      if (windows.size > mostKeys)
        for (const [other, { from }] of windows) if (now - from > longestMs) windows.delete(other)
      if (windows.size > mostKeys) windows.clear()
      const known = windows.get(key)
      const window = known && now - known.from < everyMs ? known : { from: now, count: 0 }
      windows.set(key, window)
      if (window.count >= most)
        throw new AppError(code, 'limited', sentence, {
          retryAfter: Math.ceil((window.from + everyMs - now) / 1000),
        })
      window.count++
    },
  }
}
export type OpenRate = ReturnType<typeof createOpenRate>
