import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import pg from 'pg'
import { inject } from 'vitest'
import { type App, compose } from '#app/compose.ts'
import { createDatabase } from '#app/engines.ts'
import { analyticsSchema } from '#modules/collect/server/analytics-schema.ts'
import { type ClickHouse, openClickHouse } from '#platform/ch/client.ts'
import { createTable } from '#platform/ch/ddl.ts'
import type { Clock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import { createLog } from '#platform/log.ts'

import { openApps } from '#test/close-apps.ts'

export type TestClock = Clock & { advance(ms: number): void; set(ms: number): void }

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A workspace with keys and short ways to speak to it. */
export type TestWorkspace = {
  id: string
  writeKey: string
  apiKey: string
  /** Management API; answers status and parsed body. */
  call<T = Record<string, unknown>>(
    method: Method,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: T }>
  /** Sends items to /v1/batch with the write key. */
  send(...items: Record<string, unknown>[]): Promise<{ status: number }>
  /** Waits until everything accepted is visible everywhere. */
  settled(): Promise<void>
}

export type TestApp = App & {
  clock: TestClock
  databaseUrl: string
  /** Where it keeps its files. */
  dataDir: string
  workspace(name?: string): Promise<TestWorkspace>
  close(): Promise<void>
}

/** The whole program in this process on real engines: a database of its own in each. Closed after the file. */
export async function startTestApp(
  options: { clock?: TestClock; env?: Record<string, string> } = {},
): Promise<TestApp> {
  const engines = inject('engines')
  const name = `t_${randomBytes(6).toString('hex')}`
  await createDatabase(engines.superuserUrl, name, 'headwater_template')
  const databaseUrl = engines.superuserUrl.replace('/postgres?', `/${name}?`)
  const log = createLog(process.env.TEST_LOG ?? 'error')
  const admin = openClickHouse({ ...engines.clickhouse, database: 'default' })
  await admin.command(`CREATE DATABASE ${name}`)
  const ch = openClickHouse({ ...engines.clickhouse, database: name })
  await inSmallMarks(ch)
  const clock = options.clock ?? movableClock()
  const dataDir = mkdtempSync(join(tmpdir(), 'hw-test-'))
  const settings = readConfig({
    HEADWATER_LOG_LEVEL: 'error',
    HEADWATER_DATA_DIR: dataDir,
    ...options.env,
  })
  const instanceKey = randomBytes(32)
  const app = await compose({
    settings,
    log,
    clock,
    databaseUrl,
    ch,
    chSource: undefined,
    instanceKey,
    instanceToken: `it_${randomBytes(24).toString('hex')}`,
  })
  await app.server.ready()
  app.start()
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await app.stop()
    await ch.close()
    await admin.command(`DROP DATABASE ${name} SYNC`)
    await admin.close()
    await dropDatabase(engines.superuserUrl, name)
    rmSync(dataDir, { recursive: true, force: true })
  }
  openApps.add(close)
  let made = 0
  return {
    ...app,
    clock,
    databaseUrl,
    dataDir: settings.HEADWATER_DATA_DIR,
    close,
    workspace: async (title) => {
      made++
      const created = await app.access.createWorkspace({
        name: title ?? `Workspace ${made}`,
        timezone: 'Asia/Shanghai',
        owner: { email: `owner${made}@example.com`, password: 'correct horse battery' },
      })
      return speakTo(app, created)
    },
  }
}

/**
 * Events in marks of sixteen rows instead of thousands: so the engine chooses between their two orders in tests as it
 * does among millions, and questions are answered from the second one too.
 */
async function inSmallMarks(ch: ClickHouse): Promise<void> {
  const events = analyticsSchema.tables.filter(({ name }) => name === 'events')
  for (const spec of events)
    for (const statement of createTable({ ...spec, settings: { index_granularity: 16 } }, ch))
      await ch.command(statement)
}

/** The system clock plus what a test moved it by. */
export function movableClock(): TestClock {
  let offset = 0
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms
    },
    set: (ms) => {
      offset = ms - Date.now()
    },
  }
}

function speakTo(app: App, keys: { workspaceId: string; writeKey: string; apiKey: string }): TestWorkspace {
  const basic = `Basic ${Buffer.from(`${keys.writeKey}:`).toString('base64')}`
  const call = async <T>(method: Method, url: string, body?: unknown, headers?: Record<string, string>) => {
    const request: InjectOptions = {
      method,
      url,
      headers: { authorization: `Bearer ${keys.apiKey}`, ...headers },
    }
    if (body !== undefined) request.payload = body as NonNullable<InjectOptions['payload']>
    const reply = await app.server.inject(request)
    return { status: reply.statusCode, body: (reply.body === '' ? undefined : parse(reply.body)) as T }
  }
  return {
    id: keys.workspaceId,
    writeKey: keys.writeKey,
    apiKey: keys.apiKey,
    call,
    send: async (...batch) => {
      const reply = await app.server.inject({
        method: 'POST',
        url: '/v1/batch',
        headers: { authorization: basic },
        payload: { batch },
      })
      return { status: reply.statusCode }
    },
    settled: async () => {
      const until = Date.now() + 20_000
      for (;;) {
        const { body } = await call<{ accepted: number; projected: number }>('GET', '/api/status')
        if (body.accepted === body.projected) return
        if (Date.now() > until) throw new Error(`not settled: ${JSON.stringify(body)}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

async function dropDatabase(superuserUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  await client.query(`drop database if exists ${name} with (force)`)
  await client.end()
}
