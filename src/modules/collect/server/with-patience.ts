import { AppError } from '#platform/errors.ts'

/** Asked when it is one's turn: false when nobody waits any more, so that nothing may be done. */
export type Begin = () => boolean

/**
 * Waits for work that has to wait for its turn, but only so long: whoever asked is told that it is a bad moment, and the
 * work, when its turn comes, finds that nobody waits any more. Once begun it is waited for to its end, so an answer is
 * never untrue. Without a limit (jobs) it waits as long as it takes.
 */
export function withPatience<T>(ms: number | undefined, work: (begin: Begin) => Promise<T>): Promise<T> {
  if (ms === undefined) return work(() => true)
  return new Promise((resolve, reject) => {
    let isWaiting = true
    const giveUp = setTimeout(() => {
      isWaiting = false
      reject(
        new AppError(
          'people.busy',
          'busy',
          'People cannot be changed right now: the server is catching up or a store does not answer. Nothing was changed; try again.',
          { retryAfter: 5 },
        ),
      )
    }, ms)
    const begin = () => {
      clearTimeout(giveUp)
      return isWaiting
    }
    work(begin)
      .then(resolve, reject)
      .finally(() => clearTimeout(giveUp))
  })
}
