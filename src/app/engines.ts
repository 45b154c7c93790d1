import { hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { type ClickHouse, type ClickHouseOptions, openClickHouse } from '#platform/ch/client.ts'
import type { DictionarySource } from '#platform/ch/ddl.ts'
import { startEmbeddedClickHouse } from '#platform/ch/embedded/start.ts'
import type { Settings } from '#platform/config.ts'
import { type DataDir, openDataDir } from '#platform/data-dir.ts'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import { keepPostgresRunning } from '#platform/pg/embedded/keep-running.ts'

export type Engines = {
  dataDir: DataDir
  databaseUrl: string
  ch: ClickHouse
  chSource: DictionarySource
  instanceKey: Buffer
  /** What the command line shows to the server to be believed. */
  instanceToken: string
  /** The embedded engine came up again after a crash: its dictionaries load by themselves, caches do not. */
  onAnalyticsRestart(listener: () => void): void
  stop(): Promise<void>
}

/** Takes the data folder and starts (or connects to) both engines. */
export async function startEngines(settings: Settings, log: Log): Promise<Engines> {
  const dataDir = await openDataDir(settings.HEADWATER_DATA_DIR)
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const one of stops.reverse()) await one()
    dataDir.release()
  }
  try {
    const databaseUrl = await startPostgres(settings, dataDir, log, stops)
    const analytics = await startAnalytics(settings, dataDir, log, stops)
    const instanceKey = Buffer.from(settings.HEADWATER_SECRET_KEY || dataDir.secrets.instanceKey, 'base64')
    return { dataDir, databaseUrl, ...analytics, instanceKey, instanceToken: tokenOf(instanceKey), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Derived, so that the command line can know it from the data folder without asking. */
export const tokenOf = (instanceKey: Buffer): string =>
  Buffer.from(hkdfSync('sha256', instanceKey, Buffer.alloc(0), 'headwater instance token', 32)).toString(
    'base64url',
  )

async function startPostgres(
  settings: Settings,
  dataDir: DataDir,
  log: Log,
  stops: (() => Promise<void>)[],
): Promise<string> {
  if (settings.DATABASE_URL) return settings.DATABASE_URL
  const server = await keepPostgresRunning({ dir: dataDir.postgres, log })
  stops.push(() => server.stop())
  await createDatabase(server.superuserUrl, 'headwater')
  return server.url('headwater', 'postgres')
}

export async function createDatabase(superuserUrl: string, name: string, template?: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    const found = await client.query('select from pg_database where datname = $1', [name])
    if (found.rowCount === 0)
      await client.query(`create database ${name}${template ? ` template ${template} strategy wal_log` : ''}`)
  } finally {
    await client.end()
  }
}

async function startAnalytics(
  settings: Settings,
  dataDir: DataDir,
  log: Log,
  stops: (() => Promise<void>)[],
) {
  const { options, onRestart } = settings.CLICKHOUSE_URL
    ? { options: externalOptions(settings.CLICKHOUSE_URL), onRestart: () => undefined }
    : await startEmbedded(settings, dataDir, log, stops)
  const cluster = settings.HEADWATER_CH_CLUSTER ? { cluster: settings.HEADWATER_CH_CLUSTER } : {}
  const ch = openClickHouse({ ...options, ...cluster })
  stops.push(() => ch.close())
  const chSource = settings.CLICKHOUSE_URL
    ? { user: options.username, password: options.password }
    : undefined
  return { ch, chSource, onAnalyticsRestart: onRestart as (listener: () => void) => void }
}

async function startEmbedded(settings: Settings, dataDir: DataDir, log: Log, stops: (() => Promise<void>)[]) {
  const engine = await startEmbeddedClickHouse({
    dir: join(dataDir.clickhouse),
    log,
    threads: settings.HEADWATER_CH_THREADS,
    maxMemory: settings.HEADWATER_CH_MEMORY_MB * 1024 * 1024,
  })
  stops.push(() => engine.stop())
  const { url, username, password, database } = engine
  return { options: { url, username, password, database }, onRestart: engine.onRestart }
}

function externalOptions(text: string): ClickHouseOptions {
  const url = new URL(text)
  const database = url.pathname.slice(1) || 'headwater'
  if (!/^[a-z_][a-z0-9_]*$/i.test(database))
    throw new AppError(
      'config.bad_database',
      'invalid',
      `CLICKHOUSE_URL names an unusable database: ${database}`,
    )
  const options = {
    username: decodeURIComponent(url.username) || 'default',
    password: decodeURIComponent(url.password),
    database,
  }
  return { ...options, url: url.origin }
}
