import { beforeAll, expect, test } from 'vitest'
import type { Profile } from '#modules/profiles/contract.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import type { Segment } from '#modules/segments/contract.ts'
import type { HeldTag, Overlap, Tag, TagBatch, TagEntry } from '#modules/tags/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type List<T> = { items: T[]; next: string | null }
type Refused = { code: string; users?: { name: string }[] }
const day = 86_400_000

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
const tagsOf = async (ws: TestWorkspace, userId: string) => (await personOf(ws, userId)).tags
const assign = async (ws: TestWorkspace, userId: string, add: string[], more: object = {}) =>
  ws.call<Profile & Refused>('POST', `/api/profiles/${(await personOf(ws, userId)).id}/tags`, {
    add,
    ...more,
  })
const create = async (ws: TestWorkspace, name: string, more: object = {}) =>
  (await ws.call<Tag & Refused>('POST', '/api/tags', { name, ...more })).body
const list = async (ws: TestWorkspace) => (await ws.call<List<Tag>>('GET', '/api/tags')).body.items
const named = async (ws: TestWorkspace, name: string) =>
  (await list(ws)).find((tag) => tag.name === name) as Tag

async function segment(ws: TestWorkspace, name: string, rule: object): Promise<Segment> {
  const { body } = await ws.call<Segment>('POST', '/api/segments', { name, rule })
  return until(
    () => get(ws, body.id),
    (one) => one.state === 'live',
  )
}
const get = async (ws: TestWorkspace, id: string) =>
  (await ws.call<Segment>('GET', `/api/segments/${id}`)).body
const members = async (ws: TestWorkspace, id: string) =>
  (await ws.call<List<Profile>>('GET', `/api/segments/${id}/members`)).body.items.map((one) => one.name)

async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await ask()
    if (holds(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`never came true: ${JSON.stringify(await ask())}`)
}
const ended = (ws: TestWorkspace, { id }: TagBatch) =>
  until(
    async () => (await ws.call<TagBatch>('GET', `/api/tags/batches/${id}`)).body,
    (batch) => batch.state === 'done' && (batch.undo === null || batch.undo === 'done'),
  )
const history = async (ws: TestWorkspace, url: string) =>
  (await ws.call<List<TagEntry>>('GET', url)).body.items.map(({ action, tag, by, why, profileName }) => ({
    action,
    tag,
    by: by.name,
    why,
    who: profileName,
  }))

