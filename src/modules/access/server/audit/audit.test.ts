import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '#modules/access/server/audit/canonical-json.ts'
import { accessForEachTest } from '#modules/access/server/testing/access-for-each-test.ts'
import { anOwner, itemsOf } from '#modules/access/server/testing/cast.ts'
import { password, type TestAccess } from '#modules/access/server/testing/start-test-access.ts'
import { Visitor } from '#modules/access/server/testing/visitor.ts'
import { systemCtx } from '#platform/context.ts'

let app: TestAccess
let owner: Visitor
accessForEachTest(async (fresh) => {
  app = fresh
  owner = await anOwner(app)
})

const ctx = () => systemCtx({ num: 1, id: 'ws_1', timezone: 'UTC' }, app.clock.now(), 'test')
const note = (details: Record<string, unknown>) =>
  app.database.write(ctx(), (tx) =>
    app.access.audit(tx, ctx(), { action: 'test.noted', subject: 'x', details }),
  )
const check = async (anchor = '') =>
  (await owner.get(`/api/audit/check${anchor && `?anchor=${anchor}`}`)).body

test('what is done is written down: who, what, when, newest first, page by page', async () => {
  const role = await owner.post('/api/roles', { name: 'R', permissions: ['people:read'], scope: 'self' })
  await owner.post('/api/write-keys', { name: 'Shop' })
  const { body } = await owner.get('/api/audit?limit=2')
  expect(itemsOf(body).map((entry) => entry.action)).toEqual(['write_key.created', 'role.created'])
  expect(itemsOf(body)[1]).toMatchObject({
    seq: 2,
    subject: role.body.id,
    actor: { kind: 'member', name: 'Olga Owner' },
    time: '2026-06-01T08:00:00.000Z',
    details: { name: 'R', permissions: ['people:read'], scope: 'self' },
  })
  const rest = await owner.get(`/api/audit?limit=2&cursor=${body.next}`)
  expect(itemsOf(rest.body).map((entry) => entry.action)).toEqual(['workspace.created'])
  expect(rest.body.next).toBeNull()
  expect(itemsOf((await owner.get('/api/audit?action=role.created')).body)).toHaveLength(1)
})

test('a log-in is written down in the workspace it leads to, a refused one is not', async () => {
  const visitor = new Visitor(app.server)
  await visitor.post('/api/session', { email: 'owner@example.com', password: 'wrong' })
  await visitor.post('/api/session', { email: 'owner@example.com', password })
  expect(itemsOf((await owner.get('/api/audit')).body).map((entry) => entry.action)).toEqual([
    'session.started',
    'workspace.created',
  ])
})

test('an entry is there exactly when its change is', async () => {
  const before = (await check()).entries
  await owner.delete('/api/roles/rol_nothing')
  expect((await check()).entries).toBe(before)
})

test('appends from many at once keep one chain without gaps', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, at) => note({ at })))
  expect(await check()).toMatchObject({ intact: true, entries: 21, brokenAt: null })
})

test('whatever JSON the details hold, the chain survives being stored', async () => {
  const samples = fc.sample(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), {
    numRuns: 40,
    seed: 7,
  })
  const nul = String.fromCharCode(0)
  for (const details of samples) {
    const text = JSON.stringify(details)
    if (!text.includes('\\u0000') && !text.includes(nul)) await note(details as Record<string, unknown>)
  }
  await note({
    big: 2 ** 53,
    small: 1e-7,
    minus: -0,
    deep: [{ b: 1, a: null }],
    date: new Date(0),
    gone: undefined,
  })
  expect(await check()).toMatchObject({ intact: true, brokenAt: null })
})

test.each([
  ['changed', `update access.audit_log set details = '{"at": 99}' where seq = 3`, 3],
  ['given to somebody else', `update access.audit_log set actor_name = 'Somebody' where seq = 3`, 3],
  ['moved in time', `update access.audit_log set at = at + interval '1 ms' where seq = 3`, 3],
  ['dropped', 'delete from access.audit_log where seq = 3', 3],
  ['dropped with its tail', 'delete from access.audit_log where seq >= 3', 3],
  [
    'swapped',
    `update access.audit_log set seq = case seq when 2 then -3 else -2 end where seq in (2, 3);
     update access.audit_log set seq = -seq where seq < 0`,
    2,
  ],
])('an entry that was %s is found', async (_how, tampering, brokenAt) => {
  for (let at = 2; at <= 5; at += 1) await note({ at })
  expect(await check()).toMatchObject({ intact: true, entries: 5 })
  await app.intrude(tampering)
  expect(await check()).toMatchObject({ intact: false, brokenAt })
})

test('a tail cut together with its head is found by an anchor kept elsewhere', async () => {
  for (let at = 2; at <= 5; at += 1) await note({ at })
  const anchor = (await check()).head as string
  await note({ at: 6 })
  expect(await check(anchor)).toMatchObject({ intact: true })
  await app.intrude(`delete from access.audit_log where seq > 3`)
  await app.intrude(
    `update access.audit_head set length = 3, hash = (select hash from access.audit_log where seq = 3)`,
  )
  expect(await check()).toMatchObject({ intact: true, entries: 3 })
  expect(await check(anchor)).toMatchObject({ intact: false, brokenAt: 4 })
  expect((await check('rubbish')).code).toBe('access.bad_anchor')
})

test('canonical JSON depends on the value, not on the order of its keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
    '{"a":true,"b":[1,{"c":"x","d":null}]}',
  )
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(turned)).toBe(canonicalJson(value))
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
