import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { type Access, type AccessOptions, openAccess } from '#modules/access/index.ts'
import { fixedClock } from '#platform/clock.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import { createServer, serveRoutes } from '#platform/http/server.ts'
import { subscriptionsOf } from '#platform/jobs/subscriptions.ts'
import { createLog } from '#platform/log.ts'
import { type Database, openDatabase } from '#platform/pg/database.ts'
import { startEmbeddedPostgres } from '#platform/pg/embedded/start.ts'
import { migrate, readMigrations } from '#platform/pg/migrate.ts'

const log = createLog('silent')
export const instanceToken = 'instance-token-of-the-tests-0123456789'
export const password = 'a long pass phrase'

export type TestAccess = {
  access: Access
  server: FastifyInstance
  database: Database
  clock: ReturnType<typeof fixedClock>
  /** As superuser, past every wall and grant: what an intruder in the database could do. */
  intrude(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  /** A second program on the same database, with caches of its own. */
  openSecond(): Promise<FastifyInstance>
  close(): Promise<void>
}

/** A Postgres of this test file; `fresh` clones a migrated database and opens the module over it. */
export async function startTestCluster() {
  const folder = mkdtempSync(join(tmpdir(), 'hw-access-'))
  const cluster = await startEmbeddedPostgres({ dir: join(folder, 'postgres'), log, durable: false })
  const url = (database: string) => cluster.url(database, 'postgres')
  await ask(cluster.superuserUrl, 'create database template_access')
  const migrations = ['../../../../platform/pg/migrations', '../migrations'].map((path) =>
    join(import.meta.dirname, path),
  )
  await migrate(url('template_access'), readMigrations(migrations))
  let count = 0
  return {
    fresh: async (options: Partial<AccessOptions> = {}, extra: readonly ServedRoute[] = []) => {
      count += 1
      await ask(cluster.superuserUrl, `create database test_${count} template template_access`)
      return openTest(url(`test_${count}`), options, extra)
    },
    stop: async () => {
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openTest(
  url: string,
  options: Partial<AccessOptions>,
  extra: readonly ServedRoute[],
): Promise<TestAccess> {
  const clock = fixedClock(Date.parse('2026-06-01T08:00:00Z'))
  const database = openDatabase({ url, subscriptions: subscriptionsOf([]), onError: () => undefined })
  const instanceKey = Buffer.alloc(32, 7)
  const open = async () => {
    const access = openAccess({ database, clock, log, instanceKey, instanceToken, baseUrl: '', ...options })
    const server = createServer({ log, trustProxy: true })
    serveRoutes(server, { log, database, authenticate: access.authenticate, trustProxy: true }, [
      ...access.routes,
      ...extra,
    ])
    await server.ready()
    return { access, server }
  }
  const first = await open()
  const opened = [first.server]
  return {
    ...first,
    database,
    clock,
    intrude: (sql, values) => ask(url, sql, values),
    openSecond: async () => {
      const { server } = await open()
      opened.push(server)
      return server
    },
    close: async () => {
      for (const server of opened) await server.close()
      await database.close()
    },
  }
}

async function ask(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}
