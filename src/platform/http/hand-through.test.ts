import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingMessage, type RequestOptions, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handThrough } from '#platform/http/hand-through.ts'
import { createServer, readOnAfterRefusal } from '#platform/http/server.ts'
import { createLog } from '#platform/log.ts'

const log = createLog('silent')
const folder = mkdtempSync(join(tmpdir(), 'hw-hand-'))
const socketPath = join(folder, 'main.sock')
let behind: FastifyInstance
const fronts: FastifyInstance[] = []
const gone = Promise.withResolvers<void>()
let lines = new PassThrough()

beforeAll(async () => {
  behind = Fastify({ trustProxy: true, bodyLimit: 1024, forceCloseConnections: true })
  readOnAfterRefusal(behind)
  behind.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body))
  behind.all('/echo', async (request, reply) =>
    reply
      .header('set-cookie', ['a=1', 'b=2'])
      .header('x-request-id', 'from behind')
      .send({
        method: request.method,
        url: request.raw.url,
        headers: request.headers,
        ip: request.ip,
        host: request.host,
        protocol: request.protocol,
        body: request.body ?? null,
      }),
  )
  behind.post('/count', async ({ body }) => {
    let bytes = 0
    for await (const chunk of body as Readable) bytes += (chunk as Buffer).length
    return { bytes }
  })
  behind.get('/packed', async (_request, reply) =>
    reply.header('content-encoding', 'gzip').header('etag', '"1"').send(gzipSync('packed')),
  )
  behind.get('/same', async (_request, reply) => reply.code(304).header('etag', '"1"').send())
  behind.get('/lines', async (_request, reply) => reply.send(lines))
  behind.get('/endless', async (_request, reply) => {
    reply.raw.once('close', gone.resolve)
    return new Promise(() => undefined)
  })
  behind.get('/broken', async (_request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'content-length': '100' })
    reply.raw.write('half')
    setTimeout(() => reply.raw.destroy(), 20)
  })
  await behind.listen({ path: socketPath })
})
afterAll(async () => {
  await Promise.all(fronts.map((one) => one.close()))
  await behind.close()
  rmSync(folder, { recursive: true, force: true })
})

async function aFront(trustProxy = false, path = socketPath): Promise<number> {
  const server = createServer({ log, trustProxy })
  server.post('/v1/own', async () => ({ own: true }))
  handThrough(server, { socketPath: path, trustProxy, log })
  await server.listen({ port: 0, host: '127.0.0.1' })
  fronts.push(server)
  return (server.server.address() as AddressInfo).port
}

/** Without the ways of a browser: what is sent is what is written here. */
async function ask(port: number, path: string, options: RequestOptions = {}, body?: Readable | string) {
  const sent = request({ port, host: '127.0.0.1', path, agent: false, ...options })
  if (body instanceof Readable) body.pipe(sent)
  else sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return answer
}
const askJson = async (...given: Parameters<typeof ask>) => JSON.parse(await text(await ask(...given)))

test('what has a route here is answered here, everything else behind, with its own headers', async () => {
  const port = await aFront()
  expect(await askJson(port, '/v1/own', { method: 'POST' })).toEqual({ own: true })
  const answer = await ask(port, '//echo?a=%20b&c')
  expect(answer.statusCode).toBe(404) // as behind: this stand-in does not take doubled slashes for single ones
  const echo = await ask(port, '/echo?a=%20b&c', { headers: { cookie: 'x=1', 'accept-language': 'zh' } })
  expect(echo.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-request-id': 'from behind' })
  expect(echo.headers['content-security-policy']).toBeUndefined()
  expect(JSON.parse(await text(echo))).toMatchObject({
    method: 'GET',
    url: '/echo?a=%20b&c',
    headers: { cookie: 'x=1', 'accept-language': 'zh', host: `127.0.0.1:${port}` },
  })
})

test.each(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])(
  '%s without a body',
  async (method) => {
    const answer = await ask(await aFront(), '/echo', { method })
    expect(answer.statusCode).toBe(200)
    const body = await text(answer)
    if (method === 'HEAD') expect([body, Number(answer.headers['content-length']) > 100]).toEqual(['', true])
    else expect(JSON.parse(body)).toMatchObject({ method, body: null })
  },
)

test('bodies: with a length, in pieces, and larger than any limit of this server', async () => {
  const port = await aFront()
  const headers = { 'content-type': 'application/json' }
  expect(await askJson(port, '/echo', { method: 'POST', headers }, '{"a":1}')).toMatchObject({
    body: { a: 1 },
  })
  const pieces = Readable.from(['{"a"', ':2}'])
  expect(await askJson(port, '/echo', { method: 'PUT', headers }, pieces)).toMatchObject({ body: { a: 2 } })
  const chunk = Buffer.alloc(1024 * 1024)
  const large = Readable.from(Array.from({ length: 24 }, () => chunk))
  const octets = { 'content-type': 'application/octet-stream' }
  expect(await askJson(port, '/count', { method: 'POST', headers: octets }, large)).toEqual({
    bytes: 24 * 1024 * 1024,
  })
})

