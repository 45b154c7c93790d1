import type { Log } from '#platform/log.ts'

export type Keeping = ReturnType<typeof openKeeping>

/**
 * Keeping an answer takes a compression and a transaction (4 ms), for which whoever asked need not wait: only who asks the
 * same next does. What cannot be kept is computed again, so a failure is for the log.
 */
export function openKeeping(log: Log) {
  const under = new Map<string, Promise<void>>()
  return {
    begin(key: string, work: () => Promise<void>): void {
      const before = under.get(key) ?? Promise.resolve()
      const mine = before
        .then(work)
        .catch((error: unknown) => log.error({ err: error }, 'an answer could not be kept'))
        .finally(() => {
          if (under.get(key) === mine) under.delete(key)
        })
      under.set(key, mine)
    },
    /** When what is being kept under a key is. */
    done: (key: string): Promise<void> => under.get(key) ?? Promise.resolve(),
    /** When nothing is being kept any more. */
    settled: async (): Promise<void> => {
      await Promise.all(under.values())
    },
  }
}
