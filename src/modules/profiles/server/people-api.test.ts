import { beforeAll, expect, test } from 'vitest'
import type { Profile, TimelineItem } from '#modules/profiles/contract.ts'
import {
  at,
  find,
  identify,
  type List,
  namesOf,
  numberOf,
  one,
  said,
  timelineOf,
  track,
} from '#modules/profiles/server/testing/tell-people.ts'
import { type DataScope, systemCtx } from '#platform/context.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

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
  for (const id of [
    'anonymous_id:d1',
    'email:FANG@example.com',
    'phone:+86 138-1234-5678',
    'phone: 8613812345678',
  ])
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
  const some = async (query: string) =>
    new Set((await timelineOf(ws, person.id, query)).map((item) => item.name))
  expect(await some('names=Odd,Planned')).toEqual(new Set(['Odd', 'Planned']))
  expect(await some('names=Odd&names=Planned')).toEqual(new Set(['Odd', 'Planned']))
  await ws.send(track(7, 'Odd, really', { userId: 't' }))
  await ws.settled()
  expect(await some('names=Odd,%20really')).toEqual(new Set(['Odd', 'Odd, really']))
  expect(await some('names=Odd,%20really&names=Planned')).toEqual(new Set(['Odd, really', 'Planned']))
  expect(await some('names=Odd')).toEqual(new Set(['Odd']))
  expect(await timelineOf(ws, person.id, 'search=home')).toHaveLength(1)
  expect(await timelineOf(ws, person.id, `from=${at(6)}&to=${at(6)}`)).toHaveLength(1)
  const names = await ws.call('GET', `/api/profiles/${person.id}/event-names`)
  expect(names.body).toEqual({
    items: [
      { name: 'Even', count: 5 },
      { name: 'Odd', count: 4 },
      { name: 'Odd, really', count: 1 },
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
  expect(catalogue.body.items).toMatchObject([
    { name: 'city', label: null, type: 'text', people: 1, examples: ['Xiamen'] },
    { name: 'keep', label: null, type: 'number', people: 1, examples: ['1'] },
    { name: 'plan', label: null, type: 'text', people: 0, examples: [] },
    { name: 'vip', label: null, type: 'boolean', people: 1, examples: ['true'] },
  ])
})

test('examples of an attribute are those of the first people, whatever was written last', async () => {
  const ws = await app.workspace()
  const people = Array.from({ length: 8 }, (_, i) => i)
  for (const i of people) {
    await ws.send(identify(i, `ex${i}`, { shade: `old ${i}`, place: { town: `t${i}`, area: `a${i}` } }))
    await ws.settled()
  }
  for (const i of people.toReversed()) await ws.send(identify(20 + i, `ex${i}`, { shade: `new ${i}` }))
  await ws.settled()
  const { body } = await ws.call<List<{ name: string; examples: string[] }>>('GET', '/api/attributes')
  const examples = Object.fromEntries(body.items.map((one) => [one.name, one.examples]))
  expect(examples.shade).toEqual(['new 0', 'new 1', 'new 2', 'new 3', 'new 4'])
  // An object shows its parts by name.
  expect(examples.place?.slice(0, 3)).toEqual(['a0', 't0', 'a1'])
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

test("outside of the caller's data scope people are neither listed, counted, opened nor explained", async () => {
  const ws = await app.workspace()
  await ws.send(
    identify(1, 's1', { name: 'Mine', phone: '13711112222' }),
    identify(2, 's2', { name: 'Theirs', phone: '13711112222' }),
    identify(3, 's3', { name: 'Nobody yet' }),
  )
  await ws.settled()
  const num = await numberOf(app, ws)
  await app.ch.command(
    `INSERT INTO people SELECT * REPLACE (if(name = 'Mine', 'mem_1', 'mem_2') AS owner, version + 1 AS version)
     FROM people FINAL WHERE ws = {ws:UInt32} AND name IN ('Mine', 'Theirs')`,
    { ws: num },
  )
  const base = systemCtx({ num, id: ws.id, timezone: 'UTC' }, app.clock.now(), 'test')
  const as = (scope: DataScope) => (name: string, rest: Record<string, unknown>) => {
    const served = app.profiles.routes.find((one) => one.name === name)
    return served?.handle({ ctx: { ...base, scope }, ...rest } as never)
  }
  const mine = as({ all: false, memberIds: ['mem_1', ''], departmentIds: [] })
  const list = async (query: Record<string, unknown>) =>
    ((await mine('list', { query: { limit: 50, sort: '-lastSeen', ...query } })) as List).items.map(
      (row) => row.name,
    )
  for (const sort of ['-lastSeen', 'lastSeen', '-firstSeen', 'name', 'id'])
    expect(await list({ sort }), sort).toEqual(['Mine'])
  expect(await list({ identifier: 'phone:13711112222' })).toEqual(['Mine'])
  for (const hidden of ['user_id:s2', 'user_id:nobody'])
    expect(await list({ identifier: hidden })).toEqual([])
  expect(await list({ search: 'theirs' })).toEqual([])
  expect(await mine('count', { body: {} })).toEqual({ count: 1 })
  const [own, foreign] = [await one(ws, 'user_id:s1'), await one(ws, 'user_id:s2')]
  expect(await mine('get', { params: { id: own.id } })).toMatchObject({ name: 'Mine' })
  const missing = { code: 'profile.missing' }
  for (const name of [
    'get',
    'timeline',
    'eventNames',
    'identity',
    'update',
    'merge',
    'previewMerge',
    'unmerge',
  ])
    await expect(
      mine(name, {
        params: { id: foreign.id },
        query: { limit: 50, include: 'events' },
        body: { with: own.id, attributes: { a: 1 }, identifier: { kind: 'user_id', value: 's2' } },
      }),
      name,
    ).rejects.toMatchObject(missing)
  await expect(mine('merge', { params: { id: own.id }, body: { with: foreign.id } })).rejects.toMatchObject(
    missing,
  )
  const question = { a: { kind: 'user_id', value: 's1' }, b: { kind: 'user_id', value: 's2' } }
  expect(await mine('explain', { body: question })).toMatchObject({ reason: 'unknown_identifier' })
  expect(await as({ all: true })('explain', { body: question })).toMatchObject({
    same: false,
    reason: 'two_logins',
  })
})

test('one person for the evaluator is what the sets see', async () => {
  const ws = await app.workspace()
  await ws.send(
    identify(1, 'v', { phone: '137 3333 4444', address: { city: 'Wuhan' }, visits: 3 }),
    track(3, 'Late', { userId: 'v' }, { items: [{ sku: 'a' }, { sku: 'b' }] }),
    track(2, 'Early', { userId: 'v' }),
  )
  await ws.settled()
  const ctx = systemCtx({ num: await numberOf(app, ws), id: ws.id, timezone: 'UTC' }, app.clock.now(), 'test')
  const person = await app.profiles.personNumber(ctx, (await one(ws, 'user_id:v')).id)
  const evaluable = await app.profiles.evaluablePerson(ctx, person)
  expect(evaluable.attrs).toEqual({ phone: '+8613733334444', 'address.city': 'Wuhan', visits: 3 })
  expect(evaluable.events.map(({ name, props }) => [name, { ...props }])).toEqual([
    ['identify', { phone: '137 3333 4444', 'address.city': 'Wuhan', visits: 3 }],
    ['Early', {}],
    ['Late', { 'items.sku': ['a', 'b'] }],
  ])
})
