import { sql } from 'kysely'
import { Counter, collectDefaultMetrics, Registry } from 'prom-client'
import { type Collector, openCollector } from '#app/collector/open-collector.ts'
import { version } from '#app/version.ts'
import type { Settings } from '#platform/config.ts'
import { AppError } from '#platform/errors.ts'
import { createLog, type Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'

/** On which the main program hears how many items another machine has put into the log. */
export const logChannel = 'headwater_log'

/** `hw collect`: the tracking API and nothing else, into the database of an instance; until a signal asks to stop. */
export async function collectAlone(settings: Settings): Promise<void> {
  const log = createLog(settings.HEADWATER_LOG_LEVEL)
  const asked = new Promise<unknown>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve)
  })
  const { collector, url } = await startCollecting(settings, log)
  process.stdout.write(`Headwater collects: ${url}\n`)
  await asked
  await collector.stop()
}

/** Answers when the first event can be taken in. */
export async function startCollecting(
  settings: Settings,
  log: Log,
): Promise<{ collector: Collector; url: string }> {
  if (!settings.DATABASE_URL)
    throw new AppError(
      'config.no_database',
      'invalid',
      'Set DATABASE_URL to the database of the instance that is collected for.',
    )
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const accepted = new Counter({
    name: 'headwater_collect_items_total',
    help: 'Items answered 2xx',
    registers: [registry],
  })
  const collector = openCollector({
    settings,
    databaseUrl: settings.DATABASE_URL,
    log,
    onCommit: (items, database) => {
      accepted.inc(items)
      // The projector looks twice a second by itself; this only spares the waiting.
      announce(database, items).catch((error) => log.warn({ err: error }, 'the projector was not told'))
    },
  })
  try {
    await requireSchema(collector.database)
    serveHealth(collector, registry)
    const { HEADWATER_PORT: port, HEADWATER_HOST: host } = settings
    return { collector, url: await collector.server.listen({ port, host }) }
  } catch (error) {
    await collector.stop()
    throw error
  }
}

const announce = (database: Database, items: number) =>
  database.systemStatement(sql`select pg_notify(${logChannel}, ${String(items)})`, { statementMs: 5000 })

async function requireSchema(database: Database): Promise<void> {
  const found = await database.system((tx) =>
    tx.row<{ log: string | null }>(sql`select to_regclass('collect.log_batch')::text as log`),
  )
  if (found?.log) return
  throw new AppError(
    'collect.not_set_up',
    'conflict',
    'This database is not set up yet: start the main program on it first.',
  )
}

function serveHealth({ server, database }: Collector, registry: Registry): void {
  server.get('/healthz', async () => ({ status: 'ok', version }))
  server.get('/readyz', async () => {
    await database.system((tx) => tx.run(sql`select 1`))
    return { status: 'ok', checks: { postgres: 'ok' } }
  })
  server.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}
