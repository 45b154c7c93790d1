import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Company, CompanyPerson, PersonCompany } from '#modules/companies/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const minute = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString()
let messages = 0
const group = (userId: string, groupId: string, at: number, traits: Record<string, unknown> = {}) => ({
  type: 'group',
  messageId: `g${++messages}`,
  userId,
  groupId,
  traits,
  timestamp: minute(at),
})

async function companies(ws: TestWorkspace, query = '?sort=name') {
  const { body } = await ws.call<{ items: Company[] }>('GET', `/api/companies${query}`)
  return body.items
}
async function peopleOf(ws: TestWorkspace, id: string) {
  const { body } = await ws.call<{ items: CompanyPerson[] }>('GET', `/api/companies/${id}/people`)
  return body.items
}
async function personOf(ws: TestWorkspace, userId: string): Promise<string> {
  const { body } = await ws.call<{ items: { id: string }[] }>(
    'GET',
    `/api/profiles?identifier=user_id:${userId}`,
  )
  return body.items[0]?.id as string
}

/** Everything seen from outside but for ids made at random. */
async function picture(ws: TestWorkspace) {
  const all = []
  for (const { id, ...company } of await companies(ws)) {
    const people = (await peopleOf(ws, id)).map(({ title, since, name }) => ({ title, since, name }))
    all.push({ ...company, people: people.sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1)) })
  }
  return all.sort((a, b) => ((a.externalId ?? '') < (b.externalId ?? '') ? -1 : 1))
}

test('a group call makes the company and who belongs to it; a rebuild restores both', async () => {
  const ws = await app.workspace()
  await ws.send(
    group('u1', 'acme', 5, { name: 'Acme', website: 'https://www.acme.io/x', size: 20, member_title: 'CEO' }),
    group('u2', 'acme', 3, { name: 'Old Acme', size: 10, plan: 'free' }),
    group('u1', 'globex', 4, { name: 'Globex' }),
    {
      type: 'track',
      messageId: 'o1',
      userId: 'u2',
      event: 'Order Completed',
      timestamp: minute(9),
      properties: { order_id: 'o1', revenue: 120, currency: 'CNY' },
    },
  )
  await ws.settled()
  const [acme, globex] = await companies(ws)
  expect(acme).toMatchObject({
    externalId: 'acme',
    name: 'Acme',
    domain: 'acme.io',
    attributes: { name: 'Acme', size: 20, plan: 'free' },
    people: 2,
    lastActivity: minute(9),
    revenue: [{ currency: 'CNY', net: 120, orders: 1 }],
    createdAt: minute(3),
    updatedAt: minute(5),
  })
  expect(globex?.people).toBe(1)
  expect((await peopleOf(ws, acme!.id)).map(({ title, since }) => [title, since])).toEqual([
    ['CEO', minute(5)],
    [null, minute(3)],
  ])
  const { body } = await ws.call<{ items: PersonCompany[] }>(
    'GET',
    `/api/profiles/${await personOf(ws, 'u1')}/companies`,
  )
  expect(body.items.map((one) => [one.name, one.title, one.visible])).toEqual([
    ['Acme', 'CEO', true],
    ['Globex', null, true],
  ])
  const before = await picture(ws)
  await app.collect.rebuild(async () => undefined)
  expect(await picture(ws)).toEqual(before)
  const where = encodeURIComponent(JSON.stringify([{ prop: 'size', op: 'gte', value: 20 }]))
  expect((await companies(ws, `?where=${where}`)).map((one) => one.name)).toEqual(['Acme'])
})

