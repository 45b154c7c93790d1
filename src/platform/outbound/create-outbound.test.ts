import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOutbound, type Resolve } from '#platform/outbound/create-outbound.ts'
import { isPublicAddress, readAllowed } from '#platform/outbound/public-address.ts'
import { hostileUrls } from '#platform/outbound/testing/hostile-urls.ts'

let canary: Server
let port: number
let connections = 0
let requests: string[] = []

beforeAll(async () => {
  canary = createServer((request, reply) => {
    requests.push(`${request.method} ${request.url}`)
    if (request.url === '/redirect')
      reply.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end()
    else if (request.url === '/large') reply.end(Buffer.alloc(100_000))
    else if (request.url === '/endless') reply.write('never ends')
    else request.pipe(reply)
  })
  canary.on('connection', () => connections++)
  // On every address of this machine, IPv6 where there is some.
  await new Promise<void>((resolve) => canary.listen(0, resolve))
  port = (canary.address() as AddressInfo).port
})
afterAll(() => {
  canary.closeAllConnections()
  return new Promise((resolve) => canary.close(resolve))
})

const at = (...addresses: string[]) =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
/** The attacker's DNS: inner addresses, alone, among public ones, or none at all. */
const hostileDns: Resolve = async (host) => {
  if (host === 'mixed.example') return at('93.184.215.14', '127.0.0.1')
  if (host === 'mixed6.example') return at('2606:4700::1111', '::ffff:127.0.0.1')
  if (host === 'empty.example') return []
  return at('127.0.0.1')
}

test('no hostile address is ever connected to, whether asked for or checked', async () => {
  const urls = hostileUrls(port)
  expect(new Set(urls).size).toBeGreaterThan(200)
  const outbound = createOutbound({ allow: [], resolve: hostileDns })
  connections = 0
  const codes = new Map<string, unknown>()
  for (const url of urls) {
    const sent = await outbound(url).catch((error: { code?: string }) => error)
    const checked = await outbound.check(url).catch((error: { code?: string }) => error)
    codes.set(url, [(sent as { code?: string }).code, (checked as { code?: string } | undefined)?.code])
  }
  const fine = ['outbound.refused_target', 'outbound.bad_url']
  const other = [...codes].filter(([, pair]) => !(pair as string[]).every((code) => fine.includes(code)))
  expect(other).toEqual([])
  expect(connections).toBe(0)
  await outbound.close()
})

test('a name that is public when checked and inner when connected to is refused, every time', async () => {
  let asked = 0
  const rebinding: Resolve = async () => (asked++ % 2 === 0 ? at('93.184.215.14') : at('127.0.0.1'))
  const outbound = createOutbound({ allow: [], resolve: rebinding })
  connections = 0
  for (let round = 0; round < 5; round++) {
    await outbound.check('http://rebind.example/')
    await expect(outbound('http://rebind.example/')).rejects.toMatchObject({
      code: 'outbound.refused_target',
    })
  }
  expect([connections, asked]).toEqual([0, 10])
  await outbound.close()
})

test('what is judged is what is connected to: one look-up per request, none in between', async () => {
  let asked = 0
  const once: Resolve = async () => {
    asked++
    return asked === 1 ? at('127.0.0.1') : at('10.0.0.1')
  }
  const outbound = createOutbound({ allow: [`inner.example:${port}`], resolve: once })
  expect((await outbound(`http://inner.example:${port}/`)).status).toBe(200)
  expect(asked).toBe(1)
  await outbound.close()
})

test('allowed targets are reached, and only those', async () => {
  const outbound = createOutbound({ allow: [`localhost:${port}`, '127.0.0.0/30'] })
  const answer = await outbound(`http://127.0.0.1:${port}/hook`, { method: 'POST', body: 'payload' })
  expect([answer.status, answer.body.toString()]).toEqual([200, 'payload'])
  expect((await outbound(`http://localhost:${port}/`)).status).toBe(200)
  await expect(outbound(`http://127.0.0.4:${port}/`)).rejects.toMatchObject({
    code: 'outbound.refused_target',
  })
  await expect(outbound(`http://localhost:${port + 1}/`)).rejects.toMatchObject({
    code: 'outbound.refused_target',
  })
  await outbound.close()
})

test('redirects are answers, not journeys', async () => {
  const outbound = createOutbound({ allow: [`127.0.0.1:${port}`] })
  requests = []
  expect(await outbound(`http://127.0.0.1:${port}/redirect`)).toMatchObject({ status: 302 })
  expect(requests).toEqual(['GET /redirect'])
  await outbound.close()
})

test('an answer too large or too slow is given up', async () => {
  const outbound = createOutbound({ allow: [`127.0.0.1:${port}`] })
  const ask = (path: string, options = {}) => outbound(`http://127.0.0.1:${port}${path}`, options)
  await expect(ask('/large')).rejects.toMatchObject({ code: 'outbound.answer_too_large' })
  expect((await ask('/large', { maxBytes: 100_000 })).body).toHaveLength(100_000)
  expect((await ask('/large', { maxBytes: 1000, cut: true })).body).toHaveLength(1000)
  await expect(ask('/endless', { timeout: 100 })).rejects.toMatchObject({ code: 'outbound.timed_out' })
  await expect(ask('/endless', { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
  await outbound.close()
})

test('public means the internet, to one host', () => {
  for (const address of ['1.1.1.1', '93.184.215.14', '2606:4700::1111', '2a00:1450::1', '::ffff:8.8.8.8'])
    expect([address, isPublicAddress(address)]).toEqual([address, true])
  for (const address of [
    '',
    'localhost',
    '127.1',
    '0x7f000001',
    '64:ff9b::808:808',
    '2002:808:808::',
    '::8.8.8.8',
    '1fff::1',
  ])
    expect([address, isPublicAddress(address)]).toEqual([address, false])
})

test('the list of allowed targets is read strictly', () => {
  const allowed = readAllowed(['Mail.Internal:8025', '10.1.0.0/16', '[::1]:9000', 'fd00::/8'])
  expect(allowed('mail.internal', 8025, '10.9.9.9')).toBe(true)
  expect(allowed('mail.internal', 25, '10.9.9.9')).toBe(false)
  expect(allowed('x', 80, '10.1.2.3')).toBe(true)
  expect(allowed('x', 80, '::ffff:10.1.2.3')).toBe(true)
  expect(allowed('x', 80, '10.2.0.1')).toBe(false)
  expect(allowed('::1', 9000, '::1')).toBe(true)
  expect(allowed('x', 80, 'fd12::1')).toBe(true)
  for (const bad of ['localhost', '10.0.0.0/33', 'http://a:80', ':80', 'a:b'])
    expect(() => readAllowed([bad]), bad).toThrow(bad)
})
