import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { scopeKinds } from '#modules/access/permissions.ts'
import { isAddressRange, isFrom, narrower } from '#modules/access/server/keys/key-limits.ts'
import { createKeyRate } from '#modules/access/server/keys/key-rate.ts'
import { createLog } from '#platform/log.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
})

type Key = {
  id: string
  secret: string
  scope: string | null
  perMinute: number
  allowedIps: string[] | null
}
const make = async (body: object, headers?: Record<string, string>) =>
  ws.call<Key>('POST', '/api/api-keys', { name: 'k', ...body }, headers)
const ask = (secret: string, remoteAddress = '127.0.0.1') =>
  app.server.inject({
    method: 'GET',
    url: '/api/profiles?limit=1',
    headers: { authorization: `Bearer ${secret}` },
    remoteAddress,
  })

test('a key over its requests a minute is told when to come back, and may in the next minute', async () => {
  app.clock.set(Math.ceil(app.clock.now() / 60_000) * 60_000 + 1000)
  const { body } = await make({ perMinute: 3 })
  const replies = [await ask(body.secret), await ask(body.secret), await ask(body.secret)]
  expect(replies.map((one) => one.statusCode)).toEqual([200, 200, 200])
  expect(replies.map((one) => one.headers['ratelimit-remaining'])).toEqual(['2', '1', '0'])
  const over = await ask(body.secret)
  expect(over.statusCode).toBe(429)
  expect(over.json()).toMatchObject({ code: 'access.key_limit', limit: 3 })
  const wait = Number(over.headers['retry-after'])
  expect(wait).toBeGreaterThan(30)
  expect(over.headers['ratelimit-reset']).toBe(String(wait))
  // Others are not held up.
  expect((await ws.call('GET', '/api/profiles?limit=1')).status).toBe(200)
  app.clock.advance(wait * 1000)
  expect((await ask(body.secret)).statusCode).toBe(200)
})

test('two processes together keep to the limit, but for what they let through in a second', async () => {
  const { body } = await make({ perMinute: 10 })
  const num = await app.database.system(async (tx) => {
    const rows = await tx.client.query('select num from platform.workspace where id = $1', [ws.id])
    return rows.rows[0].num as number
  })
  let now = Math.ceil(app.clock.now() / 60_000) * 60_000
  const clock = { now: () => now }
  const key = { workspace: num, id: body.id, perMinute: 10 }
  const open = () => createKeyRate({ database: app.database, clock, log: createLog('silent') })
  const [one, two] = [open(), open()]
  const uses = async () => {
    const rows = await app.database.system((tx) =>
      tx.client.query('select requests from access.key_use where key_id = $1', [body.id]),
    )
    return Number(rows.rows[0]?.requests ?? 0)
  }
  for (let i = 0; i < 6; i++) expect(one(key).allowed).toBe(true)
  now += 1000
  expect(one(key).allowed).toBe(true) // tells of seven
  await expect.poll(uses).toBe(7)
  expect(two(key).allowed).toBe(true)
  now += 1000
  expect(two(key).allowed).toBe(true) // tells of two, hears of seven
  await expect.poll(uses).toBe(9)
  await expect.poll(() => two(key).allowed).toBe(false)
  now += 60_000
  expect(two(key)).toMatchObject({ allowed: true, remaining: 9 })
})

test('a key is used from its addresses only', async () => {
  const { body } = await make({ allowedIps: ['203.0.113.7', '10.0.0.0/8'] })
  expect((await ask(body.secret, '10.1.2.3')).statusCode).toBe(200)
  expect((await ask(body.secret, '203.0.113.7')).statusCode).toBe(200)
  const refused = await ask(body.secret, '203.0.113.8')
  expect(refused.statusCode).toBe(403)
  expect(refused.json()).toMatchObject({ code: 'access.address_denied' })
  expect((await make({ allowedIps: ['10.0.0.0/99'] })).body).toMatchObject({ code: 'access.bad_address' })
})

test('a key that makes a key hands on its limits', async () => {
  const parent = await make({ scope: 'self', perMinute: 100, allowedIps: ['127.0.0.0/8'] })
  const child = await make({}, { authorization: `Bearer ${parent.body.secret}` })
  expect(child.body).toMatchObject({ scope: 'self', perMinute: 100, allowedIps: ['127.0.0.0/8'] })
})

test('a narrowed key sees its maker’s own people only', async () => {
  await ws.send(...[1, 2].map((i) => ({ type: 'identify', userId: `l${i}`, traits: { name: `L${i}` } })))
  await ws.settled()
  const { body: all } = await ws.call<{ items: { id: string }[] }>('GET', '/api/profiles?sort=id')
  const { body: members } = await ws.call<{ items: { id: string }[] }>('GET', '/api/members')
  await ws.call('PUT', `/api/profiles/${all.items[0]?.id}/owner`, { owner: members.items[0]?.id })
  const { body } = await make({ scope: 'self' })
  const seen = await ws.call<{ items: { id: string }[] }>('GET', '/api/profiles', undefined, {
    authorization: `Bearer ${body.secret}`,
  })
  expect(seen.body.items.map((one) => one.id)).toEqual([all.items[0]?.id])
})

test('scopes only ever get narrower; addresses lie in ranges of their own kind', () => {
  const kind = fc.option(fc.constantFrom(...scopeKinds))
  fc.assert(
    fc.property(kind, kind, (a, b) => {
      const both = narrower(a, b)
      const width = (one: typeof a) => (one === null ? scopeKinds.length : scopeKinds.indexOf(one))
      expect(width(both)).toBe(Math.min(width(a), width(b)))
    }),
  )
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV6(), (v4, v6) => {
      expect(isFrom(v4, [v4])).toBe(true)
      expect(isFrom(`::ffff:${v4}`, [v4])).toBe(true)
      expect(isFrom(v4, ['0.0.0.0/0'])).toBe(true)
      expect(isFrom(v4, [v6])).toBe(false)
      expect(isFrom(v6, ['0.0.0.0/0']) && !v6.toLowerCase().includes('::ffff:')).toBe(false)
    }),
  )
  for (const bad of ['', 'localhost', '1.2.3.4/33', '::/129']) expect(isAddressRange(bad)).toBe(false)
  expect(isFrom('not an address', ['0.0.0.0/0'])).toBe(false)
})
