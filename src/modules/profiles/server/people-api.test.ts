import { beforeAll, expect, test } from 'vitest'
import type { Profile, TimelineItem } from '#modules/profiles/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type List<T = Profile> = { items: T[]; next: string | null }

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1) + minute * 60_000).toISOString()
let made = 0
const said = (type: string, minute: number, rest: Record<string, unknown>) => ({
  type,
  messageId: `m${++made}`,
  timestamp: at(minute),
  ...rest,
})
const identify = (minute: number, userId: string, traits: Record<string, unknown>, rest = {}) =>
  said('identify', minute, { userId, traits, ...rest })
const track = (minute: number, event: string, who: Record<string, unknown>, properties = {}) =>
  said('track', minute, { event, properties, ...who })

async function find(ws: TestWorkspace, identifier: string): Promise<Profile[]> {
  const reply = await ws.call<List>('GET', `/api/profiles?identifier=${encodeURIComponent(identifier)}`)
  expect(reply.status).toBe(200)
  return reply.body.items
}
const one = async (ws: TestWorkspace, identifier: string): Promise<Profile> => {
  const found = await find(ws, identifier)
  expect(found).toHaveLength(1)
  return found[0] as Profile
}
const timelineOf = async (ws: TestWorkspace, id: string, query = ''): Promise<TimelineItem[]> =>
  (await ws.call<List<TimelineItem>>('GET', `/api/profiles/${id}/timeline?${query}`)).body.items
const namesOf = async (ws: TestWorkspace, id: string) => (await timelineOf(ws, id)).map((item) => item.name)

/** Everything the API says about people, for "nothing has changed" comparisons. */
async function everything(ws: TestWorkspace, identifiers: string[]) {
  const people = await Promise.all(identifiers.map((id) => find(ws, id)))
  return Promise.all(
    people.map((ones) =>
      Promise.all(ones.map(async (person) => ({ person, events: await timelineOf(ws, person.id) }))),
    ),
  )
}

test('a person is found by every identifier, with attributes as they were sent', async () => {
  const ws = await app.workspace()
  await ws.send(
    track(1, 'Course Viewed', { anonymousId: 'd1' }, { course: { id: 'c1' } }),
    identify(
      2,
      'u1',
      {
        name: '王芳',
        email: 'Fang@Example.com',
        phone: '138 1234 5678',
        level: 3,
        address: { city: 'Beijing' },
      },
      { anonymousId: 'd1' },
    ),
  )
  await ws.settled()
  const person = await one(ws, 'user_id:u1')
  expect(person).toMatchObject({
    name: '王芳',
    attributes: { level: 3, address: { city: 'Beijing' }, email: 'Fang@Example.com' },
    tags: [],
    firstSeen: at(1),
    lastSeen: at(2),
  })
  expect(person.identifiers).toEqual([
    { kind: 'user_id', value: 'u1' },
    { kind: 'email', value: 'fang@example.com' },
    { kind: 'phone', value: '+8613812345678' },
    { kind: 'anonymous_id', value: 'd1' },
  ])
  for (const id of ['anonymous_id:d1', 'email:FANG@example.com', 'phone:+86 138-1234-5678'])
    expect(await one(ws, id)).toEqual(person)
  expect(await find(ws, 'user_id:nobody')).toEqual([])
  expect((await ws.call('GET', '/api/profiles?identifier=nonsense')).body.code).toBe('profile.bad_identifier')
  expect(await namesOf(ws, person.id)).toEqual(['Course Viewed'])
  expect(await timelineOf(ws, person.id)).toMatchObject([
    {
      type: 'event',
      time: at(1),
      properties: { course: { id: 'c1' } },
      identifiers: [{ kind: 'anonymous_id', value: 'd1' }],
    },
  ])
})

test('two logins with one phone stay two people, and the phone finds both', async () => {
  const ws = await app.workspace()
  await ws.send(
    identify(1, 'mother', { phone: '13800000001', name: 'Mother' }),
    identify(2, 'father', { phone: '13800000001', name: 'Father' }),
  )
  await ws.settled()
  const both = await find(ws, 'phone:13800000001')
  expect(both.map((person) => person.name).sort()).toEqual(['Father', 'Mother'])
  for (const person of both)
    expect(person.identifiers).toContainEqual({ kind: 'phone', value: '+8613800000001' })
  const graph = await ws.call<{ nodes: { identifier: { kind: string }; alsoHeldBy: string[] }[] }>(
    'GET',
    `/api/profiles/${both[0]?.id}/identity`,
  )
  const phone = graph.body.nodes.find((node) => node.identifier.kind === 'phone')
  expect(phone?.alsoHeldBy).toEqual([both[1]?.id])
  const explained = await ws.call('POST', '/api/profiles/explain-identity', {
    a: { kind: 'user_id', value: 'mother' },
    b: { kind: 'user_id', value: 'father' },
  })
  expect(explained.body).toMatchObject({ same: false })
})

