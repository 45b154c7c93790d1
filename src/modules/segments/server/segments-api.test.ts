import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type DataScope, systemCtx } from '#platform/context.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

type Segment = {
  id: string
  name: string
  size: number | null
  state: string
  entered24h: number
  left24h: number
  countedAt: string | null
  code?: string
}
type Members = {
  items: { id: string; identifiers: { kind: string; value: string }[] }[]
  next: string | null
}

let app: TestApp
let ws: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
}, 60_000)

const identify = (userId: string, traits: Record<string, unknown>) => ({
  type: 'identify',
  userId,
  messageId: crypto.randomUUID(),
  traits,
})
const track = (
  userId: string,
  event: string,
  properties: Record<string, unknown> = {},
  at = app.clock.now(),
) => ({
  type: 'track',
  userId,
  event,
  messageId: crypto.randomUUID(),
  timestamp: new Date(at).toISOString(),
  properties,
})

async function create(name: string, rule: unknown, space = ws): Promise<Segment> {
  const { status, body } = await space.call<Segment>('POST', '/api/segments', { name, rule })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

async function counted(id: string, space = ws): Promise<Segment> {
  for (let i = 0; i < 200; i++) {
    const { body } = await space.call<Segment>('GET', `/api/segments/${id}`)
    if (body.state !== 'building') return body
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the segment was never counted')
}

async function memberIds(id: string, space = ws): Promise<string[]> {
  const { body } = await space.call<Members>('GET', `/api/segments/${id}/members?limit=1000`)
  return body.items.map((one) => one.identifiers.find((each) => each.kind === 'user_id')?.value ?? '?').sort()
}

const preview = async (rule: unknown, space = ws) =>
  (await space.call<{ count: number; exact: boolean }>('POST', '/api/segments/preview', { rule })).body

test('a segment is counted once and then follows the events', async () => {
  await ws.send(
    identify('f1', { group: 'follow' }),
    identify('f2', { group: 'follow' }),
    track('f1', 'Order Completed', { revenue: 100 }),
  )
  await ws.settled()
  const rule = {
    all: [
      { attr: 'group', op: 'eq', value: 'follow' },
      { event: 'Order Completed', agg: { fn: 'sum', prop: 'revenue', op: 'gte', value: 100 } },
    ],
  }
  expect(await preview(rule)).toMatchObject({ count: 1, exact: true })
  const made = await create('Buyers', rule)
  expect(made).toMatchObject({
    size: null,
    state: 'building',
    createdBy: expect.stringMatching(/^API key “/),
  })
  expect(await counted(made.id)).toMatchObject({ size: 1, state: 'live', entered24h: 0 })
  await ws.send(
    track('f2', 'Order Completed', { revenue: 99 }),
    track('f2', 'Order Completed', { revenue: 1 }),
  )
  await ws.settled()
  expect(await memberIds(made.id)).toEqual(['f1', 'f2'])
  expect(await counted(made.id)).toMatchObject({ size: 2, entered24h: 1, left24h: 0 })
  await ws.send(identify('f1', { group: 'gone' }))
  await ws.settled()
  expect(await memberIds(made.id)).toEqual(['f2'])
  expect(await counted(made.id)).toMatchObject({ size: 1, entered24h: 1, left24h: 1 })
  const history = await ws.call<{ items: { size: number; entered: number; left: number }[] }>(
    'GET',
    `/api/segments/${made.id}/history?days=1`,
  )
  expect(history.body.items.at(-1)).toMatchObject({ size: 1, entered: 1, left: 1 })
})

test('what a person is in, and since when', async () => {
  await ws.send(identify('o1', { group: 'ofProfile' }))
  await ws.settled()
  const before = app.clock.now()
  const made = await counted((await create('Of profile', { attr: 'group', op: 'eq', value: 'ofProfile' })).id)
  await ws.send(identify('o2', { group: 'ofProfile' }))
  await ws.settled()
  const idOf = async (user: string) =>
    (await ws.call<Members>('GET', `/api/profiles?identifier=user_id:${user}`)).body.items[0]?.id
  const since = async (user: string) => {
    const { body } = await ws.call<{ items: { id: string; name: string; since: string | null }[] }>(
      'GET',
      `/api/profiles/${await idOf(user)}/segments`,
    )
    expect(body.items).toMatchObject([{ id: made.id, name: 'Of profile' }])
    return body.items[0]?.since ?? ''
  }
  // In it when it was first counted: since then, as far as anybody knows. `countedAt` moves on while nothing changes.
  expect(Date.parse(await since('o1'))).toBeGreaterThanOrEqual(before)
  expect(Date.parse(await since('o1'))).toBeLessThanOrEqual(Date.parse(made.countedAt ?? ''))
  expect(Date.parse(await since('o2'))).toBeGreaterThan(Date.parse(await since('o1')))
})

test('a size that nothing changes is as of now', async () => {
  const made = await counted((await create('Quiet', { attr: 'quiet', op: 'exists' })).id)
  app.clock.advance(3_600_000)
  await app.segments.recheck()
  const later = await counted(made.id)
  expect(later.size).toBe(0)
  expect(Date.parse(later.countedAt ?? '')).toBeGreaterThanOrEqual(
    Date.parse(made.countedAt ?? '') + 3_600_000,
  )
  const { body } = await ws.call<{ items: Segment[] }>('GET', '/api/segments?search=Quiet')
  expect(Date.parse(body.items[0]?.countedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(later.countedAt ?? ''))
})

test('a new name leaves what is known of a segment as it is', async () => {
  const rule = { attr: 'group', op: 'eq', value: 'renamed' }
  const { id } = await counted((await create('Before', rule)).id)
  await ws.send(identify('n1', { group: 'renamed' }))
  await ws.settled()
  const { body } = await ws.call<Segment>('PUT', `/api/segments/${id}`, { name: 'After', rule })
  expect(body).toMatchObject({ name: 'After', size: 1, state: 'live', entered24h: 1 })
})

test("outside of the caller's data scope nobody is in a segment: not in its members, sizes, moves or order", async () => {
  const space = await app.workspace()
  await space.send(...['a', 'b', 'c', 'd'].map((user) => identify(user, { name: user, big: 1 })))
  await space.settled()
  const big = await counted((await create('Big', { attr: 'big', op: 'exists' }, space)).id, space)
  const small = await counted((await create('Small', { attr: 'small', op: 'exists' }, space)).id, space)
  await space.send(identify('a', { small: 1 }), identify('e', { name: 'e', big: 1 }))
  await space.settled()
  const row = await app.database.system((tx) =>
    tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${space.id}`),
  )
  const num = row?.num as number
  await app.ch.command(
    `INSERT INTO people SELECT * REPLACE (if(name = 'a', 'mem_1', 'mem_2') AS owner, version + 1 AS version)
     FROM people FINAL WHERE ws = {ws:UInt32}`,
    { ws: num },
  )
  const base = systemCtx({ num, id: space.id, timezone: 'UTC' }, app.clock.now(), 'test')
  const as = (scope: DataScope) => (name: string, rest: Record<string, unknown>) =>
    app.segments.routes
      .find((one) => one.name === name)
      ?.handle({ ctx: { ...base, scope }, ...rest } as never)
  const one = { params: { id: big.id }, query: { limit: 50 } }
  const all = as({ all: true })
  const mine = as({ all: false, memberIds: ['mem_1'], departmentIds: [] })
  expect(await all('get', one)).toMatchObject({ size: 5, entered24h: 1 })
  expect(await mine('get', one)).toMatchObject({ size: 1, entered24h: 0, left24h: 0 })
  expect(((await mine('members', one)) as Members).items).toHaveLength(1)
  expect(await mine('history', { params: { id: big.id }, query: { days: 1 } })).toEqual({ items: [] })
  // By stored sizes Big is larger; to this caller both have one member, and the id decides.
  const bySize = async (who: typeof mine) => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = (await who('list', { query: { sort: '-size', limit: 1, cursor } })) as {
        items: Segment[]
        next: string | null
      }
      seen.push(...page.items.map((segment) => segment.id))
      cursor = page.next ?? undefined
    } while (cursor)
    return seen
  }
  expect(await bySize(all)).toEqual([big.id, small.id])
  expect(await bySize(mine)).toEqual([big.id, small.id].sort().reverse())
  expect(await bySize(as({ all: false, memberIds: [], departmentIds: [] }))).toHaveLength(2)
})

test('a list by name pages through names that languages fold differently', async () => {
  const names = [
    'fold İz',
    'fold iza',
    'fold Straße',
    'fold STRASSE',
    'fold ΟΔΟΣ',
    'fold οδοσ 2',
    'fold 中文',
    'fold Éa',
  ]
  for (const name of names) await create(name, { attr: 'nobody', op: 'exists' })
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await ws.call<{ items: Segment[]; next: string | null }>(
      'GET',
      `/api/segments?search=fold&sort=name&limit=1${cursor && `&cursor=${cursor}`}`,
    )
    seen.push(...body.items.map((one) => one.name))
    cursor = body.next ?? ''
  } while (cursor && seen.length < 20)
  expect(seen.toSorted()).toEqual(names.toSorted())
})

test('members come in pages, complete and without repeats', async () => {
  await ws.send(...Array.from({ length: 23 }, (_, i) => identify(`p${i}`, { group: 'pages' })))
  await ws.settled()
  const { id } = await counted((await create('Pages', { attr: 'group', op: 'eq', value: 'pages' })).id)
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await ws.call<Members>(
      'GET',
      `/api/segments/${id}/members?limit=5${cursor && `&cursor=${cursor}`}`,
    )
    expect(body.items.length).toBeLessThanOrEqual(5)
    seen.push(...body.items.map((one) => one.id))
    cursor = body.next ?? ''
  } while (cursor)
  expect(seen).toHaveLength(23)
  expect(new Set(seen).size).toBe(23)
})

test('a window ends by itself', async () => {
  await ws.send(identify('w1', { group: 'window' }), track('w1', 'Course Viewed'))
  await ws.settled()
  const rule = { event: 'Course Viewed', within: { last: 2, unit: 'hour' } }
  const { id } = await counted((await create('Recent viewers', rule)).id)
  expect(await memberIds(id)).toContain('w1')
  app.clock.advance(2 * 3_600_000 + 1000)
  await app.segments.recheck()
  expect(await memberIds(id)).toEqual([])
  expect(await preview(rule)).toMatchObject({ count: 0 })
  expect(await counted(id)).toMatchObject({ size: 0, left24h: 1 })
})

test('merged people leave with the identifier that left', async () => {
  await ws.send({ ...track('x', 'Trial Booked'), userId: undefined, anonymousId: 'dev-m1' })
  await ws.settled()
  const { id } = await counted((await create('Trials', { event: 'Trial Booked' })).id)
  expect(await counted(id)).toMatchObject({ size: 1 })
  await ws.send({ ...identify('m1', {}), anonymousId: 'dev-m1' })
  await ws.settled()
  expect(await memberIds(id)).toEqual(['m1'])
  expect(await counted(id)).toMatchObject({ size: 1 })
})

test('a rule may name another segment; a new rule there counts here too', async () => {
  await ws.send(
    identify('s1', { plan: 'a', group: 'nested' }),
    identify('s2', { plan: 'b', group: 'nested' }),
  )
  await ws.settled()
  const inner = await counted((await create('Inner', { attr: 'plan', op: 'eq', value: 'a' })).id)
  const outer = await counted(
    (await create('Outer', { all: [{ segment: inner.id }, { attr: 'group', op: 'eq', value: 'nested' }] }))
      .id,
  )
  expect(await memberIds(outer.id)).toEqual(['s1'])
  const changed = await ws.call<Segment>('PUT', `/api/segments/${inner.id}`, {
    name: 'Inner',
    rule: { attr: 'plan', op: 'eq', value: 'b' },
  })
  expect(changed.body).toMatchObject({ size: null, state: 'building' })
  await counted(inner.id)
  expect(await counted(outer.id)).toMatchObject({ size: 1, entered24h: 0 })
  expect(await memberIds(outer.id)).toEqual(['s2'])
  const cycle = await ws.call('PUT', `/api/segments/${inner.id}`, {
    name: 'Inner',
    rule: { any: [{ not: { segment: outer.id } }] },
  })
  expect(cycle).toMatchObject({ status: 422, body: { code: 'segment.cycle', path: '/any/0/not/segment' } })
  const inUse = await ws.call('DELETE', `/api/segments/${inner.id}`)
  expect(inUse).toMatchObject({
    status: 409,
    body: { code: 'segment.in_use', users: [{ id: outer.id, name: 'Outer' }] },
  })
})

test('a name is free again after deletion, and a restore counts anew', async () => {
  const rule = { attr: 'group', op: 'eq', value: 'restore' }
  const first = await counted((await create('Same name', rule)).id)
  const taken = await ws.call('POST', '/api/segments', { name: 'same NAME', rule })
  expect(taken).toMatchObject({ status: 409, body: { code: 'segment.name_taken' } })
  expect((await ws.call('DELETE', `/api/segments/${first.id}`)).status).toBe(204)
  expect((await ws.call('GET', `/api/segments/${first.id}`)).status).toBe(404)
  await ws.send(identify('r1', { group: 'restore' }))
  await ws.settled()
  const second = await create('Same name', rule)
  expect(await ws.call('POST', `/api/segments/${first.id}/restore`)).toMatchObject({
    status: 409,
    body: { code: 'segment.name_taken' },
  })
  await ws.call('DELETE', `/api/segments/${second.id}`)
  expect((await ws.call('POST', `/api/segments/${first.id}/restore`)).status).toBe(200)
  expect(await counted(first.id)).toMatchObject({ size: 1 })
  app.clock.advance(91 * 86_400_000)
  expect((await ws.call('POST', `/api/segments/${second.id}/restore`)).status).toBe(404)
})

test('faults of a rule name their path', async () => {
  const bad = await ws.call('POST', '/api/segments/preview', {
    rule: { all: [{ attr: 'x', op: 'like', value: 1 }] },
  })
  expect(bad).toMatchObject({ status: 422, body: { code: 'rule.malformed', path: '/all/0/op' } })
  const unknown = await ws.call('POST', '/api/segments', {
    name: 'Unknown',
    rule: { any: [{ segment: 'seg_nowhere' }] },
  })
  expect(unknown).toMatchObject({
    status: 422,
    body: { code: 'rule.malformed', path: '/any/0/segment', reason: 'unknown_segment' },
  })
})

test('a preview tells the count of every condition', async () => {
  await ws.send(identify('d1', { group: 'detail', plan: 'x' }), identify('d2', { group: 'detail' }))
  await ws.settled()
  const rule = {
    all: [{ attr: 'group', op: 'eq', value: 'detail' }, { not: { attr: 'plan', op: 'eq', value: 'x' } }],
  }
  const { body } = await ws.call<{ nodes: Record<string, number>; everyone: number; sample: unknown[] }>(
    'POST',
    '/api/segments/preview-detail',
    { rule },
  )
  expect(body).toMatchObject({
    count: 1,
    nodes: { '': 1, '/all/0': 2, '/all/1': body.everyone - 1, '/all/1/not': 1 },
  })
  expect(body.sample).toMatchObject([{ identifiers: [{ kind: 'user_id', value: 'd2' }] }])
  const { body: found } = await ws.call<Members>('GET', '/api/profiles?identifier=user_id:d1')
  const why = await ws.call('POST', '/api/segments/explain', { rule, profileId: found.items[0]?.id })
  expect(why.body).toMatchObject({
    holds: false,
    tree: {
      holds: false,
      children: [{ path: '/all/0', holds: true, seen: { value: 'detail' } }, { holds: false }],
    },
  })
})

test('lists sort, search and page', async () => {
  // Counted first: a size that appears between two pages moves its segment.
  for (const name of ['List b', 'List a', 'List 中', 'List %'])
    await counted((await create(name, { attr: 'nobody', op: 'exists' })).id)
  const names = async (query: string) =>
    (await ws.call<{ items: Segment[]; next: string | null }>('GET', `/api/segments?${query}`)).body
  expect((await names('search=list&sort=name')).items.map((one) => one.name)).toEqual([
    'List %',
    'List a',
    'List b',
    'List 中',
  ])
  expect((await names('search=%25')).items.map((one) => one.name)).toEqual(['List %'])
  for (const sort of ['name', '-size', '-updatedAt']) {
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await names(`sort=${sort}&limit=3${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map((one) => one.id))
      cursor = page.next ?? ''
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual((await names(`sort=${sort}&limit=1000`)).items.map((one) => one.id))
  }
})

test('another workspace sees nothing of it', async () => {
  const other = await app.workspace()
  const { id } = await counted((await create('Walled', { attr: 'group', op: 'exists' })).id)
  for (const [method, url] of [
    ['GET', `/api/segments/${id}`],
    ['GET', `/api/segments/${id}/members`],
    ['GET', `/api/segments/${id}/history`],
    ['DELETE', `/api/segments/${id}`],
    ['POST', `/api/segments/${id}/restore`],
  ] as const)
    expect((await other.call(method, url)).status).toBe(404)
  const named = await other.call('POST', '/api/segments/preview', { rule: { segment: id } })
  expect(named).toMatchObject({ status: 422, body: { path: '/segment' } })
  expect(await preview({ attr: 'group', op: 'exists' }, other)).toMatchObject({ count: 0 })
  expect(
    (await other.call('POST', '/api/segments', { name: 'Walled', rule: { attr: 'a', op: 'exists' } })).status,
  ).toBe(201)
})
