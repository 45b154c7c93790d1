import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { type App, compose } from '#app/compose.ts'
import { createDatabase } from '#app/engines.ts'
import { type ClickHouse, openClickHouse } from '#platform/ch/client.ts'
import { readConfig } from '#platform/config.ts'
import { AppError } from '#platform/errors.ts'
import { createLog } from '#platform/log.ts'
import { movableClock, type TestClock } from '#test/start-test-app.ts'

type Json = Record<string, unknown>
export type Status = {
  accepted: number
  projected: number
  rebuilding: number | null
  outcomes: { stored: number; duplicate: number; conflict: number; rejected: number }
}

/** The program on databases of its own, which can be stopped and started again on the same ones. */
export type RestartableApp = {
  app: App
  ch: ClickHouse
  clock: TestClock
  send(...batch: Json[]): Promise<{ status: number; retryAfter: string | undefined }>
  call<T = Json>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: T }>
  callRaw(
    method: 'GET' | 'POST',
    url: string,
    body?: unknown,
  ): Promise<{ status: number; retryAfter: string | undefined }>
  /** As the instance's own command line; answers the text. */
  command(url: string): Promise<string>
  status(): Promise<Status>
  settled(withinMs?: number): Promise<void>
  /** Stops, lets `between` work on what is stored, starts. */
  restart(between?: () => Promise<unknown>): Promise<void>
}

export type RestartableOptions = { databaseUrl?: string; ch?: (ch: ClickHouse) => ClickHouse }

export async function startRestartable(options: RestartableOptions = {}): Promise<RestartableApp> {
  const engines = inject('engines')
  const name = `f_${randomBytes(6).toString('hex')}`
  const admin = openClickHouse({ ...engines.clickhouse, database: 'default' })
  await admin.command(`CREATE DATABASE ${name}`)
  const real = openClickHouse({ ...engines.clickhouse, database: name })
  const ch = options.ch?.(real) ?? real
  if (!options.databaseUrl) await createDatabase(engines.superuserUrl, name, 'headwater_template')
  const databaseUrl = options.databaseUrl ?? engines.superuserUrl.replace('/postgres?', `/${name}?`)
  const clock = movableClock()
  const dataDir = mkdtempSync(join(tmpdir(), 'hw-restartable-'))
  const instanceKey = randomBytes(32)
  const instanceToken = `it_${randomBytes(24).toString('hex')}`

  async function open(): Promise<App> {
    const settings = readConfig({ HEADWATER_LOG_LEVEL: 'error', HEADWATER_DATA_DIR: dataDir })
    const log = createLog(process.env.TEST_LOG ?? 'silent')
    const app = await compose({
      settings,
      log,
      clock,
      databaseUrl,
      ch,
      chSource: undefined,
      instanceKey,
      instanceToken,
    })
    await app.server.ready()
    app.start()
    return app
  }

  const self = { app: await open() }
  const keys = await self.app.access.createWorkspace({
    name: 'Faults',
    timezone: 'Asia/Shanghai',
    owner: { email: 'owner@example.com', password: 'correct horse battery' },
  })
  onTestFinished(async () => {
    await self.app.stop()
    await real.close()
    await admin.command(`DROP DATABASE ${name} SYNC`)
    await admin.close()
    rmSync(dataDir, { recursive: true, force: true })
  }, 60_000)

  const ask = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    authorization: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) =>
    self.app.server.inject({
      method,
      url,
      headers: { authorization, ...headers },
      ...(body === undefined ? {} : { payload: body as Json }),
    })
  const call: RestartableApp['call'] = async (method, url, body, headers) => {
    const reply = await ask(method, url, `Bearer ${keys.apiKey}`, body, headers)
    return { status: reply.statusCode, body: (reply.body === '' ? undefined : reply.json()) as never }
  }
  const callRaw: RestartableApp['callRaw'] = async (method, url, body) => {
    const reply = await ask(method, url, `Bearer ${keys.apiKey}`, body)
    return { status: reply.statusCode, retryAfter: reply.headers['retry-after']?.toString() }
  }
  const status = async () => (await call<Status>('GET', '/api/status')).body
  return {
    get app() {
      return self.app
    },
    ch,
    clock,
    call,
    callRaw,
    status,
    send: async (...batch) => {
      const basic = `Basic ${Buffer.from(`${keys.writeKey}:`).toString('base64')}`
      const reply = await ask('POST', '/v1/batch', basic, { batch })
      return { status: reply.statusCode, retryAfter: reply.headers['retry-after']?.toString() }
    },
    command: async (url) => (await ask('POST', url, `Bearer ${instanceToken}`)).body,
    settled: async (withinMs = 30_000) => {
      const until = Date.now() + withinMs
      for (let last = await status(); last.accepted !== last.projected; last = await status()) {
        if (Date.now() > until) throw new Error(`not settled: ${JSON.stringify(last)}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    restart: async (between) => {
      await self.app.stop()
      await between?.()
      self.app = await open()
    },
  }
}

export type FaultPlan = {
  /** An insert; a promise holds it up. */
  fail?: (table: string, lines: string) => Fault | Promise<Fault>
  /** Any other statement that changes something. */
  failCommand?: (statement: string) => Fault
}
type Fault = 'before' | 'after' | 'away' | undefined

/** What is being inserted, as text. */
export const linesText = (lines: string | readonly Buffer[]): string =>
  typeof lines === 'string' ? lines : Buffer.concat(lines).toString('utf8')

/** Lets ClickHouse fail at a chosen statement: before it is carried out, after, or as an engine that was killed. */
export function faulty(plan: FaultPlan) {
  return (real: ClickHouse): ClickHouse => ({
    ...real,
    insertLines: async (table, lines) => {
      const when = await plan.fail?.(table, linesText(lines))
      if (when === 'before') throw new Error('the engine was killed before this insert')
      if (when === 'away') throw new AppError('analytics.unavailable', 'busy', 'The engine was killed.')
      await real.insertLines(table, lines)
      if (when === 'after') throw new Error('the engine was killed after this insert')
    },
    command: async (statement, params) => {
      const when = plan.failCommand?.(statement)
      if (when === 'before') throw new Error('the engine was killed before this statement')
      await real.command(statement, params)
      if (when === 'after') throw new Error('the engine was killed after this statement')
    },
  })
}
