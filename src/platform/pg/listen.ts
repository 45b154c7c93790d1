import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'

/**
 * Calls `wake` with what some process tells on the channel, and with nothing when some of that may have been missed.
 * Whoever listens must find out without it, too (behind a pooler that passes no notifications it hears none); this
 * only spares the waiting. Ends with the signal.
 */
export async function listen(
  { database, log }: { database: Database; log: Log },
  channel: 'headwater_job' | 'headwater_log',
  wake: (told: string | undefined) => void,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      await listenUntilLost(database, channel, wake, stop)
    } catch (error) {
      log.warn({ err: error, channel }, 'not listening; trying again')
    }
    await pause(1000, undefined, { signal: stop, ref: false }).catch(() => undefined)
  }
}

async function listenUntilLost(
  database: Database,
  channel: string,
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
    await client.query(`listen ${channel}`)
    wake(undefined) // for what came before
    const error = stop.aborted ? undefined : await lost
    if (error) throw error
  } finally {
    client.release(true)
  }
}
