import type { FastifyInstance } from 'fastify'
import { openWriteKeys } from '#modules/access/write-keys.ts'
import { openTracking } from '#modules/collect/tracking.ts'
import { systemClock } from '#platform/clock.ts'
import type { Settings } from '#platform/config.ts'
import { createServer } from '#platform/http/server.ts'
import type { Log } from '#platform/log.ts'
import { type Database, openDatabase } from '#platform/pg/database.ts'

export type CollectorOptions = {
  settings: Settings
  databaseUrl: string
  log: Log
  onCommit: (items: number, database: Database) => void
}
export type Collector = {
  database: Database
  server: FastifyInstance
  /** Write keys have changed. */
  forget(): void
  stop(): Promise<void>
}

/** The tracking API, straight into the log: a server of its own, with what else it shall answer left to the caller. */
export function openCollector({ settings, databaseUrl, log, onCommit }: CollectorOptions): Collector {
  const database = openDatabase({
    url: databaseUrl,
    subscriptions: { kindsOf: () => [], handlers: [] }, // it announces nothing
    // One commit at a time, and look-ups of keys.
    systemPool: 4,
    appPool: 1,
    onError: (error) => log.warn({ err: error }, 'database connection lost'),
  })
  const writeKeys = openWriteKeys({ database, clock: systemClock })
  const tracking = openTracking({
    database,
    log,
    clock: systemClock,
    resolveWriteKey: writeKeys.resolve,
    flushMs: settings.HEADWATER_COLLECT_FLUSH_MS,
    queueBytes: settings.HEADWATER_COLLECT_QUEUE_MB * 1024 * 1024,
    itemsPerSecond: settings.HEADWATER_COLLECT_RATE,
    onCommit: (items) => onCommit(items, database),
  })
  const server = createServer({ log, trustProxy: settings.HEADWATER_TRUST_PROXY })
  tracking.serve(server)
  return {
    database,
    server,
    forget: writeKeys.forget,
    stop: async () => {
      await server.close()
      await tracking.stop()
      await database.close()
    },
  }
}