test('an answer that comes before the body has arrived', async () => {
  const body = Readable.from(Array.from({ length: 64 }, () => Buffer.alloc(64 * 1024, 32)))
  const headers = { 'content-type': 'application/json' }
  const answer = await ask(await aFront(), '/echo', { method: 'POST', headers }, body)
  expect(answer.statusCode).toBe(413)
  expect(JSON.parse(await text(answer))).toMatchObject({ code: 'FST_ERR_CTP_BODY_TOO_LARGE' })
})

test('compression and 304 stay as they are', async () => {
  const port = await aFront()
  const packed = await ask(port, '/packed')
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', etag: '"1"' })
  expect(await buffer(packed)).toEqual(gzipSync('packed'))
  const same = await ask(port, '/same')
  expect([same.statusCode, same.headers.etag, await text(same)]).toEqual([304, '"1"', ''])
})

test('answers stream: a line arrives before the next is written', async () => {
  lines = new PassThrough()
  const port = await aFront()
  const pending = ask(port, '/lines')
  lines.write('first\n')
  const answer = await pending
  expect(String((await once(answer, 'data'))[0])).toBe('first\n')
  lines.end('second\n')
  expect(String((await once(answer, 'data'))[0])).toBe('second\n')
})

test('who hangs up is hung up on behind', async () => {
  const sent = request({ port: await aFront(), host: '127.0.0.1', path: '/endless', agent: false })
  sent.on('error', () => undefined)
  const arrived = once(behind.server, 'request')
  sent.end()
  await arrived
  sent.destroy()
  await gone.promise
})

test('an answer that breaks off behind breaks off here', async () => {
  const answer = await ask(await aFront(), '/broken')
  await expect(text(answer)).rejects.toThrow(/aborted/)
})

test('X-Forwarded-* of strangers is taken off; of a trusted proxy it is believed, as without this server', async () => {
  const headers = {
    'x-forwarded-for': '203.0.113.9, 198.51.100.1',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'crm.example.com',
    forwarded: 'for=203.0.113.9',
  }
  const stranger = await askJson(await aFront(false), '/echo', { headers })
  expect(stranger).toMatchObject({
    ip: '127.0.0.1',
    protocol: 'http',
    headers: { 'x-forwarded-for': '127.0.0.1' },
  })
  expect(stranger.headers).not.toHaveProperty('forwarded')
  expect(stranger.host).toMatch(/^127\.0\.0\.1:/)
  const port = await aFront(true)
  const trusted = { ip: '203.0.113.9', protocol: 'https', host: 'crm.example.com' }
  expect(await askJson(port, '/echo', { headers })).toMatchObject(trusted)
  expect(await askJson(port, '/echo')).toMatchObject({ ip: '127.0.0.1', protocol: 'http' })
})

test('headers of the connection stay with it, and cannot take ours away', async () => {
  const headers = { connection: 'close, x-private, x-forwarded-for', 'x-private': '1', te: 'trailers' }
  const echo = await askJson(await aFront(), '/echo', { headers })
  expect(echo.headers).not.toHaveProperty('x-private')
  expect(echo.headers).not.toHaveProperty('te')
  expect(echo.ip).toBe('127.0.0.1')
})

test('nobody behind: 503 with Retry-After, and a body that is still coming does no harm', async () => {
  const port = await aFront(false, join(folder, 'nobody.sock'))
  const body = Readable.from(Array.from({ length: 8 }, () => Buffer.alloc(64 * 1024)))
  const answer = await ask(port, '/echo', { method: 'POST' }, body)
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2'])
  expect(JSON.parse(await text(answer))).toMatchObject({ code: 'server.restarting', status: 503 })
})

/** Everything that comes back on one connection for what is written on it, until so many answers are there. */
async function speak(port: number, pieces: readonly string[], answers: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let said = ''
  for (const piece of pieces) socket.write(piece)
  for await (const chunk of socket) {
    said += String(chunk)
    if (said.split('HTTP/1.1 ').length > answers) break
  }
  socket.destroy()
  return said
}

test.each(['GET', 'HEAD', 'POST', 'DELETE'])(
  '%s: no header of the connection makes a second request of a body',
  async (method) => {
    const port = await aFront()
    const seen: string[] = []
    const note = ({ url }: IncomingMessage) => void seen.push(String(url))
    behind.server.on('request', note)
    const hidden = 'GET /echo?hidden HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n'
    const head = [`${method} /echo?shown HTTP/1.1`, 'Host: a', 'Content-Type: application/octet-stream']
    const framing = ['Connection: keep-alive, content-length', `Content-Length: ${hidden.length}`, '', '']
    await speak(port, [`${head.concat(framing).join('\r\n')}${hidden}`], 1)
    // Goes over the connection that the first one left behind.
    await askJson(port, '/echo?next')
    behind.server.off('request', note)
    expect(seen).toEqual(['/echo?shown', '/echo?next'])
  },
)

test.each([
  ['an answer before the body', socketPath, '413'],
  ['nobody behind', join(folder, 'nobody.sock'), '503'],
])('%s: the rest of it does not stand before the next request', async (_what, path, status) => {
  const length = 4 * 1024 * 1024
  const first = `POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`
  const next = 'POST /v1/own HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n'
  const said = await speak(await aFront(false, path), [first, ' '.repeat(length), next], 2)
  expect(said).toContain(`HTTP/1.1 ${status}`)
  expect(said).toContain('{"own":true}')
})
