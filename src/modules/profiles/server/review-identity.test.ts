import { beforeAll, expect, test } from 'vitest'
import type { ReviewItem } from '#modules/profiles/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const identify = (userId: string, traits: object) => ({ type: 'identify', userId, traits })
const review = async (ws: TestWorkspace) =>
  (await ws.call<{ items: ReviewItem[] }>('GET', '/api/identity-review')).body.items
const phone = '+8613900000001'

async function sharedPhone() {
  const ws = await app.workspace()
  // Four logins with one phone stay four people; three with another are a family.
  await ws.send(...['a', 'b', 'c', 'd'].map((user) => identify(user, { phone, name: `Name ${user}` })))
  await ws.send(...['e', 'f', 'g'].map((user) => identify(user, { phone: '+8613900000002' })))
  await ws.settled()
  return ws
}

test('a phone of suspiciously many people is found, a family’s is not', async () => {
  const ws = await sharedPhone()
  const items = await review(ws)
  expect(items).toMatchObject([{ reason: 'shared', kind: 'phone', values: [phone], count: 4 }])
  expect(items[0]?.people.map((one) => one.name).sort()).toEqual(['Name a', 'Name b', 'Name c', 'Name d'])
})

test('a person with suspiciously many mails is found; logins and devices have bounds of their own', async () => {
  const ws = await app.workspace()
  await ws.send(...Array.from({ length: 5 }, (_, at) => identify('a', { email: `a${at}@example.com` })))
  await ws.send(...Array.from({ length: 3 }, (_, at) => identify('b', { email: `b${at}@example.com` })))
  const visits = Array.from({ length: 21 }, (_, at) => ({
    type: 'track',
    event: 'E',
    userId: 'b',
    anonymousId: `d${at}`,
  }))
  await ws.send(...visits)
  await ws.settled()
  const items = await review(ws)
  expect(items.map((one) => [one.reason, one.kind, one.count])).toEqual([
    ['crowded', 'anonymous_id', 21],
    ['crowded', 'email', 5],
  ])
  expect(items[1]?.values).toHaveLength(5)
  expect(items[1]?.people).toHaveLength(1)
})

test('what was accepted is gone until it grows', async () => {
  const ws = await sharedPhone()
  const [item] = await review(ws)
  const accept = await ws.call('POST', '/api/identity-review/accept', { id: item?.id, count: item?.count })
  expect(accept.status).toBe(204)
  expect(await review(ws)).toEqual([])
  await ws.send(identify('h', { phone }))
  await ws.settled()
  expect(await review(ws)).toMatchObject([{ id: item?.id, count: 5 }])
})

test('findings are the workspace’s own', async () => {
  const ws = await sharedPhone()
  const other = await app.workspace()
  const [item] = await review(ws)
  expect(await review(other)).toEqual([])
  for (const id of [item?.id, 'shared:per_none', 'else', ''])
    expect(
      (await other.call('POST', '/api/identity-review/accept', { id, count: 4 })).status,
    ).toBeGreaterThan(403)
  expect(await review(ws)).toHaveLength(1)
})
