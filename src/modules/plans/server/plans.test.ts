import { beforeAll, expect, test } from 'vitest'
import type { LiveEvent } from '#modules/collect/contract.ts'
import type { Plan, Violation } from '#modules/plans/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const amount = { path: 'amount', type: 'number', required: true }
const events = [{ name: 'Paid', properties: [amount, { path: 'currency', allowed: ['CNY'] }] }]
const paid = (messageId: string, properties: object, userId = 'u1') => ({
  type: 'track',
  event: 'Paid',
  userId,
  messageId,
  properties,
})
const save = (ws: TestWorkspace, plan: object) => ws.call<Plan>('PUT', '/api/tracking-plan', plan)
const violations = async (ws: TestWorkspace, query = '') =>
  (await ws.call<{ items: Violation[] }>('GET', `/api/tracking-plan/violations${query}`)).body.items
const outcomes = async (ws: TestWorkspace) =>
  (await ws.call<{ outcomes: Record<string, number> }>('GET', '/api/status')).body.outcomes
const live = async (ws: TestWorkspace, query = '') =>
  (await ws.call<{ items: LiveEvent[] }>('GET', `/api/events/live?limit=50${query}`)).body.items

test('mark: what differs is stored and counted by event, property, reason and source', async () => {
  const ws = await app.workspace()
  await save(ws, { events, unplanned: 'mark' })
  await ws.send(paid('m1', { amount: 5, currency: 'CNY' }), paid('m2', { amount: '5', currency: 'EUR' }))
  await ws.send(paid('m3', { currency: 'EUR' }), {
    type: 'track',
    event: 'Payed',
    userId: 'u1',
    messageId: 'm4',
  })
  await ws.send(paid('m3', { currency: 'EUR' })) // a repeat is not counted again
  await ws.settled()
  expect(await outcomes(ws)).toEqual({ stored: 4, duplicate: 1, conflict: 0, rejected: 0 })
  const found = await violations(ws)
  expect(found.map((one) => [one.event, one.property, one.reason, one.count])).toEqual([
    ['Paid', 'currency', 'not_allowed', 2],
    ['Paid', 'amount', 'missing', 1],
    ['Paid', 'amount', 'wrong_type', 1],
    ['Payed', '', 'unplanned', 1],
  ])
  expect(new Set(found.map((one) => one.source.name)).size).toBe(1)
  expect(found[0]?.source).toMatchObject({ kind: 'source', name: expect.not.stringMatching(/^wk_/) })
  const missing = found.find((one) => one.reason === 'missing')
  const [seq, index] = (missing?.example ?? '').split(':')
  const [item] = await live(ws, `&before=${seq}:${Number(index) + 1}`)
  expect([item?.id, item?.messageId]).toEqual([missing?.example, 'm3'])
  expect(await violations(ws, '?event=Payed')).toHaveLength(1)
})

test('block: what differs is rejected and told why in Live events; put right, the same message is stored', async () => {
  const ws = await app.workspace()
  await save(ws, { mode: 'block', unplanned: 'mark', events })
  await ws.send(paid('m1', { amount: 5 }), paid('m2', { amount: 'five', currency: 'EUR' }))
  await ws.send({ type: 'track', event: 'Other', userId: 'u1', messageId: 'm3' })
  await ws.settled()
  expect(await outcomes(ws)).toEqual({ stored: 2, duplicate: 0, conflict: 0, rejected: 1 })
  const [blocked] = await live(ws, '&outcome=rejected')
  expect(blocked).toMatchObject({ messageId: 'm2', reason: 'event.violates_plan' })
  expect(blocked?.faults).toEqual([
    { property: 'amount', reason: 'wrong_type' },
    { property: 'currency', reason: 'not_allowed' },
  ])
  expect((await violations(ws)).map((one) => one.count)).toEqual([1, 1, 1])
  await ws.send(paid('m2', { amount: 5 }))
  await ws.settled()
  expect(await outcomes(ws)).toMatchObject({ stored: 3, rejected: 1 })
})

