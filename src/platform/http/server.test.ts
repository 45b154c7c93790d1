import { type AddressInfo, connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { defineRoutes, PageQuery } from '#platform/http/define-routes.ts'
import { implement } from '#platform/http/implement.ts'
import { createServer, serveRoutes } from '#platform/http/server.ts'
import { createLog } from '#platform/log.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

const log = createLog('silent')
const routes = defineRoutes({
  echo: {
    post: '/api/echo',
    access: 'session',
    summary: 'Answers its body',
    body: z.object({ text: z.string().min(2).optional(), deep: z.unknown().optional() }),
    returns: z.unknown(),
  },
  list: {
    get: '/api/list/:id',
    access: 'session',
    summary: 'Answers its query',
    params: z.object({ id: z.string().max(10) }),
    query: PageQuery,
    returns: z.unknown(),
  },
  slow: { get: '/api/slow', access: 'public', summary: 'Waits', returns: z.unknown() },
  boom: { get: '/api/boom', access: 'public', summary: 'Fails', returns: z.unknown() },
})

let server: FastifyInstance
let open: () => Promise<FastifyInstance>
const slow = Promise.withResolvers<void>()
const arrived = Promise.withResolvers<void>()
beforeAll(async () => {
  const app = await startTestApp()
  open = () => openServer(app)
  server = await open()
})

async function openServer(app: TestApp): Promise<FastifyInstance> {
  const server = createServer({ log, trustProxy: true })
  const ctx = {
    requestId: '',
    actor: { kind: 'system', name: 'test' } as const,
    permissions: new Set<string>(),
    scope: { all: true } as const,
    language: 'en' as const,
    now: 0,
  }
  const deps = { log, database: app.database, authenticate: async () => ctx, trustProxy: true }
  const served = implement(routes, {
    echo: async ({ body }) => body,
    list: async ({ query }) => query,
    slow: async () => {
      arrived.resolve()
      await slow.promise
      return { done: true }
    },
    boom: async () => {
      throw new Error('password=hunter2 at secret.ts:1')
    },
  })
  serveRoutes(server, deps, served)
  await server.ready()
  return server
}

const post = (payload: string | object, type = 'application/json') =>
  server.inject({ method: 'POST', url: '/api/echo', headers: { 'content-type': type }, payload })
const get = (url: string) => server.inject({ method: 'GET', url })
type Problem = { type: string; title: string; status: number; code: string; instance: string; path?: string }

test('everything that can be wrong with a request is a problem with a stable code', async () => {
  const nested = `${'{"deep":'.repeat(200)}1${'}'.repeat(200)}`
  const cases: [string, Promise<{ statusCode: number }>, number, string][] = [
    ['broken JSON', post('{"text":'), 400, 'request.malformed'],
    ['empty JSON', post(''), 400, 'request.malformed'],
    ['prototype pollution', post('{"__proto__":{"a":1}}'), 400, 'request.malformed'],
    ['unknown media type', post('<a/>', 'application/xml'), 415, 'request.unsupported_type'],
    ['not an object', post('[]'), 422, 'request.invalid'],
    ['breaks the contract', post({ text: 'x' }), 422, 'request.invalid'],
    ['NUL', post({ text: 'a\u0000b' }), 422, 'request.invalid'],
    ['NUL in a name', post({ deep: { 'a\u0000': 1 } }), 422, 'request.invalid'],
    ['half a surrogate pair', post('{"text":"ab\\ud800"}'), 422, 'request.invalid'],
    ['endless nesting', post(nested), 422, 'request.invalid'],
    ['endless lists', post(`{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`), 422, 'request.invalid'],
    ['too large', post(`{"text":"${'x'.repeat(4 * 1024 * 1024)}"}`), 413, 'request.too_large'],
    ['unknown address', get('/nowhere'), 404, 'route.missing'],
    ['unknown method', server.inject({ method: 'DELETE', url: '/api/echo' }), 404, 'route.missing'],
    ['bad escape', get('/api/list/%zz'), 400, 'request.malformed'],
    ['bad UTF-8', get('/api/list/%ff%fe'), 400, 'request.malformed'],
    ['endless parameter', get(`/api/list/${'x'.repeat(3000)}`), 404, 'route.missing'],
    ['too long parameter', get(`/api/list/${'x'.repeat(11)}`), 422, 'request.invalid'],
    ['NUL in a parameter', get('/api/list/%00'), 422, 'request.invalid'],
    ['limit', get('/api/list/1?limit=1001'), 422, 'request.invalid'],
    ['failure of ours', get('/api/boom'), 500, 'internal'],
  ]
  for (const [name, asked, status, code] of cases) {
    const reply = (await asked) as Awaited<ReturnType<typeof get>>
    expect([name, reply.statusCode, reply.headers['content-type']]).toEqual([
      name,
      status,
      'application/problem+json; charset=utf-8',
    ])
    const problem = reply.json<Problem>()
    expect(problem, name).toMatchObject({ status, code, type: `/docs/errors#${code}` })
    expect(problem.title, name).toEqual(expect.any(String))
    expect(reply.body, name).not.toMatch(/hunter2|\.ts:\d/)
  }
})

test('a fault names its place by JSON pointer, the answer its request', async () => {
  const reply = await post({ text: 'x' })
  expect(reply.json<Problem>().path).toBe('/body/text')
  expect(reply.json<Problem>().instance).toBe(reply.headers['x-request-id'])
})

test('every answer has the security headers, whatever became of the request', async () => {
  const answers = [
    await post({ text: 'fine' }),
    await post('{'),
    await get('/nowhere'),
    await get('/api/boom'),
    await get('/api/list/%zz'),
    await get('//api/list/1'),
    await server.inject({ method: 'HEAD', url: '/api/list/1' }),
  ]
  for (const { headers } of answers) {
    expect(headers['content-security-policy']).toContain("script-src 'self';")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['strict-transport-security']).toBeUndefined()
  }
  expect(answers.map(({ headers }) => headers['cache-control'])).toEqual([
    'no-store',
    'no-store',
    undefined,
    'no-store',
    'no-store',
    'no-store',
    'no-store',
  ])
  const secure = await server.inject({ url: '/api/boom', headers: { 'x-forwarded-proto': 'https' } })
  expect(secure.headers['strict-transport-security']).toContain('max-age=31536000')
})

