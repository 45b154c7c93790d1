import { beforeAll, expect, test } from 'vitest'
import type { Household, HouseholdSuggestion } from '#modules/companies/household-contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const phone = '+8613800138000'
const suggestions = async (ws: TestWorkspace) =>
  (await ws.call<{ items: HouseholdSuggestion[] }>('GET', '/api/household-suggestions')).body.items

/** A parent and children who gave the parent's phone. */
async function family(ws: TestWorkspace, children: number): Promise<Map<string, string>> {
  const who = ['parent', ...Array.from({ length: children }, (_, i) => `child${i + 1}`)]
  await ws.send(
    ...who.map((userId) => ({
      type: 'identify',
      userId,
      traits: { name: userId, phone, ...(userId === 'parent' ? {} : { grade: '三年级' }) },
    })),
  )
  await ws.settled()
  const ids = new Map<string, string>()
  for (const userId of who) {
    const { body } = await ws.call<{ items: { id: string; name: string }[] }>(
      'GET',
      `/api/profiles?identifier=user_id:${userId}`,
    )
    ids.set(userId, body.items[0]?.id as string)
  }
  return ids
}

test('people who share a phone are suggested with a guess of their roles; confirming settles the review', async () => {
  const ws = await app.workspace()
  const ids = await family(ws, 3)
  const review = async () =>
    (await ws.call<{ items: { reason: string }[] }>('GET', '/api/identity-review')).body.items
  expect((await review()).map((one) => one.reason)).toEqual(['shared'])
  const [found] = await suggestions(ws)
  expect(found?.contact).toEqual({ kind: 'phone', value: phone })
  const people = found!.people
    .map((one) => ({ person: one.id, role: one.role, main: one.name === 'parent' }))
    .toSorted((a, b) => Number(b.main) - Number(a.main))
  expect(people.map((one) => one.role)).toEqual(['guardian', 'student', 'student', 'student'])
  const made = await ws.call<Household>('POST', '/api/households', { people, suggestion: found?.id })
  expect(made.status).toBe(201)
  expect(made.body.contact).toEqual({ kind: 'phone', value: phone })
  expect(made.body.people[0]).toMatchObject({ id: ids.get('parent'), role: 'guardian', main: true })
  expect(await suggestions(ws)).toEqual([])
  expect(await review()).toEqual([])
  const { body } = await ws.call<{ items: Household[] }>(
    'GET',
    `/api/profiles/${ids.get('child2')}/households`,
  )
  expect(body.items.map((one) => one.id)).toEqual([made.body.id])
})

test('roles and people change, a household is dissolved and restored, and rules follow', async () => {
  const ws = await app.workspace()
  const ids = await family(ws, 2)
  const placed = (names: string[]) =>
    names.map((name) => ({
      person: ids.get(name),
      role: name === 'parent' ? 'guardian' : 'student',
      main: name === 'parent',
    }))
  const { body: segment } = await ws.call<{ id: string }>('POST', '/api/segments', {
    name: 'Parents of who attended',
    rule: { household: { role: 'guardian', did: { event: 'Lesson Attended' } } },
  })
  const inIt = async () =>
    (await ws.call<{ items: { id: string }[] }>('GET', `/api/segments/${segment.id}/members`)).body.items.map(
      (one) => one.id,
    )
  for (let tries = 0; tries < 400; tries++) {
    const { body } = await ws.call<{ state: string }>('GET', `/api/segments/${segment.id}`)
    if (body.state === 'live') break
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  const { body: household } = await ws.call<Household>('POST', '/api/households', {
    name: '王家',
    people: placed(['parent', 'child1']),
  })
  const url = `/api/households/${household.id}`
  await ws.send({ type: 'track', userId: 'child2', event: 'Lesson Attended' })
  await ws.settled()
  expect(await inIt()).toEqual([])
  await ws.call('PATCH', url, { people: placed(['parent', 'child1', 'child2']) })
  expect(await inIt()).toEqual([ids.get('parent')])
  await ws.call('PATCH', url, { people: placed(['parent', 'child1']) })
  expect(await inIt()).toEqual([])
  await ws.send({ type: 'track', userId: 'child1', event: 'Lesson Attended' })
  await ws.settled()
  expect(await inIt()).toEqual([ids.get('parent')])
  await ws.call('DELETE', url)
  expect(await inIt()).toEqual([])
  expect((await ws.call<Household>('POST', `${url}/restore`)).body.people).toHaveLength(2)
  expect(await inIt()).toEqual([ids.get('parent')])
  const { body: explained } = await ws.call<{ holds: boolean }>('POST', '/api/segments/explain', {
    rule: { household: { role: 'guardian', did: { event: 'Lesson Attended' } } },
    profileId: ids.get('parent'),
  })
  expect(explained.holds).toBe(true)
  const list = async (search: string) =>
    (await ws.call<{ items: Household[] }>('GET', `/api/households?search=${search}`)).body.items.length
  expect([await list(encodeURIComponent('王')), await list('child1'), await list('nobody')]).toEqual([
    1, 1, 0,
  ])
})

test('a dismissed suggestion comes back only when more people share the contact', async () => {
  const ws = await app.workspace()
  await family(ws, 1)
  const [found] = await suggestions(ws)
  expect((await ws.call('POST', `/api/household-suggestions/${found?.id}/dismiss`)).status).toBe(204)
  expect(await suggestions(ws)).toEqual([])
  await family(ws, 2)
  expect((await suggestions(ws)).map((one) => one.people.length)).toEqual([3])
})