test('a plan judges what comes after it; what was blocked is explained by the version that blocked it', async () => {
  const ws = await app.workspace()
  await ws.send(paid('m0', {}))
  await ws.settled()
  expect((await ws.call<Plan>('GET', '/api/tracking-plan')).body).toMatchObject({ version: 0, events: [] })
  expect((await save(ws, { mode: 'block', events })).body).toMatchObject({ version: 1, mode: 'block' })
  await ws.send(paid('m1', {}))
  await ws.settled()
  expect((await save(ws, { mode: 'block', events: [] })).body.version).toBe(2)
  await ws.send(paid('m2', {}))
  await ws.settled()
  const [blocked, ...more] = await live(ws, '&outcome=rejected')
  expect(more).toEqual([])
  expect(blocked).toMatchObject({ messageId: 'm1', faults: [{ property: 'amount', reason: 'missing' }] })
  expect(await violations(ws)).toMatchObject([{ count: 1, version: 1 }])
})

test('a rebuild stores what was stored, whatever the plan says now', async () => {
  const ws = await app.workspace()
  await save(ws, { mode: 'block', events })
  await ws.send(paid('m1', {}), paid('m2', { amount: 1 }))
  await ws.settled()
  await save(ws, {
    mode: 'block',
    events: [{ name: 'Paid', properties: [{ path: 'never', required: true }] }],
  })
  await app.collect.rebuild(async () => undefined)
  const { body } = await ws.call<{ items: { name: string; count: number }[] }>('GET', '/api/events/names')
  expect(body.items).toMatchObject([{ name: 'Paid', count: 1 }])
  expect(await violations(ws)).toMatchObject([{ property: 'amount', count: 1 }])
})

test('workspaces do not judge each other', async () => {
  const [strict, free] = [await app.workspace(), await app.workspace()]
  await save(strict, { mode: 'block', events })
  await free.send(paid('m1', {}))
  await strict.send(paid('m1', {}))
  await free.settled()
  await strict.settled()
  expect(await outcomes(free)).toMatchObject({ stored: 1, rejected: 0 })
  expect(await outcomes(strict)).toMatchObject({ stored: 0, rejected: 1 })
  expect(await violations(free)).toEqual([])
})

test('a change of a plan that somebody else changed is refused; contradictions are named', async () => {
  const ws = await app.workspace()
  await save(ws, { events, base: 0 })
  expect((await save(ws, { events: [], base: 0 })).body).toMatchObject({
    status: 409,
    code: 'plan.changed_meanwhile',
  })
  expect((await save(ws, { events: [], base: 1 })).body).toMatchObject({ version: 2 })
  const refused = async (properties: unknown[]) =>
    (await save(ws, { events: [{ name: 'Paid', properties }] })).body as unknown as {
      code: string
      path: string
    }
  const at = (rest: string) => ({ code: 'plan.invalid', path: `/body/events/0/properties/${rest}` })
  expect(await refused([amount, amount])).toMatchObject(at('1/path'))
  expect(await refused([{ path: 'a', pattern: '(' }])).toMatchObject(at('0/pattern'))
  expect(await refused([{ path: 'a', pattern: 'a(?=b)' }])).toMatchObject(at('0/pattern'))
  expect(await refused([{ path: 'a', type: 'number', allowed: ['1'] }])).toMatchObject(at('0/allowed'))
  const twice = await save(ws, { events: [events[0], events[0]] })
  expect(twice.body).toMatchObject({ code: 'plan.invalid', path: '/body/events/1/name' })
})

test('the plan goes out as JSON Schema and comes in again', async () => {
  const ws = await app.workspace()
  await save(ws, { mode: 'block', events })
  const { body: schema } = await ws.call('GET', '/api/tracking-plan/json-schema')
  expect(schema).toMatchObject({ $defs: { Paid: { required: ['amount'] } } })
  const other = await app.workspace()
  const taken = await other.call<Plan>('PUT', '/api/tracking-plan/json-schema', { schema, base: 0 })
  expect(taken.body).toMatchObject({ version: 1, mode: 'block', events: [{ name: 'Paid' }] })
  await other.send(paid('m1', {}))
  await other.settled()
  expect(await outcomes(other)).toMatchObject({ rejected: 1 })
})
