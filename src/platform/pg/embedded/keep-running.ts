import { setTimeout as sleep } from 'node:timers/promises'
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '#platform/pg/embedded/start.ts'

export type KeptPostgres = Pick<EmbeddedPostgres, 'superuserUrl' | 'url' | 'stop'>

// A full disk or a machine out of memory may take a while to pass.
const slowestRestartMs = 2_000

/** Starts PostgreSQL, and again at the same address whenever it ends by itself, until `stop`. */
export async function keepPostgresRunning(options: EmbeddedPostgresOptions): Promise<KeptPostgres> {
  const { log } = options
  let server = watched(await startEmbeddedPostgres(options))
  let isStopping = false
  let restarting: Promise<void> = Promise.resolve()
  const { superuserUrl, socketDir, url } = server

  function watched(one: EmbeddedPostgres): EmbeddedPostgres {
    one.onCrash((reason) => {
      log.error({ reason }, 'PostgreSQL ended by itself; starting it again')
      restarting = startAgain()
    })
    return one
  }

  async function startAgain(): Promise<void> {
    await server.stop() // removes the old socket's folder before the new one is made
    for (let delay = 50; !isStopping; delay = Math.min(delay * 2, slowestRestartMs)) {
      try {
        server = watched(await startEmbeddedPostgres({ ...options, socketDir }))
        log.info('PostgreSQL runs again')
        return
      } catch (error) {
        log.warn({ err: error, delay }, 'PostgreSQL did not start; trying again')
        await sleep(delay)
      }
    }
  }

  return {
    superuserUrl,
    url,
    stop: async () => {
      isStopping = true
      await restarting
      await server.stop()
    },
  }
}
