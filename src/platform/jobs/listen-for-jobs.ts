import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'

/**
 * Calls `wake` when some process enqueues a job; with the id of a running job that it cancels; with nothing when some
 * of that may have been missed. Polling finds jobs without it (and must, behind a pooler that passes no
 * notifications); this only spares the second of waiting. Ends with the signal.
 */
export async function listenForJobs(
  { database, log }: { database: Database; log: Log },
  wake: (told: string | undefined) => void,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      await listenUntilLost(database, wake, stop)
    } catch (error) {
      log.warn({ err: error }, 'not listening for jobs; trying again')
    }
    await pause(1000, undefined, { signal: stop, ref: false }).catch(() => undefined)
  }
}

async function listenUntilLost(
  database: Database,
  wake: (told: string | undefined) => void,
  stop: AbortSignal,
): Promise<void> {
  const client = await database.systemClient()
  const lost = new Promise<Error | undefined>((resolve) => {
    client.on('error', resolve)
    client.on('end', () => resolve(undefined))
    stop.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  try {
    client.on('notification', ({ payload }) => wake(payload ?? ''))
    await client.query('listen headwater_job')
    wake(undefined) // for what came before
    const error = stop.aborted ? undefined : await lost
    if (error) throw error
  } finally {
    client.release(true)
  }
}