test('a shared device gives each login its own events, traits and place in the list', async () => {
  const ws = await app.workspace()
  await ws.send(
    track(1, 'Before', { anonymousId: 'tablet' }),
    identify(2, 'ann', { name: 'Ann' }, { anonymousId: 'tablet' }),
    track(3, 'Ann Reads', { anonymousId: 'tablet' }),
    identify(4, 'ben', { name: 'Ben' }, { anonymousId: 'tablet' }),
    track(5, 'Ben Plays', { anonymousId: 'tablet' }),
    said('identify', 6, { anonymousId: 'tablet', traits: { mood: 'good' } }),
  )
  await ws.settled()
  const owners = await find(ws, 'anonymous_id:tablet')
  expect(owners.map((person) => person.name).sort()).toEqual(['Ann', 'Ben'])
  const [ann, ben] = [await one(ws, 'user_id:ann'), await one(ws, 'user_id:ben')]
  expect(await namesOf(ws, ann.id)).toEqual(['Ann Reads', 'Before'])
  expect(await namesOf(ws, ben.id)).toEqual(['Ben Plays'])
  expect(ann.attributes).toEqual({ name: 'Ann' })
  expect(ben.attributes).toEqual({ name: 'Ben', mood: 'good' })
  expect(ben.lastSeen).toBe(at(6))
  const { body } = await ws.call<{
    nodes: { identifier: { kind: string }; events: number; intervals: unknown[] }[]
  }>('GET', `/api/profiles/${ben.id}/identity`)
  expect(body.nodes.find((node) => node.identifier.kind === 'anonymous_id')).toMatchObject({
    events: 1,
    intervals: [
      { from: null, to: at(4), profileId: ann.id },
      { from: at(4), to: null, profileId: ben.id },
    ],
  })
})

test('a merge makes one person, merged ids keep answering, and unmerge restores every answer', async () => {
  const ws = await app.workspace()
  const ids = ['user_id:a', 'user_id:b', 'email:a@x.io', 'email:b@x.io', 'anonymous_id:db']
  await ws.send(
    identify(1, 'a', { email: 'a@x.io', city: 'Beijing', plan: 'free' }),
    track(2, 'A Did', { userId: 'a' }),
    identify(3, 'b', { email: 'b@x.io', city: 'Wuhan' }, { anonymousId: 'db' }),
    track(4, 'B Did', { anonymousId: 'db' }),
  )
  await ws.settled()
  const before = await everything(ws, ids)
  const [a, b] = [await one(ws, 'user_id:a'), await one(ws, 'user_id:b')]
  const preview = await ws.call('POST', `/api/profiles/${a.id}/merge-preview`, { with: b.id })
  expect(preview).toMatchObject({
    status: 200,
    body: {
      root: a.id,
      events: 1,
      warnings: ['two_logins'],
      attributes: expect.arrayContaining([{ name: 'city', kept: 'Wuhan', dropped: 'Beijing' }]),
    },
  })
  expect(await everything(ws, ids)).toEqual(before)

  const merged = await ws.call<Profile>('POST', `/api/profiles/${a.id}/merge`, { with: b.id })
  expect(merged.status).toBe(200)
  expect(merged.body).toMatchObject({ id: a.id, attributes: { city: 'Wuhan', plan: 'free' } })
  for (const id of ids) expect(await one(ws, id)).toEqual(merged.body)
  expect((await ws.call<Profile>('GET', `/api/profiles/${b.id}`)).body).toEqual(merged.body)
  expect(await namesOf(ws, b.id)).toEqual(['B Did', 'A Did'])
  const everybody = await ws.call<List>('GET', '/api/profiles')
  expect(everybody.body.items).toEqual([merged.body])
  expect((await ws.call('POST', `/api/profiles/${a.id}/merge`, { with: b.id })).body.code).toBe(
    'profile.same_person',
  )
  const withSystem = await timelineOf(ws, a.id, 'include=system')
  expect(withSystem.map((item) => item.type)).toEqual(['merge', 'event', 'identify', 'event', 'identify'])

  const parted = await ws.call<Profile>('POST', `/api/profiles/${a.id}/unmerge`, {
    identifier: { kind: 'user_id', value: 'b' },
  })
  expect(parted).toMatchObject({ status: 200, body: { id: b.id } })
  expect(await everything(ws, ids)).toEqual(before)
  expect((await ws.call<List>('GET', '/api/profiles?sort=id')).body.items).toEqual([a, b])
  const actions = await ws.call<List<{ action: string }>>('GET', '/api/audit')
  expect(actions.body.items.map((entry) => entry.action)).toEqual(
    expect.arrayContaining(['profile.merged', 'profile.unmerged']),
  )
})