test('a tag is described, and what an edit leaves out stays', async () => {
  const ws = await workspaceWith('p1', 'p2', 'p3', 'p4')
  const [me] = (await ws.call<List<{ id: string; name: string }>>('GET', '/api/members')).body.items
  const tag = await create(ws, 'vip', { description: 'Spends', color: 'red', owner: me?.id })
  await assign(ws, 'p1', ['vip'])
  expect(await named(ws, 'vip')).toMatchObject({
    description: 'Spends',
    color: 'red',
    owner: { id: me?.id, name: me?.name },
    category: false,
    validity: { from: null, until: null, days: null },
    people: 1,
    share: 0.25,
    usedBy: 0,
    archivedAt: null,
  })
  const edit = { validity: { days: 30 } }
  expect((await ws.call<Tag>('PATCH', `/api/tags/${tag.id}`, edit)).body).toMatchObject({
    description: 'Spends',
    color: 'red',
    validity: { from: null, until: null, days: 30 },
  })
  expect((await create(ws, 'x', { owner: 'mem_nobody' })).code).toBe('tag.owner_missing')
  const upside = { from: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z' }
  expect((await create(ws, 'x', { validity: upside })).code).toBe('tag.bad_validity')
})

test('renaming rewrites rules, and nobody enters or leaves a segment by it', async () => {
  const ws = await workspaceWith('p1', 'p2')
  const top = await create(ws, 'top')
  const tag = await create(ws, 'old', { parent: 'top' })
  await assign(ws, 'p1', ['old'])
  const direct = await segment(ws, 'direct', { all: [{ tag: 'old' }, { not: { tag: 'other' } }] })
  const above = await segment(ws, 'above', { tag: 'top' })
  await ws.call('PATCH', `/api/tags/${tag.id}`, { name: 'new' })
  await ws.settled()
  expect((await get(ws, direct.id)).rule).toEqual({ all: [{ tag: 'new' }, { not: { tag: 'other' } }] })
  for (const { id } of [direct, above]) {
    expect(await members(ws, id)).toEqual(['p1'])
    expect(await get(ws, id)).toMatchObject({ size: 1, state: 'live', entered24h: 0, left24h: 0 })
  }
  expect(await tagsOf(ws, 'p1')).toEqual(['new'])
  expect(await named(ws, 'new')).toMatchObject({ people: 1, usedBy: 1, parent: 'top' })
  const users = (await ws.call<{ users: { name: string }[] }>('GET', `/api/tags/${tag.id}`)).body.users
  expect(users.map((one) => one.name)).toEqual(['direct'])
  expect(await history(ws, `/api/tags/${tag.id}/history`)).toMatchObject([
    { action: 'added', tag: 'new', who: 'p1' },
  ])
  // The old name is free again and means another tag.
  await assign(ws, 'p2', ['old'])
  expect(await members(ws, direct.id)).toEqual(['p1'])
  expect((await named(ws, 'old')).id).not.toBe(tag.id)
  expect(top.id).toBeTruthy()
})

test('merging moves people, tags below and rules over to the other tag', async () => {
  const ws = await workspaceWith('p1', 'p2', 'p3')
  const going = await create(ws, 'going')
  const heir = await create(ws, 'heir')
  await create(ws, 'below', { parent: 'going' })
  await assign(ws, 'p1', ['going'])
  await assign(ws, 'p2', ['heir', 'going'])
  await assign(ws, 'p3', ['below'])
  const users = await segment(ws, 'users', { tag: 'going' })
  const merged = await ws.call<Tag & Refused>('POST', `/api/tags/${going.id}/merge`, { into: heir.id })
  expect(merged.body).toMatchObject({ id: heir.id, name: 'heir', people: 3, usedBy: 1 })
  expect(await tagsOf(ws, 'p1')).toEqual(['heir'])
  expect(await tagsOf(ws, 'p2')).toEqual(['heir'])
  expect((await list(ws)).map(({ name, parent }) => [name, parent])).toEqual([
    ['below', 'heir'],
    ['heir', null],
  ])
  const live = await until(
    () => get(ws, users.id),
    (one) => one.state === 'live' && one.size === 3,
  )
  expect(live.rule).toEqual({ tag: 'heir' })
  const again = await ws.call<Refused>('POST', `/api/tags/${heir.id}/merge`, { into: heir.id })
  expect(again.body.code).toBe('tag.same')
})

test('a tag merges into one that lies below it', async () => {
  const ws = await workspaceWith('p1')
  const top = await create(ws, 'top')
  await create(ws, 'middle', { parent: 'top' })
  const bottom = await create(ws, 'bottom', { parent: 'middle' })
  await ws.call('POST', `/api/tags/${top.id}/merge`, { into: bottom.id })
  expect((await list(ws)).map(({ name, parent }) => [name, parent])).toEqual([
    ['bottom', null],
    ['middle', 'bottom'],
  ])
})

test('what is archived, a category or out of its time is given to nobody; who has it keeps it', async () => {
  const ws = await workspaceWith('p1', 'p2')
  await assign(ws, 'p1', ['done'])
  const done = await named(ws, 'done')
  const used = await segment(ws, 'used', { tag: 'done' })
  const archived = await ws.call<Tag & Refused>('POST', `/api/tags/${done.id}/archive`)
  expect(archived.body.users?.map((one) => one.name)).toEqual(['used'])
  expect((await assign(ws, 'p2', ['done'])).body.code).toBe('tag.archived')
  const many = { items: [{ profileId: (await personOf(ws, 'p2')).id, add: ['done'] }] }
  expect((await ws.call<Refused>('POST', '/api/tags/assign', many)).body.code).toBe('tag.archived')
  expect(await members(ws, used.id)).toEqual(['p1'])
  await ws.call('POST', `/api/tags/${done.id}/unarchive`)
  expect((await assign(ws, 'p2', ['done'])).status).toBe(200)

  await create(ws, 'kinds', { category: true })
  expect((await assign(ws, 'p1', ['kinds'])).body.code).toBe('tag.is_category')
  await create(ws, 'later', { validity: { from: new Date(app.clock.now() + day).toISOString() } })
  expect((await assign(ws, 'p1', ['later'])).body.code).toBe('tag.not_valid')
  // In use: it would leave a rule that asks for nothing.
  const refused = await ws.call<Refused>('DELETE', `/api/tags/${done.id}`)
  expect([refused.status, refused.body.code, refused.body.users?.[0]?.name]).toEqual([
    409,
    'tag.in_use',
    'used',
  ])
  await ws.call('DELETE', `/api/segments/${used.id}`)
  expect((await ws.call('DELETE', `/api/tags/${done.id}`)).status).toBe(204)
  expect(await tagsOf(ws, 'p1')).toEqual([])
})

test('who, when and why is kept of every change, for the person and for the tag', async () => {
  const ws = await workspaceWith('p1', 'p2')
  await assign(ws, 'p1', ['a', 'b'], { why: 'called us' })
  await assign(ws, 'p1', [], { remove: ['b'] })
  await assign(ws, 'p1', ['a'])
  const [one, two] = [await personOf(ws, 'p1'), await personOf(ws, 'p2')]
  const held = (await ws.call<List<HeldTag>>('GET', `/api/profiles/${one.id}/tags`)).body.items
  expect(held).toMatchObject([{ tag: 'a', why: 'called us', until: null, by: { kind: 'api_key' } }])
  const mine = await history(ws, `/api/profiles/${one.id}/tag-history`)
  expect(mine.map(({ action, tag, why }) => [action, tag, why])).toEqual([
    ['removed', 'b', null],
    ['added', 'b', 'called us'],
    ['added', 'a', 'called us'],
  ])
  expect(await history(ws, `/api/profiles/${two.id}/tag-history`)).toEqual([])
  const first = (await ws.call<List<TagEntry>>('GET', `/api/profiles/${one.id}/tag-history?limit=2`)).body
  const rest = `/api/profiles/${one.id}/tag-history?limit=2&cursor=${first.next}`
  expect((await ws.call<List<TagEntry>>('GET', rest)).body).toMatchObject({
    items: [{ tag: 'a', action: 'added' }],
    next: null,
  })
  const b = await named(ws, 'b')
  expect(await history(ws, `/api/tags/${b.id}/history`)).toMatchObject([
    { action: 'removed', who: 'p1' },
    { action: 'added', who: 'p1' },
  ])
  expect(b.lastAssignedAt).not.toBeNull()
})

test('overlap of tags: both, only one, tags below counted', async () => {
  const ws = await workspaceWith('p1', 'p2', 'p3')
  const a = await create(ws, 'a')
  await create(ws, 'a1', { parent: 'a' })
  await assign(ws, 'p1', ['a1', 'b'])
  await assign(ws, 'p2', ['a'])
  await assign(ws, 'p3', ['b', 'c'])
  const [b, c] = [await named(ws, 'b'), await named(ws, 'c')]
  const url = `/api/tags/overlap?ids=${a.id},${b.id},${c.id}`
  expect((await ws.call<List<Overlap>>('GET', url)).body.items).toEqual([
    { a: a.id, b: b.id, both: 1, onlyA: 1, onlyB: 1 },
    { a: a.id, b: c.id, both: 0, onlyA: 2, onlyB: 1 },
    { a: b.id, b: c.id, both: 1, onlyA: 1, onlyB: 0 },
  ])
  const code = async (ids: string) =>
    (await ws.call<Refused>('GET', `/api/tags/overlap?ids=${ids}`)).body.code
  expect(await code(a.id)).toBe('tag.pick_some')
  expect(await code(`${a.id},tag_none`)).toBe('tag.missing')
})

test('work on many people is done in the background and taken back where nothing was changed since', async () => {
  const ws = await workspaceWith('p1', 'p2', 'p3', 'p4')
  await assign(ws, 'p1', ['had', 'gone'])
  await assign(ws, 'p2', ['gone'])
  const start = async (body: object) =>
    (await ws.call<TagBatch & Refused>('POST', '/api/tags/batches', body)).body
  const rule = { attr: 'name', op: 'in', value: ['p1', 'p2', 'p3'] }
  const batch = await ended(ws, await start({ rule, add: ['had', 'new'], remove: ['gone'], why: 'spring' }))
  expect(batch).toMatchObject({ people: 3, added: 5, removed: 2, why: 'spring', undo: null })
  expect(await Promise.all(['p1', 'p2', 'p3', 'p4'].map((id) => tagsOf(ws, id)))).toEqual([
    ['had', 'new'],
    ['had', 'new'],
    ['had', 'new'],
    [],
  ])
  // Somebody decides about p2 meanwhile: that stands.
  await assign(ws, 'p2', [], { remove: ['new'] })
  await assign(ws, 'p2', ['new'])
  await ws.call('POST', `/api/tags/batches/${batch.id}/undo`)
  await ended(ws, batch)
  await until(
    async () => (await tagsOf(ws, 'p3')).length,
    (tags) => tags === 0,
  )
  expect(await Promise.all(['p1', 'p2', 'p3'].map((id) => tagsOf(ws, id)))).toEqual([
    ['gone', 'had'],
    ['gone', 'new'],
    [],
  ])
  const twice = await ws.call<Refused>('POST', `/api/tags/batches/${batch.id}/undo`)
  expect(twice.body.code).toBe('tag.batch_undone')

  const source = await segment(ws, 'those', { tag: 'gone' })
  const ofSegment = await ended(ws, await start({ segment: source.id, add: ['picked'] }))
  expect(ofSegment).toMatchObject({ people: 2, added: 2 })
  const chosen = await ended(ws, await start({ ids: [(await personOf(ws, 'p4')).id], add: ['picked'] }))
  expect(chosen).toMatchObject({ people: 1, added: 1 })
  expect((await named(ws, 'picked')).people).toBe(3)
  expect((await start({ add: ['x'] })).code).toBe('tag.batch_empty')
  expect((await start({ ids: ['per_nobody'], add: ['x'] })).code).toBe('profile.missing')
  expect((await start({ rule: { nonsense: 1 }, add: ['x'] })).code).toBe('rule.malformed')
  const listed = (await ws.call<List<TagBatch>>('GET', '/api/tags/batches?limit=2')).body
  expect(listed.items.map((one) => one.id)).toEqual([chosen.id, ofSegment.id])
  expect(listed.next).not.toBeNull()
})

test('a tag that ends comes off at its moment, in rules, lists and counts', async () => {
  const ws = await workspaceWith('p1', 'p2')
  const week = await create(ws, 'week', { validity: { days: 7 } })
  const offer = await create(ws, 'offer', {
    validity: { until: new Date(app.clock.now() + 2 * day).toISOString() },
  })
  await assign(ws, 'p1', ['week', 'offer', 'stays'])
  const source = await segment(ws, 'weekly', { tag: 'week' })
  const one = await personOf(ws, 'p1')
  const held = (await ws.call<List<HeldTag>>('GET', `/api/profiles/${one.id}/tags`)).body.items
  expect(held.map(({ tag, until }) => [tag, until === null])).toEqual([
    ['offer', false],
    ['stays', true],
    ['week', false],
  ])
  app.clock.advance(2 * day)
  await until(
    () => tagsOf(ws, 'p1'),
    (tags) => !tags.includes('offer'),
  )
  expect(await tagsOf(ws, 'p1')).toEqual(['stays', 'week'])
  expect((await assign(ws, 'p2', ['offer'])).body.code).toBe('tag.not_valid')
  await assign(ws, 'p2', ['week'])
  app.clock.advance(5 * day)
  await until(
    () => tagsOf(ws, 'p1'),
    (tags) => !tags.includes('week'),
  )
  // Given five days later, it holds five days longer.
  expect(await tagsOf(ws, 'p2')).toEqual(['week'])
  await until(
    () => members(ws, source.id),
    (names) => names.join() === 'p2',
  )
  expect((await named(ws, 'week')).people).toBe(1)
  expect(await history(ws, `/api/tags/${week.id}/history`)).toMatchObject([
    { action: 'removed', by: 'validity', who: 'p1' },
    { action: 'added', who: 'p2' },
    { action: 'added', who: 'p1' },
  ])
  // Shortened, it ends at once for whoever has had it longer.
  app.clock.advance(day / 2)
  expect(await tagsOf(ws, 'p2')).toEqual(['week'])
  await ws.call('PATCH', `/api/tags/${week.id}`, { validity: { days: 1 } })
  await until(
    () => tagsOf(ws, 'p2'),
    (tags) => tags.length === 0,
  )
  const audit = await ws.call<List<{ action: string; actor: { name: string } }>>('GET', '/api/audit')
  expect(audit.body.items.filter((entry) => entry.action === 'tag.expired').length).toBeGreaterThanOrEqual(2)
  expect(offer.id).toBeTruthy()
})

test('tags nobody was given for long and no rule names are proposed for pruning', async () => {
  const ws = await workspaceWith('p1')
  await create(ws, 'never')
  await create(ws, 'heading', { category: true })
  await create(ws, 'asked')
  await create(ws, 'above')
  await create(ws, 'fresh', { parent: 'above' })
  await segment(ws, 'asks', { tag: 'asked' })
  const stale = async () =>
    (await ws.call<List<Tag>>('GET', '/api/tags/stale')).body.items.map((tag) => tag.name)
  expect(await stale()).toEqual([])
  app.clock.advance(91 * day)
  await assign(ws, 'p1', ['fresh'])
  expect(await stale()).toEqual(['never'])
  await ws.call('POST', `/api/tags/${(await named(ws, 'never')).id}/archive`)
  expect(await stale()).toEqual([])
})

test('a narrow data scope tags its own people, sees their history and undoes its own work only', async () => {
  const ws = await workspaceWith('mine', 'theirs')
  const rep = await joinMember(app, ws, `rep@${ws.id.replace('_', '-')}.example`, { scope: 'self' })
  const mine = await personOf(ws, 'mine')
  await ws.call('PUT', `/api/profiles/${mine.id}/owner`, { owner: rep.id })
  await assign(ws, 'mine', ['both'])
  await assign(ws, 'theirs', ['both'])
  const both = await named(ws, 'both')
  const seen = await rep.call<List<TagEntry>>('GET', `/api/tags/${both.id}/history`)
  expect(seen.body.items.map((entry) => entry.profileName)).toEqual(['mine'])
  expect((await rep.call<Tag>('GET', `/api/tags/${both.id}`)).body).toMatchObject({ people: 1, share: 1 })

  const everybody = { rule: { tag: 'both' }, add: ['touched'] }
  const own = (await rep.call<TagBatch>('POST', '/api/tags/batches', everybody)).body
  expect(await ended(ws, own)).toMatchObject({ people: 1, added: 1 })
  expect([await tagsOf(ws, 'mine'), await tagsOf(ws, 'theirs')]).toEqual([['both', 'touched'], ['both']])
  const all = (await ws.call<TagBatch>('POST', '/api/tags/batches', { ...everybody, add: ['all'] })).body
  await ended(ws, all)
  const refused = await rep.call<Refused>('POST', `/api/tags/batches/${all.id}/undo`)
  expect(refused.body.code).toBe('tag.batch_missing')
  const listed = (await rep.call<List<TagBatch>>('GET', '/api/tags/batches')).body.items
  expect(listed.map((batch) => batch.id)).toEqual([own.id])
  expect((await rep.call('POST', `/api/tags/batches/${own.id}/undo`)).status).toBe(202)
  await until(
    () => tagsOf(ws, 'mine'),
    (tags) => tags.join() === 'all,both',
  )
})

test('undoing work that is still going on cancels it and takes back what it did', async () => {
  const ids = Array.from({ length: 40 }, (_, at) => `p${at}`)
  const ws = await workspaceWith(...ids)
  const rule = { attr: 'name', op: 'exists' }
  const { body } = await ws.call<TagBatch>('POST', '/api/tags/batches', { rule, add: ['oops'] })
  const undone = await ws.call<TagBatch>('POST', `/api/tags/batches/${body.id}/undo`)
  expect(undone.status).toBe(202)
  const end = await until(
    async () => (await ws.call<TagBatch>('GET', `/api/tags/batches/${body.id}`)).body,
    (batch) => batch.undo === 'done',
  )
  expect(['done', 'cancelled']).toContain(end.state)
  const people = await ws.call<{ count: number }>('POST', '/api/profiles/count', { rule: { tag: 'oops' } })
  expect(people.body.count).toBe(0)
})

test('a rename that was broken off is finished, and until then nobody is missing', async () => {
  const ws = await workspaceWith('p1', 'p2')
  const tag = await create(ws, 'new')
  await assign(ws, 'p1', ['old'])
  await assign(ws, 'p2', ['new'])
  // As the first step of a merge of `old` into it leaves it, when the program ends right there.
  await app.database.system(async (tx) => {
    await tx.client.query(`delete from tags.tag where name = 'old'`)
    await tx.client.query(`update tags.tag set was = '{old}' where id = $1`, [tag.id])
  })
  expect((await named(ws, 'new')).people).toBe(2)
  expect((await create(ws, 'old')).code).toBe('tag.name_taken')
  await assign(ws, 'p2', ['old'])
  expect((await list(ws)).map((one) => one.name)).toEqual(['new'])
  await ws.call('PATCH', `/api/tags/${tag.id}`, { name: 'newest' })
  expect([await tagsOf(ws, 'p1'), await tagsOf(ws, 'p2')]).toEqual([['newest'], ['newest']])
  expect((await create(ws, 'old')).name).toBe('old')
})
