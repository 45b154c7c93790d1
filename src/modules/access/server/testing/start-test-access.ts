import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { inject } from 'vitest'
import { type Access, type AccessOptions, openAccess } from '#modules/access/index.ts'
import { fixedClock } from '#platform/clock.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import { createServer, serveRoutes } from '#platform/http/server.ts'
import { randomText } from '#platform/ids.ts'
import { subscriptionsOf } from '#platform/jobs/subscriptions.ts'
import { createLog } from '#platform/log.ts'
import { type Database, openDatabase } from '#platform/pg/database.ts'

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

/** `fresh` clones the run's migrated database and opens the module over it, without the rest of the program. */
export async function startTestCluster() {
  const { superuserUrl } = inject('engines')
  const names: string[] = []
  return {
    fresh: async (options: Partial<AccessOptions> = {}, extra: readonly ServedRoute[] = []) => {
      const name = `access_${randomText(10)}`
      names.push(name)
      await ask(superuserUrl, `create database ${name} template headwater_template strategy wal_log`)
      const url = new URL(superuserUrl)
      url.pathname = `/${name}`
      return openTest(url.href, options, extra)
    },
    stop: async () => {
      for (const name of names) await ask(superuserUrl, `drop database ${name} with (force)`)
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