test('an identifier in the middle can be taken out; refusals leave everything as it was', async () => {
  const ws = await app.workspace()
  await ws.send(
    track(0, 'Looked', { anonymousId: 'd' }),
    identify(1, 'u', { email: 'mid@x.io' }, { anonymousId: 'd' }),
    identify(2, 'stranger', {}),
  )
  await ws.settled()
  const person = await one(ws, 'user_id:u')
  const unmerge = (id: string, kind: string, value: string) =>
    ws.call<Profile & { code: string }>('POST', `/api/profiles/${id}/unmerge`, {
      identifier: { kind, value },
    })
  expect(await unmerge(person.id, 'user_id', 'stranger')).toMatchObject({
    status: 409,
    body: { code: 'profile.identifier_elsewhere' },
  })
  expect(await unmerge(person.id, 'email', 'no@where.io')).toMatchObject({
    status: 409,
    body: { code: 'profile.identifier_elsewhere' },
  })
  const stranger = await one(ws, 'user_id:stranger')
  expect(await unmerge(stranger.id, 'user_id', 'stranger')).toMatchObject({
    status: 409,
    body: { code: 'profile.only_identifier' },
  })
  expect(await one(ws, 'user_id:u')).toEqual(person)

  const mail = await unmerge(person.id, 'email', ' MID@x.io')
  expect(mail).toMatchObject({
    status: 200,
    body: { identifiers: [{ kind: 'email', value: 'mid@x.io' }], lastSeen: null },
  })
  const rest = await one(ws, 'user_id:u')
  expect(rest.identifiers.map((id) => id.kind)).toEqual(['user_id', 'anonymous_id'])
  expect(await namesOf(ws, rest.id)).toEqual(['Looked'])
  // Nobody who never did anything is lost from the list by activity.
  const everybody = (await ws.call<List>('GET', '/api/profiles')).body.items
  expect(everybody.map((one) => one.id)).toEqual([stranger.id, rest.id, mail.body.id])
  await ws.send(identify(9, 'u', { email: 'mid@x.io' }))
  await ws.settled()
  expect((await one(ws, 'user_id:u')).identifiers.map((id) => id.kind)).toEqual(['user_id', 'anonymous_id'])
})

test('pages in every sort are complete, without repeats and in order', async () => {
  const ws = await app.workspace()
  const people = Array.from({ length: 23 }, (_, i) => i)
  await ws.send(
    ...people.map((i) =>
      identify(
        (i * 7) % 23,
        `p${i}`,
        i % 5 === 0 ? {} : { name: `Name ${String((i * 5) % 23).padStart(2, '0')}` },
      ),
    ),
    ...people.filter((i) => i % 2 === 0).map((i) => track(30 + (i % 4), 'Did', { userId: `p${i}` })),
  )
  await ws.settled()
  const keyOf: Record<string, (person: Profile) => string> = {
    lastSeen: (person) => person.lastSeen ?? '',
    firstSeen: (person) => person.firstSeen ?? '',
    name: (person) => (person.name ?? '').toLowerCase(),
    id: () => '',
  }
  for (const sort of ['lastSeen', '-lastSeen', 'firstSeen', '-firstSeen', 'name', '-name', 'id']) {
    const seen: Profile[] = []
    let cursor: string | null = ''
    for (let page = 0; cursor !== null && page < 10; page++) {
      const reply: { body: List } = await ws.call<List>(
        'GET',
        `/api/profiles?limit=4&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`,
      )
      seen.push(...reply.body.items)
      cursor = reply.body.next
    }
    expect(new Set(seen.map((person) => person.id)).size, sort).toBe(23)
    expect(seen, sort).toHaveLength(23)
    const keys = seen.map(keyOf[sort.replace('-', '')] as (person: Profile) => string)
    const sorted = sort.startsWith('-') ? [...keys].sort().reverse() : [...keys].sort()
    expect(keys, sort).toEqual(sorted)
  }
  const first = await ws.call<List>('GET', '/api/profiles?limit=4&sort=name')
  const mixed = await ws.call('GET', `/api/profiles?limit=4&sort=-name&cursor=${first.body.next}`)
  expect(mixed).toMatchObject({ status: 422, body: { code: 'request.bad_cursor' } })
})

