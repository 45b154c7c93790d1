import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { postForm } from '#modules/imports/server/testing/import-file.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import type { ListChange } from '#modules/segments/contract.ts'
import { identify, segmentCalls } from '#modules/segments/server/testing/segment-calls.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
let calls: ReturnType<typeof segmentCalls>
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  calls = segmentCalls(ws)
  await ws.send(
    identify('a', { phone: '13800138001', group: 'old' }),
    identify('b', { email: 'B@example.com', group: 'old' }),
    identify('c', { group: 'new' }),
    { type: 'track', anonymousId: 'device-1', event: 'Viewed', messageId: 'v1', properties: {} },
  )
  await ws.settled()
}, 60_000)

let made = 0
const newList = () => calls.create({ name: `List ${made++}`, kind: 'list' })
const change = (method: 'POST' | 'DELETE', id: string, body: Record<string, unknown>) =>
  ws.call<ListChange>(method, `/api/segments/${id}/people`, body)
async function ended(id: string, changeId: string): Promise<ListChange> {
  for (let tries = 0; tries < 400; tries++) {
    const { body } = await ws.call<{ items: ListChange[] }>('GET', `/api/segments/${id}/changes`)
    const found = body.items.find((one) => one.id === changeId)
    if (found && found.finishedAt !== null) return found
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('the change never ended')
}
async function add(id: string, body: Record<string, unknown>): Promise<ListChange> {
  const reply = await change('POST', id, body)
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  return ended(id, reply.body.id)
}
async function undo(id: string, changeId: string): Promise<ListChange> {
  const reply = await ws.call<ListChange>('POST', `/api/segments/${id}/changes/${changeId}/undo`)
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  return ended(id, reply.body.id)
}

test('people are put on by id and by any identifier, and what found nobody is told with its reason', async () => {
  const list = await newList()
  expect(list).toMatchObject({ kind: 'list', state: 'live', size: 0, rule: { list: list.id } })
  expect(await add(list.id, { ids: [await calls.person('c')] })).toMatchObject({
    changed: 1,
    same: 0,
    state: 'done',
  })
  const identifiers = [
    { kind: 'phone', value: '138 0013 8001' },
    { kind: 'email', value: 'b@EXAMPLE.com' },
    { kind: 'user_id', value: 'c' },
    { kind: 'user_id', value: 'nobody' },
    { kind: 'email', value: 'no mail' },
    { kind: 'user_id', value: ' ' },
  ]
  const byIds = await add(list.id, { identifiers })
  expect(byIds).toMatchObject({
    source: 'identifiers',
    total: 6,
    changed: 2,
    same: 1,
    unmatched: 3,
    created: 0,
  })
  expect(await calls.members(list.id)).toEqual(['a', 'b', 'c'])
  expect(await calls.get(list.id)).toMatchObject({ size: 3, entered24h: 3 })
  const file = await ws.call<string>('GET', `/api/segments/${list.id}/changes/${byIds.id}/unmatched`)
  expect(
    String(file.body)
      .split('\r\n')
      .slice(1, 4)
      .map((line) => line.split(',').slice(0, 4).join()),
  ).toEqual(['nobody,user_id,4,unknown', 'no mail,email,5,invalid', ' ,user_id,6,empty'])
})

test('a list is a segment in rules of both evaluators, and takes no rule itself', async () => {
  const list = await newList()
  await add(list.id, { identifiers: [{ kind: 'user_id', value: 'a' }] })
  const rule = { all: [{ segment: list.id }, { attr: 'group', op: 'eq', value: 'old' }] }
  expect(await calls.count(rule)).toBe(1)
  expect(await calls.count({ not: { segment: list.id } })).toBe(3)
  for (const [user, holds] of [
    ['a', true],
    ['b', false],
  ] as const) {
    const profileId = await calls.person(user)
    const { body } = await ws.call<{ holds: boolean }>('POST', '/api/segments/explain', { rule, profileId })
    expect(body.holds).toBe(holds)
  }
  const built = await calls.create({ name: 'On a list', rule })
  expect((await calls.counted(built.id)).size).toBe(1)
  await add(list.id, { identifiers: [{ kind: 'user_id', value: 'b' }] })
  expect(await calls.members(built.id)).toEqual(['a', 'b'])
  const url = `/api/segments/${list.id}`
  expect(await ws.call('PUT', url, { name: list.name, rule })).toMatchObject({
    body: { code: 'segment.is_list' },
  })
  expect(await ws.call('PUT', url, { name: 'Another name' })).toMatchObject({
    status: 200,
    body: { name: 'Another name', size: 2 },
  })
  expect(await change('POST', built.id, { ids: ['x'] })).toMatchObject({ body: { code: 'segment.no_list' } })
  const saved = await ws.call('POST', '/api/segments', { name: 'Names a list', rule: { list: list.id } })
  expect(saved).toMatchObject({ status: 422, body: { reason: 'unknown_list', path: '/list' } })
})

test('each change can be taken back where nothing changed the same people since', async () => {
  const list = await newList()
  const first = await add(list.id, { rule: { attr: 'group', op: 'exists' } })
  expect(first).toMatchObject({ source: 'rule', changed: 3, total: 3, state: 'done' })
  const removed = await change('DELETE', list.id, { identifiers: [{ kind: 'user_id', value: 'a' }] })
  expect(removed).toMatchObject({ status: 200, body: { what: 'remove', changed: 1 } })
  expect(await calls.members(list.id)).toEqual(['b', 'c'])
  // a was taken off since: the undo of the first leaves that alone.
  await undo(list.id, first.id)
  expect(await calls.members(list.id)).toEqual([])
  await undo(list.id, removed.body.id)
  expect(await calls.members(list.id)).toEqual(['a'])
  expect(await ws.call('POST', `/api/segments/${list.id}/changes/${first.id}/undo`)).toMatchObject({
    status: 409,
    body: { code: 'segment.change_undone' },
  })
})

test('a list follows merges and unmerges', async () => {
  const list = await newList()
  await ws.send({ type: 'track', anonymousId: 'device-2', event: 'Viewed', messageId: 'v2', properties: {} })
  await ws.send(identify('m'))
  await ws.settled()
  await add(list.id, { identifiers: [{ kind: 'anonymous_id', value: 'device-2' }] })
  expect(await calls.members(list.id)).toEqual(['?'])
  const m = await calls.person('m')
  const { body } = await ws.call<{ items: { id: string }[] }>(
    'GET',
    '/api/profiles?identifier=anonymous_id:device-2',
  )
  await ws.call('POST', `/api/profiles/${m}/merge`, { with: body.items[0]?.id })
  await ws.settled()
  expect(await calls.members(list.id)).toEqual(['m'])
  const identifier = { kind: 'anonymous_id', value: 'device-2' }
  await ws.call('POST', `/api/profiles/${m}/unmerge`, { identifier })
  await ws.settled()
  expect(await calls.members(list.id)).toEqual(['?'])
  expect((await calls.get(list.id)).size).toBe(1)
})

test('a file puts people on, and makes those nobody knows when that is asked', async () => {
  const list = await newList()
  const text = 'Mobile,Note\n13800138001,known\n13800138001,again\n13900139009,new\nnonsense,bad\n'
  const { body } = await postForm<{ upload: string }>(ws, '/api/imports/preview', {
    file: text,
    name: 'vip.csv',
  })
  const file = { upload: body.upload, column: 'Mobile', kind: 'phone' }
  const plain = await add(list.id, { file })
  expect(plain).toMatchObject({
    source: 'file',
    title: 'vip.csv',
    total: 4,
    changed: 1,
    same: 1,
    unmatched: 2,
  })
  const creating = await add(list.id, { file, create: true })
  expect(creating).toMatchObject({ total: 4, changed: 1, same: 2, unmatched: 1, created: 1 })
  expect((await calls.get(list.id)).size).toBe(2)
  const wrong = await change('POST', list.id, { file: { ...file, column: 'Telefon' } })
  expect(wrong).toMatchObject({ status: 422, body: { code: 'import.unknown_column' } })
})

test('what ClickHouse forgets comes back from Postgres', async () => {
  const list = await newList()
  await add(list.id, { rule: { attr: 'group', op: 'eq', value: 'old' } })
  await app.ch.command('TRUNCATE TABLE list_unit')
  await app.ch.command('TRUNCATE TABLE segment_member')
  await app.collect.rebuild(async () => undefined)
  expect(await calls.members(list.id)).toEqual(['a', 'b'])
  expect(await calls.get(list.id)).toMatchObject({ size: 2, state: 'live' })
})

test('who is erased is on no list, and in nothing a file said', async () => {
  const list = await newList()
  await ws.send(identify('gone', { phone: '13700137000' }))
  await ws.settled()
  await add(list.id, {
    identifiers: [
      { kind: 'phone', value: '13700137000' },
      { kind: 'user_id', value: 'a' },
    ],
  })
  // Somebody wrote it as another kind: a row that found nobody, and still names them.
  await add(list.id, { identifiers: [{ kind: 'user_id', value: '+8613700137000' }] })
  const gone = await ws.call('DELETE', `/api/profiles/${await calls.person('gone')}`)
  expect(gone.status, JSON.stringify(gone.body)).toBeLessThan(300)
  await expect.poll(async () => (await calls.members(list.id)).join(), { timeout: 30_000 }).toBe('a')
  await expect
    .poll(
      () =>
        app.database.system(async (tx) => {
          const row = await tx.row<{ n: number }>(sql`
            select (select count(*) from segments.list_unmatched where value = '+8613700137000')
              + (select count(*) from segments.list_unit u where not exists (
                  select from profiles.identifier i where i.unit = u.unit)) as n`)
          return row?.n
        }),
      { timeout: 30_000 },
    )
    .toBe(0)
})

test('rows that found nobody are shown as they were sent to who sent them; a namesake is somebody else', async () => {
  const list = await newList()
  const permissions = ['people:read', 'segment:read', 'segment:write']
  const join = (mail: string, scope: string) => joinMember(app, ws, mail, { scope, permissions })
  const sent = { identifiers: [{ kind: 'phone', value: '13912345678' }] }
  const rowsOf = async (who: Pick<TestWorkspace, 'call'>, change: string) => {
    const reply = await who.call<string>('GET', `/api/segments/${list.id}/changes/${change}/unmatched`)
    return reply.status === 200 ? String(reply.body).split('\r\n')[1]?.split(',')[0] : reply.status
  }
  const [mine, namesake, blind] = [
    await join('wei@one.example', 'self'),
    await join('wei@two.example', 'self'),
    await join('blind@lists.example', 'all'),
  ]
  const made = await mine.call<ListChange>('POST', `/api/segments/${list.id}/people`, sent)
  expect(made.body).toMatchObject({ unmatched: 1 })
  const { id } = made.body
  expect([await rowsOf(mine, id), await rowsOf(ws, id), await rowsOf(namesake, id)]).toEqual([
    '13912345678',
    '13912345678',
    404,
  ])
  expect(await rowsOf(blind, id)).toBe('139****5678')
  const undone = `/api/segments/${list.id}/changes/${id}/undo`
  expect((await namesake.call('POST', undone)).status).toBe(404)
  expect((await mine.call('POST', undone)).status).toBe(201)
})