test('HEAD answers like GET without a body; a missing optional body is an empty one', async () => {
  const head = await server.inject({ method: 'HEAD', url: '/api/list/1' })
  expect([head.statusCode, head.body]).toEqual([200, ''])
  expect((await get('/api/list/1')).json()).toEqual({ limit: 50 })
  const empty = await server.inject({ method: 'POST', url: '/api/echo' })
  expect([empty.statusCode, empty.json()]).toEqual([200, {}])
})

const portOf = ({ server }: FastifyInstance) => (server.address() as AddressInfo).port

/** Sends raw text to a port; answers everything that came back until the other side hung up. */
function speak(port: number) {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (part) => {
    heard += part.toString()
  })
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(heard)))
  socket.on('error', () => undefined)
  return { say: (text: string) => socket.write(text), ended }
}

test('a request that comes while the server stops is a problem too; those before it are finished', async () => {
  const stopping = await open()
  await stopping.listen({ port: 0, host: '127.0.0.1' })
  const { say, ended } = speak(portOf(stopping))
  say('GET /api/slow HTTP/1.1\r\nhost: x\r\n\r\n')
  await arrived.promise
  const closed = stopping.close()
  say('GET /api/list/1 HTTP/1.1\r\nhost: x\r\n\r\n')
  // The refusal stands behind the answer that is still awaited.
  stopping.server.once('request', () => slow.resolve())
  const heard = await ended
  await closed
  expect(heard).toMatch(/^HTTP\/1\.1 200 OK/)
  const refusal = heard.slice(heard.indexOf('HTTP/1.1 503'))
  expect(refusal).toMatch(/content-type: application\/problem\+json/i)
  expect(refusal).toMatch(/retry-after: 2/i)
  expect(refusal).toContain('"code":"server.stopping"')
})

test('what is no request at all gets a problem as well', async () => {
  const listening = await open()
  await listening.listen({ port: 0, host: '127.0.0.1' })
  const port = portOf(listening)
  const cases: [string, number, string][] = [
    ['nonsense\r\n\r\n', 400, 'request.malformed'],
    [`GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(40_000)}\r\n\r\n`, 431, 'request.too_large'],
  ]
  for (const [text, status, code] of cases) {
    const { say, ended } = speak(port)
    say(text)
    const [head = '', body = ''] = (await ended).split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(head).toContain('content-type: application/problem+json')
    expect(JSON.parse(body)).toMatchObject({ status, code, type: `/docs/errors#${code}` })
  }
  await listening.close()
})