test('a rule and a search text filter the list and its count alike', async () => {
  const ws = await app.workspace()
  await ws.send(
    identify(1, 'r1', { name: 'Anna Li', city: 'Beijing', phone: '13911112222' }),
    identify(2, 'r2', { name: 'Bo', city: 'Beijing', email: 'Bo@Example.com' }),
    identify(3, 'r3', { name: 'Chen', city: 'Wuhan' }),
    track(4, 'Order Completed', { userId: 'r2' }),
  )
  await ws.settled()
  const names = async (query: string) =>
    (await ws.call<List>('GET', `/api/profiles?sort=name&${query}`)).body.items.map((person) => person.name)
  const rule = (value: unknown) => `rule=${encodeURIComponent(JSON.stringify(value))}`
  const inBeijing = { attr: 'city', op: 'eq', value: 'Beijing' }
  expect(await names(rule(inBeijing))).toEqual(['Anna Li', 'Bo'])
  expect(await names(rule({ all: [inBeijing, { event: 'Order Completed' }] }))).toEqual(['Bo'])
  expect(await names('search=ANNA')).toEqual(['Anna Li'])
  expect(await names(`search=${encodeURIComponent('139 1111-2222')}`)).toEqual(['Anna Li'])
  expect(await names('search=bo@example')).toEqual(['Bo'])
  expect(await names(`search=${(await one(ws, 'user_id:r3')).id}`)).toEqual(['Chen'])
  expect(await names(`${rule(inBeijing)}&search=bo`)).toEqual(['Bo'])
  const count = await ws.call('POST', '/api/profiles/count', { rule: inBeijing })
  expect(count.body).toEqual({ count: 2 })
  for (const bad of ['rule=nonsense', rule({ attr: 'city', op: 'like', value: 1 })])
    expect(await ws.call('GET', `/api/profiles?${bad}`)).toMatchObject({
      status: 422,
      body: { code: 'rule.malformed' },
    })
})

