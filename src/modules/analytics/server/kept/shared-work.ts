import { AppError } from '#platform/errors.ts'

type Work = { done: Promise<unknown>; waiting: number; gone: AbortController }

/**
 * Who asks for the same at the same time waits for one computation. It goes on as long as anybody waits for it: each caller may
 * leave by itself, and the last one that leaves ends it.
 */
export function shareWork() {
  const under = new Map<string, Work>()

  function begin<T>(key: string, work: (signal: AbortSignal) => Promise<T>): Work {
    const gone = new AbortController()
    const done = work(gone.signal).finally(() => {
      if (under.get(key) === own) under.delete(key)
    })
    done.catch(() => undefined) // told by whoever waits
    const own: Work = { done, waiting: 0, gone }
    under.set(key, own)
    return own
  }

  return async function shared<T>(
    key: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const own = under.get(key) ?? begin(key, work)
    own.waiting++
    let leave: () => void = () => undefined
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(new AppError('analytics.cancelled', 'conflict', 'The question was cancelled.'))
      if (signal?.aborted) leave()
      signal?.addEventListener('abort', leave, { once: true })
    })
    try {
      return (await Promise.race([own.done, left])) as T
    } finally {
      signal?.removeEventListener('abort', leave)
      own.waiting--
      if (own.waiting === 0) {
        if (under.get(key) === own) under.delete(key)
        own.gone.abort()
      }
    }
  }
}
