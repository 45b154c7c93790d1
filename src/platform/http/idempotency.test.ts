import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { WorkspaceCtx } from '#platform/context.ts'
import { systemCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { defineRoutes } from '#platform/http/define-routes.ts'
import { implement } from '#platform/http/implement.ts'
import { createServer, serveRoutes } from '#platform/http/server.ts'
import { createLog } from '#platform/log.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

const log = createLog('silent')
const body = z.object({ name: z.string() })
const routes = defineRoutes({
  make: { post: '/api/make', access: 'session', summary: 'Makes', body, returns: z.unknown(), status: 201 },
  reveal: {
    post: '/api/reveal',
    access: 'session',
    summary: 'A secret',
    body,
    returns: z.unknown(),
    secret: true,
  },
  drop: { post: '/api/drop', access: 'session', summary: 'No answer', body, returns: z.void() },
})

let app: TestApp
let server: FastifyInstance
let ctx: WorkspaceCtx
let work: (ctx: WorkspaceCtx, name: string) => Promise<unknown>
let done: string[]

beforeAll(async () => {
  app = await startTestApp()
  const { id } = await app.workspace()
  const [row] = await app.database.system((tx) =>
    tx.rows<{ num: number }>(sql`select num from platform.workspace where id = ${id}`),
  )
  ctx = systemCtx({ num: row!.num, id, timezone: 'UTC' }, 0, 'test')
  server = createServer({ log, trustProxy: false })
  const run = async (given: unknown, name: string) => {
    done.push(name)
    return work(given as WorkspaceCtx, name)
  }
  const served = implement(routes, {
    make: ({ ctx, body }) => run(ctx, body.name),
    reveal: ({ ctx, body }) => run(ctx, body.name),
    drop: async ({ ctx, body }) => void (await run(ctx, body.name)),
  })
  serveRoutes(
    server,
    { log, database: app.database, authenticate: async () => ctx, trustProxy: false },
    served,
  )
  await server.ready()
})
beforeEach(() => {
  done = []
  work = async (_ctx, name) => ({ name, count: done.length })
})

const send = async (key: string, name: string, url = '/api/make') => {
  const headers = { 'idempotency-key': key }
  const reply = await server.inject({ method: 'POST', url, headers, payload: { name } })
  const answer = reply.body === '' ? undefined : reply.json<{ code?: string; count?: number }>()
  return { status: reply.statusCode, code: answer?.code, count: answer?.count, headers: reply.headers }
}
const age = (seconds: number) =>
  app.database.system((tx) =>
    tx.run(sql`update platform.idempotency set created_at = created_at - make_interval(secs => ${seconds})`),
  )
/** As when the process dies: the work never comes back, nothing after it runs. */
const dies = () => new Promise<never>(() => undefined)

test('a repeat gets the first answer and no second effect; another key does it again', async () => {
  const first = await send('same', 'a')
  expect(first).toMatchObject({ status: 201, count: 1 })
  expect(await send('same', 'a')).toMatchObject({ status: 201, count: 1 })
  expect(await send('other', 'a')).toMatchObject({ status: 201, count: 2 })
  expect(done).toEqual(['a', 'a'])
  expect((await send('empty', 'a', '/api/drop')).status).toBe(204)
  expect((await send('empty', 'a', '/api/drop')).status).toBe(204)
  expect(done).toHaveLength(3)
})

test('a key used for another request is refused', async () => {
  await send('taken', 'a')
  expect(await send('taken', 'b')).toMatchObject({ status: 422, code: 'idempotency.key_reused' })
  expect(await send('taken', 'a', '/api/drop')).toMatchObject({ status: 422, code: 'idempotency.key_reused' })
  expect(await send('x'.repeat(256), 'a')).toMatchObject({ status: 422, code: 'idempotency.bad_key' })
  expect(done).toEqual(['a'])
})

test('while the first is running, a repeat is told so, and does nothing', async () => {
  let finish: (value: unknown) => void = () => undefined
  const started = new Promise<void>((begun) => {
    work = () =>
      new Promise((resolve) => {
        finish = resolve
        begun()
      })
  })
  const first = send('running', 'a')
  await started
  const second = await send('running', 'a')
  expect(second).toMatchObject({ status: 409, code: 'idempotency.in_progress' })
  expect(second.headers['retry-after']).toBe('2')
  finish({ count: 7 })
  expect(await first).toMatchObject({ status: 201, count: 7 })
  expect(await send('running', 'a')).toMatchObject({ status: 201, count: 7 })
  expect(done).toEqual(['a'])
})

test('a refused or failed request frees its key', async () => {
  work = async () => {
    throw new AppError('thing.refused', 'conflict', 'No.')
  }
  expect(await send('freed', 'a')).toMatchObject({ status: 409, code: 'thing.refused' })
  work = async () => ({ count: 1 })
  expect(await send('freed', 'corrected')).toMatchObject({ status: 201 })
})

test('a try that died before any effect may be repeated after a while; one with effects never runs twice', async () => {
  const reached = (effects: boolean) =>
    new Promise<void>((resolve) => {
      work = async (given) => {
        if (effects) await app.database.write(given, (tx) => tx.run(sql`select 1`))
        resolve()
        return dies()
      }
    })
  for (const [key, effects] of [
    ['before', false],
    ['after', true],
  ] as const) {
    const there = reached(effects)
    void send(key, 'a')
    await there
    expect(await send(key, 'a')).toMatchObject({ status: 409, code: 'idempotency.in_progress' })
  }
  await age(121)
  work = async () => ({ count: 9 })
  expect(await send('before', 'a')).toMatchObject({ status: 201, count: 9 })
  expect(await send('after', 'a')).toMatchObject({ status: 409, code: 'idempotency.answer_lost' })
  expect(done).toEqual(['a', 'a', 'a'])
})

test('effects that were rolled back are none', async () => {
  const there = new Promise<void>((resolve) => {
    work = async (given) => {
      const broken = app.database.write(given, async (tx) => {
        await tx.run(sql`select 1`)
        throw new Error('rolled back')
      })
      await broken.catch(() => undefined)
      resolve()
      return dies()
    }
  })
  void send('rolled', 'a')
  await there
  await age(121)
  work = async () => ({ count: 1 })
  expect(await send('rolled', 'a')).toMatchObject({ status: 201 })
})

test('a secret is not kept; an answer that merely speaks of one is', async () => {
  work = async () => ({ secret: 'hw_only_once' })
  expect((await send('secret', 'a', '/api/reveal')).status).toBe(200)
  expect(await send('secret', 'a', '/api/reveal')).toMatchObject({
    status: 409,
    code: 'idempotency.secret_shown_once',
  })
  const kept = await app.database.system((tx) =>
    tx.rows<{ body: string }>(sql`select body from platform.idempotency where body like '%hw_only_once%'`),
  )
  expect(kept).toEqual([])
  work = async () => ({ name: 'idempotency.secret_shown_once', count: 1 })
  await send('speaks', 'a')
  expect(await send('speaks', 'a')).toMatchObject({ status: 201, count: 1 })
})

test('after a day a key is forgotten, and its row goes with the next request', async () => {
  await send('old', 'a')
  await age(24 * 3600 + 1)
  expect((await send('new', 'a')).status).toBe(201)
  const left = await app.database.system((tx) =>
    tx.rows<{ key: string }>(sql`select key from platform.idempotency`),
  )
  expect(left).toEqual([{ key: 'new' }])
  expect(await send('old', 'a')).toMatchObject({ status: 201, count: 3 })
})