test('arrival order, repeats and batching change nothing', { timeout: 180_000 }, async () => {
  const call = fc.record({
    userId: fc.constantFrom('u1', 'u2', 'u3'),
    groupId: fc.constantFrom('a', 'b'),
    at: fc.integer({ min: 1, max: 5 }),
    traits: fc.record(
      {
        name: fc.constantFrom('One', 'Two'),
        size: fc.integer({ min: 1, max: 3 }),
        member_title: fc.constantFrom('CEO', 'CTO'),
      },
      { requiredKeys: [] },
    ),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { minLength: 2, maxLength: 8 }).chain((list) => {
        const items = list.map((one) => group(one.userId, one.groupId, one.at, one.traits))
        return fc.tuple(
          fc.constant(items),
          fc.shuffledSubarray([...items, ...items.slice(0, 2)], {
            minLength: items.length + Math.min(2, items.length),
          }),
          fc.integer({ min: 1, max: 8 }),
        )
      }),
      async ([items, mixed, cut]) => {
        const [straight, shuffled] = [await app.workspace(), await app.workspace()]
        const identify = ['u1', 'u2', 'u3'].map((userId) => ({
          type: 'identify',
          messageId: `i-${userId}`,
          userId,
          traits: { name: userId },
          timestamp: minute(0),
        }))
        await straight.send(...identify, ...items)
        await shuffled.send(...identify, ...mixed.slice(0, cut))
        await shuffled.settled()
        if (mixed.length > cut) await shuffled.send(...mixed.slice(cut))
        await straight.settled()
        await shuffled.settled()
        expect(await picture(shuffled)).toEqual(await picture(straight))
      },
    ),
    { numRuns: 2, endOnFailure: true },
  )
})

test('memberships follow merges and unmerges with their identifiers', async () => {
  const ws = await app.workspace()
  await ws.send(group('left', 'a', 1, { name: 'A' }), group('right', 'b', 2, { name: 'B' }))
  await ws.settled()
  const [left, right] = [await personOf(ws, 'left'), await personOf(ws, 'right')]
  const of = async (id: string) =>
    (await ws.call<{ items: PersonCompany[] }>('GET', `/api/profiles/${id}/companies`)).body.items.map(
      (one) => one.name,
    )
  const merged = await ws.call('POST', `/api/profiles/${left}/merge`, { with: right })
  expect(merged.status).toBeLessThan(300)
  expect(await of(left)).toEqual(['B', 'A'])
  expect((await companies(ws)).map((one) => one.people)).toEqual([1, 1])
  const parted = await ws.call('POST', `/api/profiles/${left}/unmerge`, {
    identifier: { kind: 'user_id', value: 'right' },
  })
  expect(parted.status).toBeLessThan(300)
  expect([await of(await personOf(ws, 'left')), await of(await personOf(ws, 'right'))]).toEqual([
    ['A'],
    ['B'],
  ])
})

test('an anonymous visitor takes the company along into their login', async () => {
  const ws = await app.workspace()
  const { userId: _none, ...anonymous } = group('', 'a', 1, { name: 'A' })
  await ws.send({ ...anonymous, anonymousId: 'd1' })
  await ws.send({
    type: 'identify',
    messageId: 'i1',
    userId: 'u1',
    anonymousId: 'd1',
    traits: {},
    timestamp: minute(2),
  })
  await ws.settled()
  const { body } = await ws.call<{ items: PersonCompany[] }>(
    'GET',
    `/api/profiles/${await personOf(ws, 'u1')}/companies`,
  )
  expect(body.items.map((one) => one.name)).toEqual(['A'])
})

test('a name or a title that is cut in the middle of a sign harms nobody', async () => {
  const ws = await app.workspace()
  const name = `${'x'.repeat(299)}😀`
  await ws.send(
    group('cut', 'long', 1, { name, member_title: `${'y'.repeat(199)}😀` }),
    group('cut', 'next', 2, { name: 'Next' }),
  )
  await ws.settled()
  const [next, long] = await companies(ws)
  expect([next?.name, long?.name, long?.attributes.name]).toEqual(['Next', `${'x'.repeat(299)}\uFFFD`, name])
  expect((await peopleOf(ws, long?.id as string))[0]?.title).toBe(`${'y'.repeat(199)}\uFFFD`)
})
