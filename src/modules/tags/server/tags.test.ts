import { beforeAll, expect, test } from 'vitest'
import type { Profile } from '#modules/profiles/contract.ts'
import type { Tag } from '#modules/tags/contract.ts'
import { unsaid } from '#modules/tags/server/tag-store.ts'
import { growTree } from '#modules/tags/server/tag-tree.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type List<T> = { items: T[]; next: string | null }

async function workspaceWith(...userIds: string[]): Promise<TestWorkspace> {
  const ws = await app.workspace()
  await ws.send(
    ...userIds.map((userId) => ({ type: 'identify', messageId: userId, userId, traits: { name: userId } })),
  )
  await ws.settled()
  return ws
}
const personOf = async (ws: TestWorkspace, userId: string): Promise<Profile> =>
  (await ws.call<List<Profile>>('GET', `/api/profiles?identifier=user_id:${userId}`)).body.items[0] as Profile
const assign = async (ws: TestWorkspace, userId: string, add: string[], remove: string[] = []) =>
  ws.call<Profile>('POST', `/api/profiles/${(await personOf(ws, userId)).id}/tags`, { add, remove })
const create = async (ws: TestWorkspace, name: string, parent: string | null = null) =>
  (await ws.call<Tag & { code?: string }>('POST', '/api/tags', { name, parent })).body
const list = async (ws: TestWorkspace) => (await ws.call<List<Tag>>('GET', '/api/tags')).body.items
const holders = async (ws: TestWorkspace, tag: string) => {
  const rule = encodeURIComponent(JSON.stringify({ tag }))
  const reply = await ws.call<List<Profile>>('GET', `/api/profiles?sort=name&rule=${rule}`)
  return reply.body.items.map((person) => person.name)
}

test('assigning makes unknown tags, shows at once, and repeating changes nothing', async () => {
  const ws = await workspaceWith('p1', 'p2')
  expect((await assign(ws, 'p1', ['vip', ' trial ', 'vip'])).body.tags).toEqual(['trial', 'vip'])
  expect((await assign(ws, 'p1', ['vip'], ['trial'])).body.tags).toEqual(['vip'])
  expect((await assign(ws, 'p1', [], ['never there'])).body.tags).toEqual(['vip'])
  expect((await list(ws)).map(({ name, people }) => [name, people])).toEqual([
    ['trial', 0],
    ['vip', 1],
  ])
  expect(await holders(ws, 'vip')).toEqual(['p1'])
  expect((await assign(ws, 'p1', ['  '])).status).toBe(422)
  const entries = await ws.call<List<{ action: string }>>('GET', '/api/audit')
  expect(entries.body.items.filter((entry) => entry.action === 'profile.tagged')).toHaveLength(3)
})

test('many people are tagged in one call, or none of them', async () => {
  const ws = await workspaceWith('p1', 'p2', 'p3')
  await assign(ws, 'p2', ['old'])
  const [p1, p2] = [await personOf(ws, 'p1'), await personOf(ws, 'p2')]
  const some = {
    items: [
      { profileId: p1.id, add: ['vip'] },
      { profileId: p2.id, add: ['vip', 'x'], remove: ['old', 'x'] },
    ],
  }
  expect((await ws.call('POST', '/api/tags/assign', some)).body).toEqual({ people: 2 })
  expect([(await personOf(ws, 'p1')).tags, (await personOf(ws, 'p2')).tags]).toEqual([['vip'], ['vip']])
  expect(await holders(ws, 'vip')).toEqual(['p1', 'p2'])
  const bad = {
    items: [
      { profileId: p1.id, add: ['late'] },
      { profileId: 'per_nobody', add: ['late'] },
    ],
  }
  const refused = await ws.call<{ code: string; path: string }>('POST', '/api/tags/assign', bad)
  expect([refused.status, refused.body.code, refused.body.path]).toEqual([
    404,
    'profile.missing',
    '/body/items/1/profileId',
  ])
  expect((await personOf(ws, 'p1')).tags).toEqual(['vip'])
})

test('a tag counts for the tags above it, and follows when it moves', async () => {
  const ws = await workspaceWith('p1', 'p2', 'p3')
  await create(ws, 'interest')
  await create(ws, 'maths', 'interest')
  const algebra = await create(ws, 'algebra', 'maths')
  await create(ws, 'other')
  await assign(ws, 'p1', ['algebra'])
  await assign(ws, 'p2', ['maths', 'algebra'])
  await assign(ws, 'p3', ['interest'])
  const counts = async () => Object.fromEntries((await list(ws)).map((tag) => [tag.name, tag.people]))
  expect(await counts()).toEqual({ interest: 3, maths: 2, algebra: 2, other: 0 })
  expect(await holders(ws, 'interest')).toEqual(['p1', 'p2', 'p3'])

  const moved = await ws.call<Tag>('PATCH', `/api/tags/${algebra.id}`, {
    parent: 'other',
    name: 'linear algebra',
  })
  expect(moved.body).toMatchObject({ name: 'linear algebra', parent: 'other', people: 2 })
  expect(await counts()).toEqual({ interest: 2, maths: 1, 'linear algebra': 2, other: 2 })
  expect(await holders(ws, 'other')).toEqual(['p1', 'p2'])
  expect((await personOf(ws, 'p2')).tags).toEqual(['linear algebra', 'maths'])
})

