import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { CouponCode, CouponPool } from '#modules/content/contract/coupon.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
let people: string[]
let made = 0
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  await ws.send(
    ...[1, 2, 3, 4].map((n) => ({ type: 'identify', userId: `u${n}`, traits: { name: `n${n}` } })),
  )
  await ws.settled()
  const { body } = await ws.call<{ items: { id: string }[] }>('GET', '/api/profiles')
  people = body.items.map(({ id }) => id)
})

type Failed = { code: string }
const pool = async (codes: string[], more = {}) =>
  (
    await ws.call<CouponPool>('POST', '/api/coupon-pools', {
      name: `Pool ${++made}`,
      lowAt: 0,
      codes,
      ...more,
    })
  ).body
const assign = (id: string, person: string | undefined, purpose: string) =>
  ws.call<CouponCode & Failed>('POST', `/api/coupon-pools/${id}/assign`, { person, purpose })
const codesOf = (count: number) => Array.from({ length: count }, (_, at) => `C${++made}-${at}`)

test('whoever claims at once: one code for each person and purpose, none given twice, none left lying', async () => {
  const claim = fc.record({ person: fc.nat(3), purpose: fc.constantFrom('a', 'b', 'c') })
  await fc.assert(
    fc.asyncProperty(fc.array(claim, { minLength: 1, maxLength: 20 }), fc.nat(8), async (claims, size) => {
      const { id } = await pool(codesOf(size))
      const given = await Promise.all(
        claims.map(({ person, purpose }) => assign(id, people[person], purpose)),
      )
      const codes = new Map<string, Set<string>>()
      given.forEach(({ status, body }, at) => {
        const key = `${claims[at]?.person} ${claims[at]?.purpose}`
        if (status === 200) codes.set(key, (codes.get(key) ?? new Set()).add(body.code))
        else expect(body.code).toBe('coupon.pool_empty')
      })
      const different = new Set(claims.map(({ person, purpose }) => `${person} ${purpose}`)).size
      expect([...codes.values()].map((one) => one.size)).toEqual([...codes.values()].map(() => 1))
      expect(new Set([...codes.values()].flatMap((one) => [...one])).size).toBe(codes.size)
      const { body } = await ws.call<CouponPool>('GET', `/api/coupon-pools/${id}`)
      expect(body.assigned).toBe(codes.size)
      expect(codes.size).toBe(Math.min(size, different))
    }),
    { numRuns: 15 },
  )
}, 120_000)

test('codes are generated, added, given only while valid, and used once', async () => {
  const generated = await pool([], { generate: { count: 500, prefix: 'NEW-', length: 8 } })
  expect(generated.codes).toBe(500)
  const added = await ws.call('POST', `/api/coupon-pools/${generated.id}/codes`, {
    codes: ['X1', 'X1', 'X2'],
  })
  expect(added.body).toEqual({ added: 2, known: 1 })
  const other = await ws.call<Failed>('POST', '/api/coupon-pools', { name: 'taken', codes: ['X1'] })
  expect(other.body.code).toBe('coupon.code_taken')
  const ended = await pool(codesOf(1), { validUntil: new Date(app.clock.now() - 1000).toISOString() })
  expect((await assign(ended.id, people[0], 'x')).body.code).toBe('coupon.not_valid')
  const used = await ws.call('POST', '/api/coupons/redeem', { code: 'X2' })
  expect(used.status).toBe(200)
  expect((await ws.call<Failed>('POST', '/api/coupons/redeem', { code: 'X2' })).body.code).toBe(
    'coupon.redeemed',
  )
  expect((await ws.call<Failed>('POST', '/api/coupons/redeem', { code: 'none' })).body.code).toBe(
    'coupon.missing',
  )
})

test('who looks after templates is told once that a pool is low, and again after it was filled', async () => {
  const { id } = await pool(codesOf(3), { lowAt: 1 })
  const told = async () => {
    const { rows } = await app.database.system((tx) =>
      tx.client.query('select told_low from content.coupon_pool where id = $1', [id]),
    )
    return rows[0]?.told_low
  }
  await assign(id, people[0], 'low')
  expect(await told()).toBe(false)
  await assign(id, people[1], 'low')
  expect(await told()).toBe(true)
  await ws.call('POST', `/api/coupon-pools/${id}/codes`, { codes: codesOf(5) })
  expect(await told()).toBe(false)
})