test('the timeline pages backwards through ties, filters, and shows what is still to come', async () => {
  const ws = await app.workspace()
  const tomorrow = new Date(app.clock.now() + 86_400_000).toISOString()
  await ws.send(
    ...Array.from({ length: 9 }, (_, i) =>
      track(5, i % 2 ? 'Odd' : 'Even', { userId: 't', ...(i % 3 ? {} : { anonymousId: 'td' }) }, { n: i }),
    ),
    { ...track(0, 'Planned', { userId: 't' }), timestamp: tomorrow },
    said('page', 6, { userId: 't', name: 'Home', properties: { url: '/home' } }),
  )
  await ws.settled()
  const person = await one(ws, 'user_id:t')
  const all = await timelineOf(ws, person.id)
  expect(all).toHaveLength(11)
  expect(all.slice(0, 2).map((item) => item.name)).toEqual(['Planned', 'Page Viewed'])
  const paged: TimelineItem[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const reply: { body: List<TimelineItem> } = await ws.call<List<TimelineItem>>(
      'GET',
      `/api/profiles/${person.id}/timeline?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
    )
    paged.push(...reply.body.items)
    cursor = reply.body.next
  }
  expect(paged).toEqual(all)
  expect((await timelineOf(ws, person.id, 'names=Odd')).map((item) => item.name)).toEqual([
    'Odd',
    'Odd',
    'Odd',
    'Odd',
  ])
  expect(await timelineOf(ws, person.id, 'search=home')).toHaveLength(1)
  expect(await timelineOf(ws, person.id, `from=${at(6)}&to=${at(6)}`)).toHaveLength(1)
  const names = await ws.call('GET', `/api/profiles/${person.id}/event-names`)
  expect(names.body).toEqual({
    items: [
      { name: 'Even', count: 5 },
      { name: 'Odd', count: 4 },
      { name: 'Page Viewed', count: 1 },
      { name: 'Planned', count: 1 },
    ],
  })
})

test('an edit by hand is seen at once, wins over older values, and null removes', async () => {
  const ws = await app.workspace()
  const later = new Date(app.clock.now() + 300_000).toISOString()
  await ws.send({ ...identify(0, 'e', { city: 'Wuhan', plan: 'free', keep: 1 }), timestamp: later })
  await ws.settled()
  const person = await one(ws, 'user_id:e')
  const edit = (attributes: Record<string, unknown>) =>
    ws.call<Profile>('PATCH', `/api/profiles/${person.id}`, { attributes })
  const edited = await edit({ city: 'Chengdu', plan: null, vip: true })
  expect(edited.body.attributes).toEqual({ city: 'Chengdu', keep: 1, vip: true })
  expect((await edit({ city: 'Xiamen' })).body.attributes.city).toBe('Xiamen')
  const rule = encodeURIComponent(
    JSON.stringify({
      all: [
        { attr: 'city', op: 'eq', value: 'Xiamen' },
        { attr: 'plan', op: 'not_exists' },
      ],
    }),
  )
  expect((await ws.call<List>('GET', `/api/profiles?rule=${rule}`)).body.items).toHaveLength(1)
  const catalogue = await ws.call<List<{ name: string }>>('GET', '/api/attributes')
  expect(catalogue.body.items).toEqual([
    { name: 'city', label: null, type: 'text', people: 1, examples: ['Xiamen'] },
    { name: 'keep', label: null, type: 'number', people: 1, examples: ['1'] },
    { name: 'plan', label: null, type: 'text', people: 0, examples: [] },
    { name: 'vip', label: null, type: 'boolean', people: 1, examples: ['true'] },
  ])
})

test('people of one workspace do not exist in another', async () => {
  const [mine, other] = [await app.workspace(), await app.workspace()]
  await mine.send(identify(1, 'w', { email: 'w@x.io' }))
  await mine.settled()
  const person = await one(mine, 'user_id:w')
  expect(await find(other, 'user_id:w')).toEqual([])
  for (const path of ['', '/timeline', '/event-names', '/identity'])
    expect(await other.call('GET', `/api/profiles/${person.id}${path}`), path).toMatchObject({
      status: 404,
      body: { code: 'profile.missing' },
    })
  expect((await other.call('PATCH', `/api/profiles/${person.id}`, { attributes: { a: 1 } })).status).toBe(404)
  expect((await other.call('POST', `/api/profiles/${person.id}/tags`, { add: ['x'] })).status).toBe(404)
  expect((await other.call('GET', '/api/profiles/per_AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404)
})

test('identity kinds: built-in classes are fixed, own kinds and blocked values count from now on', async () => {
  const ws = await app.workspace()
  const save = (kind: string, body: Record<string, unknown>) =>
    ws.call('PUT', `/api/identity-kinds/${kind}`, body)
  const rule = { class: 'contact', priority: 85, limit: 5, blocked: ['test@test.com'] }
  expect((await save('email', { ...rule, class: 'login' })).body).toMatchObject({
    code: 'identity_kind.class_fixed',
  })
  expect((await save('email', rule)).body).toMatchObject({
    kind: 'email',
    builtIn: true,
    blocked: ['test@test.com'],
  })
  expect((await save('learner_no', { class: 'login', priority: 60, limit: 1, blocked: [] })).status).toBe(200)
  await ws.send(
    identify(
      1,
      'k',
      { email: 'test@test.com' },
      { context: { externalIds: [{ type: 'learner_no', id: 'L1' }] } },
    ),
  )
  await ws.send(
    said('identify', 2, { traits: { a: 1 }, context: { externalIds: [{ type: 'learner_no', id: 'L2' }] } }),
  )
  await ws.settled()
  expect((await one(ws, 'user_id:k')).identifiers.map((id) => id.kind)).toEqual(['user_id'])
  expect(await one(ws, 'learner_no:L2')).toMatchObject({ attributes: { a: 1 } })
  expect((await save('learner_no', { ...rule, blocked: [] })).body).toMatchObject({
    code: 'identity_kind.in_use',
  })
  const kinds = await ws.call<List<{ kind: string }>>('GET', '/api/identity-kinds')
  expect(kinds.body.items.map((one) => one.kind)).toEqual(
    expect.arrayContaining(['user_id', 'learner_no', 'anonymous_id']),
  )
})