test('taken names, missing parents and cycles are refused', async () => {
  const ws = await workspaceWith('p1')
  const top = await create(ws, 'top')
  const middle = await create(ws, 'middle', 'top')
  await create(ws, 'bottom', 'middle')
  expect((await create(ws, 'top')).code).toBe('tag.name_taken')
  expect((await create(ws, 'x', 'nowhere')).code).toBe('tag.parent_missing')
  const move = async (id: string, body: unknown) =>
    (await ws.call<{ code?: string }>('PATCH', `/api/tags/${id}`, body)).body.code
  expect(await move(top.id, { parent: 'bottom' })).toBe('tag.cycle')
  expect(await move(top.id, { parent: 'top' })).toBe('tag.cycle')
  expect(await move(middle.id, { name: 'bottom' })).toBe('tag.name_taken')
  expect(await move('tag_none', { name: 'y' })).toBe('tag.missing')
  expect(await move(middle.id, { parent: null })).toBeUndefined()
  expect((await list(ws)).find((tag) => tag.name === 'middle')?.parent).toBeNull()
})

test('deleting takes the tag off everybody, merged people too; tags below move up', async () => {
  const ws = await workspaceWith('p1', 'p2')
  const old = await create(ws, 'old')
  await create(ws, 'child', 'old')
  await assign(ws, 'p1', ['old', 'child'])
  await assign(ws, 'p2', ['old'])
  const [one, two] = [await personOf(ws, 'p1'), await personOf(ws, 'p2')]
  await ws.call('POST', `/api/profiles/${one.id}/merge`, { with: two.id })
  expect((await personOf(ws, 'p2')).tags).toEqual(['child', 'old'])
  expect((await ws.call('DELETE', `/api/tags/${old.id}`)).status).toBe(204)
  expect((await personOf(ws, 'p1')).tags).toEqual(['child'])
  expect(await list(ws)).toMatchObject([{ name: 'child', parent: null, people: 1 }])
  expect((await ws.call('DELETE', `/api/tags/${old.id}`)).status).toBe(404)
})

test('tags given before a merge go back to whom they were given', async () => {
  const ws = await workspaceWith('p1', 'p2')
  await assign(ws, 'p1', ['a'])
  await assign(ws, 'p2', ['b'])
  const [one, two] = [await personOf(ws, 'p1'), await personOf(ws, 'p2')]
  await ws.call('POST', `/api/profiles/${one.id}/merge`, { with: two.id })
  expect((await assign(ws, 'p2', ['while one'], [])).body.tags).toEqual(['a', 'b', 'while one'])
  await ws.call('POST', `/api/profiles/${one.id}/unmerge`, { identifier: { kind: 'user_id', value: 'p2' } })
  expect((await personOf(ws, 'p1')).tags).toEqual(['a', 'while one'])
  expect((await personOf(ws, 'p2')).tags).toEqual(['b'])
})

test('tags of one workspace do not exist in another', async () => {
  const [mine, other] = [await workspaceWith('p1'), await workspaceWith('p1')]
  const tag = await create(mine, 'secret')
  expect(await list(other)).toEqual([])
  expect((await other.call('PATCH', `/api/tags/${tag.id}`, { name: 'stolen' })).status).toBe(404)
  expect((await other.call('DELETE', `/api/tags/${tag.id}`)).status).toBe(404)
  expect((await create(other, 'secret')).name).toBe('secret')
  expect((await list(mine)).map((one) => one.name)).toEqual(['secret'])
})

test('the tree answers a tag with everything below it, and an unknown name with itself', () => {
  const row = (id: string, parent: string | null, was: string[] = []) => ({
    ...unsaid,
    id,
    name: id.toUpperCase(),
    parent_id: parent,
    created_at: new Date(0),
    archived_at: null,
    was,
  })
  const tree = growTree([
    row('a', null),
    row('b', 'a', ['old']),
    row('c', 'b'),
    row('d', 'a'),
    row('e', null),
  ])
  expect(tree.below('A')).toEqual(['A', 'B', 'old', 'C', 'D'])
  expect(tree.below('E')).toEqual(['E'])
  expect(tree.below('?')).toEqual(['?'])
})
