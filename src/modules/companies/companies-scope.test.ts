import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Company, CompanyPerson, PersonCompany } from '#modules/companies/contract.ts'
import type { Household, HouseholdSuggestion } from '#modules/companies/household-contract.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

async function personOf(ws: TestWorkspace, userId: string): Promise<string> {
  const { body } = await ws.call<{ items: { id: string }[] }>(
    'GET',
    `/api/profiles?identifier=user_id:${userId}`,
  )
  return body.items[0]?.id as string
}

test('who sees only their own sees their companies, and in them their people', async () => {
  const ws = await app.workspace()
  const group = (userId: string, groupId: string) => ({
    type: 'group',
    userId,
    groupId,
    traits: { name: groupId, domain: `${groupId}.io` },
  })
  await ws.send(
    ...[group('mine', 'a'), group('other', 'a'), group('mine', 'b')],
    { type: 'track', userId: 'other', event: 'Hidden' },
    { type: 'identify', userId: 'hidden', traits: { email: 'hidden@a.io' } },
  )
  await ws.settled()
  const rep = await joinMember(app, ws, 'rep@example.org', {
    scope: 'self',
    permissions: ['people:read', 'people:unmask', 'company:read', 'company:write', 'segment:read'],
  })
  const mine = await personOf(ws, 'mine')
  await ws.call('POST', `/api/profiles/owner`, { ids: [mine], owner: rep.id })
  const { body: all } = await ws.call<{ items: Company[] }>('GET', '/api/companies?sort=name')
  const [a, b] = all.items as [Company, Company]
  expect(a.people).toBe(2)
  await ws.call('PATCH', `/api/companies/${a.id}`, { owner: rep.id })
  const { body: seen } = await rep.call<{ items: Company[] }>('GET', '/api/companies?sort=name')
  expect(seen.items.map((one) => [one.name, one.people])).toEqual([['a', 1]])
  expect((await rep.call<{ count: number }>('GET', '/api/companies/count')).body.count).toBe(1)
  const { body: people } = await rep.call<{ items: CompanyPerson[] }>('GET', `/api/companies/${a.id}/people`)
  expect(people.items.map((one) => one.id)).toEqual([mine])
  const { body: done } = await rep.call<{ items: unknown[] }>('GET', `/api/companies/${a.id}/activity`)
  expect(done.items).toEqual([])
  const { body: suggested } = await rep.call<{ items: unknown[] }>(
    'GET',
    `/api/companies/${a.id}/suggestions`,
  )
  expect(suggested.items).toEqual([])
  for (const [method, url, body] of [
    ['GET', `/api/companies/${b.id}`],
    ['PATCH', `/api/companies/${b.id}`, { name: 'x' }],
    ['DELETE', `/api/companies/${b.id}`],
    ['GET', `/api/companies/${b.id}/people`],
    ['GET', `/api/companies/${b.id}/segments`],
    ['POST', '/api/companies', { externalId: 'b', name: 'x' }],
  ] as const)
    expect((await rep.call<{ code: string }>(method, url, body)).body.code, `${method} ${url}`).toBe(
      'company.missing',
    )
  await ws.call('DELETE', `/api/companies/${b.id}`)
  const revived = { externalId: 'b', name: 'x' }
  expect((await rep.call('POST', '/api/companies', revived)).status).toBe(404)
  await ws.call('POST', `/api/companies/${b.id}/restore`)
  const { body: of } = await rep.call<{ items: PersonCompany[] }>('GET', `/api/profiles/${mine}/companies`)
  expect(of.items.map((one) => [one.name, one.visible]).toSorted()).toEqual([
    ['a', true],
    ['b', false],
  ])
})

test('an erased person belongs to nothing any more, and nothing kept names them', async () => {
  const ws = await app.workspace()
  await ws.send(
    { type: 'group', messageId: 'm-zqmark', userId: 'zqmark', groupId: 'a', traits: { name: 'A' } },
    { type: 'group', userId: 'bob', groupId: 'a', traits: { name: 'A' } },
    { type: 'identify', userId: 'zqmark', traits: { phone: '+8613800138000' } },
    { type: 'identify', userId: 'bob', traits: { phone: '+8613800138000' } },
  )
  await ws.settled()
  const [gone, bob] = [await personOf(ws, 'zqmark'), await personOf(ws, 'bob')]
  await ws.call('POST', '/api/households', {
    name: 'zqmark',
    people: [
      { person: gone, role: 'guardian', main: true },
      { person: bob, role: 'student' },
    ],
  })
  const { body: told } = await ws.call<Record<string, { name: string }[]>>(
    'GET',
    `/api/profiles/${gone}/export`,
  )
  expect(JSON.stringify(told)).toContain('"name":"A"')
  const erased = await ws.call<{ id?: string }>('DELETE', `/api/profiles/${gone}`, { reason: 'asked' })
  expect(erased.status).toBeLessThan(300)
  for (let tries = 0; tries < 400; tries++) {
    if ((await ws.call('GET', `/api/profiles/${gone}`)).status === 404) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await ws.settled()
  const { body } = await ws.call<{ items: Company[] }>('GET', '/api/companies?sort=name')
  expect(body.items.map((one) => [one.name, one.people])).toEqual([['A', 1]])
  // Stores are asked to forget after the person is nobody.
  const left = () =>
    app.database.system((tx) =>
      tx.row<{ n: number }>(sql`select count(*)::int as n from companies.circle c
        where c.kind = 'company' and to_jsonb(c)::text like '%zqmark%'`),
    )
  for (let tries = 0; tries < 400 && (await left())?.n !== 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await left())?.n).toBe(0)
})

test('who lies in the bin is counted in no company, and rules see that', async () => {
  const ws = await app.workspace()
  await ws.send(
    { type: 'group', userId: 'ann', groupId: 'a', traits: { name: 'A' } },
    { type: 'group', userId: 'bob', groupId: 'a', traits: { name: 'A' } },
  )
  await ws.settled()
  const people = async () =>
    (await ws.call<{ items: Company[] }>('GET', '/api/companies')).body.items.map((one) => one.people)
  const alone = { company: { people: { op: 'eq', value: 1 } } }
  const held = async () =>
    (await ws.call<{ count: number }>('POST', '/api/segments/preview', { rule: alone })).body.count
  expect([await people(), await held()]).toEqual([[2], 0])
  expect(
    (await ws.call('POST', '/api/profiles/trash', { ids: [await personOf(ws, 'bob')] })).status,
  ).toBeLessThan(300)
  expect([await people(), await held()]).toEqual([[1], 1])
  const { body } = await ws.call<{ holds: boolean }>('POST', '/api/segments/explain', {
    rule: alone,
    profileId: await personOf(ws, 'ann'),
  })
  expect(body.holds).toBe(true)
})

test('nobody decides about households and suggestions of people they do not see', async () => {
  const ws = await app.workspace()
  const phone = '+8613800138000'
  await ws.send(
    ...['ann', 'bob', 'cat'].map((userId) => ({ type: 'identify', userId, traits: { name: userId, phone } })),
    { type: 'identify', userId: 'dan', traits: { name: 'dan' } },
  )
  await ws.settled()
  const rep = await joinMember(app, ws, 'rep@households.example', {
    scope: 'self',
    permissions: ['people:read', 'people:write'],
  })
  const suggested = async () =>
    (await ws.call<{ items: HouseholdSuggestion[] }>('GET', '/api/household-suggestions')).body.items
  const suggestion = (await suggested())[0]?.id
  const [cat, dan] = [await personOf(ws, 'cat'), await personOf(ws, 'dan')]
  await ws.call('POST', '/api/profiles/owner', { ids: [cat, dan], owner: rep.id })
  const asked = [
    await rep.call('POST', `/api/household-suggestions/${suggestion}/dismiss`),
    await rep.call('POST', '/api/households', {
      people: [
        { person: cat, role: 'other', main: true },
        { person: dan, role: 'other' },
      ],
      suggestion,
    }),
  ]
  expect(asked).toMatchObject([
    { status: 404, body: { code: 'household.no_suggestion' } },
    { status: 404, body: { code: 'household.no_suggestion' } },
  ])
  expect(await suggested()).toHaveLength(1)
  const { body: made } = await ws.call<Household>('POST', '/api/households', {
    people: [
      { person: await personOf(ws, 'ann'), role: 'guardian', main: true },
      { person: await personOf(ws, 'bob'), role: 'student' },
    ],
  })
  const url = `/api/households/${made.id}`
  await ws.call('DELETE', url)
  expect((await rep.call('POST', `${url}/restore`)).status).toBe(404)
  expect((await ws.call('GET', url)).status).toBe(404)
  expect((await ws.call('POST', `${url}/restore`)).status).toBe(200)
})
