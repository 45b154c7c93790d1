import { beforeAll, expect, test } from 'vitest'
import type { Board } from '#modules/dashboards/contract/board.ts'
import type { BoardLink, SharedBoard } from '#modules/dashboards/contract/links.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

type Told = { status: number; body: Record<string, unknown> }
type Person = { items: { id: string }[] }

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const range = { last: 7, unit: 'day' }
const secret = '13812345678'

/** Three orders of three people, two of them in Beijing; a board that counts and breaks them down. */
async function sharing(on: TestApp = app) {
  const ws = await on.workspace('Sharing')
  const people = [
    { userId: 'a', city: 'Beijing', phone: `+86${secret}` },
    { userId: 'b', city: 'Beijing' },
    { userId: 'c', city: 'Shanghai' },
  ]
  for (const { userId, ...traits } of people)
    await ws.send(
      { type: 'identify', userId, traits },
      { type: 'track', event: 'Order Completed', userId, properties: { revenue: 100 } },
    )
  await ws.settled()
  const keep = async (name: string, question: object) =>
    (await ws.call<{ id: string }>('POST', '/api/analytics/saved', { name, question })).body.id
  const buyers = { kind: 'trend', series: [{ event: 'Order Completed', math: 'people' }], range }
  const save = (name: string, more: object = {}) => keep(name, { ...buyers, ...more })
  const phones = { breakdown: [{ attr: 'phone' }] }
  const ofOne = { audience: { attr: 'phone', op: 'eq', value: `+86${secret}` } }
  const at = { x: 0, y: 0, w: 6, h: 6 }
  const tiles = [
    { id: 'sum', kind: 'number', analysis: await save('Buyers'), ...at },
    { id: 'phones', kind: 'analysis', analysis: await save('By phone', phones), ...at },
    { id: 'one', kind: 'analysis', analysis: await save('Of one', ofOne), own: true, ...at },
    { id: 'sold', kind: 'analysis', analysis: await keep('Sold', { kind: 'orders', range }), ...at },
    { id: 'text', kind: 'text', text: 'Hello', ...at },
  ]
  const board = (await ws.call<Board>('POST', '/api/dashboards', { name: 'Numbers', tiles })).body
  return { ws, board }
}

const share = async (who: Pick<TestWorkspace, 'call'>, board: Board, body: object = {}) => {
  const made = await who.call<BoardLink>('POST', `/api/dashboards/${board.id}/links`, body)
  return { ...made, token: String(made.body.path).slice('/shared/'.length) }
}
/** As somebody without a login. */
async function open(body: object, tile?: string, on: TestApp = app): Promise<Told> {
  const reply = await on.server.inject({
    method: 'POST',
    url: tile === undefined ? '/api/shared-board' : '/api/shared-board/tile',
    headers: { 'sec-fetch-site': 'same-origin' },
    payload: { ...body, ...(tile === undefined ? {} : { tile }) },
  })
  return { status: reply.statusCode, body: reply.json() }
}
const total = ({ body }: Told) => (body.series as { total: number }[])[0]?.total

test('a link shows numbers as its maker may see them, and nobody', async () => {
  const { ws, board } = await sharing()
  const { body: link, token } = await share(ws, board)
  expect(link).toMatchObject({ state: 'open', hasPassword: false, opened: 0, lastOpenedAt: null })
  const shown = await open({ token })
  expect(shown).toMatchObject({
    status: 200,
    body: { name: 'Numbers', workspace: { name: 'Sharing', timezone: 'Asia/Shanghai' }, narrowed: false },
  })
  expect((shown.body as unknown as SharedBoard).tiles).toHaveLength(5)
  // Orders are numbers its maker may see, too.
  expect((await open({ token }, 'sold')).status).toBe(200)
  // Conditions hold values of people; titles are of the events it speaks of.
  expect(JSON.stringify(shown.body)).not.toContain(secret)
  expect(JSON.stringify(shown.body)).not.toContain('audience')
  expect(total(await open({ token }, 'sum'))).toBe(3)
  expect((await open({ token }, 'sum')).body).toHaveProperty('compare')
  expect(await open({ token }, 'phones')).toMatchObject({
    status: 403,
    body: { code: 'analytics.asks_too_much' },
  })
  expect(total(await open({ token }, 'one'))).toBe(1)
  expect((await open({ token }, 'text')).body).toMatchObject({ code: 'board.tile_missing' })
  const { body: listed } = await ws.call<{ items: BoardLink[] }>('GET', '/api/board-links')
  expect(listed.items[0]).toMatchObject({ id: link.id, opened: 1, board: { name: 'Numbers' } })
  expect(listed.items[0]?.lastOpenedAt).not.toBeNull()
  const { body: audit } = await ws.call<{ items: { action: string; subject: string }[] }>(
    'GET',
    '/api/audit?limit=20',
  )
  const acts = audit.items.filter(({ subject }) => subject === link.id).map(({ action }) => action)
  expect(acts).toEqual(['board_link.opened', 'board_link.created'])
}, 60_000)

test('a link carries the filters it was made with; tiles of their own keep theirs', async () => {
  const { ws, board } = await sharing()
  const filters = { audience: { attr: 'city', op: 'eq', value: 'Beijing' }, range: { last: 30, unit: 'day' } }
  const { token } = await share(ws, board, { filters })
  expect(await open({ token })).toMatchObject({ body: { narrowed: true, filters: { range: filters.range } } })
  const sum = await open({ token }, 'sum')
  expect(total(sum)).toBe(2)
  expect((sum.body.series as { points: unknown[] }[])[0]?.points).toHaveLength(30)
  const own = await open({ token }, 'one')
  expect((own.body.series as { points: unknown[] }[])[0]?.points).toHaveLength(7)
  // Nobody who opens it chooses anything else.
  expect(total(await open({ token, filters: {} }, 'sum'))).toBe(2)
}, 60_000)

test('a damaged, expired, revoked or orphaned link opens nothing', async () => {
  const own = await startTestApp()
  const { ws, board } = await sharing(own)
  const { body: link, token } = await share(ws, board, { days: 2 })
  const code = async (given: string, tile?: string) => (await open({ token: given }, tile, own)).body.code
  const [id, end, signature] = token.split('.') as [string, string, string]
  const later = (Number.parseInt(end, 36) + 86_400_000).toString(36)
  for (const forged of [
    `${id}.${later}.${signature}`,
    `${id}.${end}.${signature.slice(1)}x`,
    `${id}.0${end}.${signature}`,
    `${board.id}.${end}.${signature}`,
    `${token}.`,
    'nothing',
  ])
    expect([forged, await code(forged)]).toEqual([forged, 'board_link.missing'])
  expect(await code(token)).toBeUndefined()
  const other = await share(ws, board)
  expect(await code(other.token, 'sum')).toBeUndefined()
  await ws.call('DELETE', `/api/board-links/${other.body.id}`)
  expect(await code(other.token)).toBe('board_link.revoked')
  expect(await code(other.token, 'sum')).toBe('board_link.revoked')
  await ws.call('DELETE', `/api/dashboards/${board.id}`)
  expect(await code(token)).toBe('board_link.dead')
  await ws.call('POST', `/api/dashboards/${board.id}/restore`)
  expect(await code(token)).toBeUndefined()
  own.clock.advance(2 * 86_400_000 + 1)
  expect(await code(token)).toBe('board_link.expired')
  expect(await code(token, 'sum')).toBe('board_link.expired')
  const { body } = await ws.call<{ items: BoardLink[] }>('GET', `/api/board-links?board=${board.id}`)
  expect(body.items.map(({ state, path }) => [state, path])).toEqual([
    ['revoked', null],
    ['expired', null],
  ])
  expect(body.items[1]?.id).toBe(link.id)
}, 60_000)

test('a link dies with its maker’s right, and shows only the rows they may see', async () => {
  const { ws, board } = await sharing()
  const permissions = ['dashboard:read', 'dashboard:share', 'analytics:read', 'people:read']
  const maker = await joinMember(app, ws, 'maker@links.example', { scope: 'self', permissions })
  const { body: found } = await ws.call<Person>('GET', '/api/profiles?identifier=user_id:b')
  await ws.call('POST', '/api/profiles/owner', { ids: [found.items[0]?.id], owner: maker.id })
  await ws.settled()
  const { token } = await share(maker, board)
  expect(total(await open({ token }, 'sum'))).toBe(1)
  expect((await open({ token }, 'people')).status).toBe(404)
  const { body: roles } = await ws.call<{ items: { id: string; name: string }[] }>('GET', '/api/roles')
  const role = roles.items.find(({ name }) => name.includes('maker@links'))?.id
  const give = (rights: string[]) => ws.call('PATCH', `/api/roles/${role}`, { permissions: rights })
  await give(permissions.filter((one) => one !== 'dashboard:share'))
  expect((await open({ token })).body).toMatchObject({ code: 'board_link.dead' })
  expect((await open({ token }, 'sum')).body).toMatchObject({ code: 'board_link.dead' })
  expect((await maker.call('POST', `/api/dashboards/${board.id}/links`, {})).status).toBe(403)
  await give(permissions)
  expect((await open({ token })).status).toBe(200)
  await ws.call('PATCH', `/api/members/${maker.id}`, { status: 'disabled' })
  expect((await open({ token })).body).toMatchObject({ code: 'board_link.dead' })
  const { body } = await ws.call<{ items: BoardLink[] }>('GET', '/api/board-links')
  expect(body.items[0]).toMatchObject({ state: 'dead', path: null })
}, 60_000)

test('behind a password nothing is told, and guessing it ends soon', async () => {
  const { ws, board } = await sharing()
  const { token, body: link } = await share(ws, board, { password: 'Jade river 7' })
  expect(link.hasPassword).toBe(true)
  expect((await open({ token })).body).toMatchObject({ code: 'board_link.password_needed' })
  expect((await open({ token }, 'sum')).body).toMatchObject({ code: 'board_link.password_needed' })
  const entered = await open({ token, password: 'Jade river 7' })
  const { pass } = entered.body as { pass: string }
  expect(entered.status).toBe(200)
  expect(total(await open({ token, pass }, 'sum'))).toBe(3)
  const other = await share(ws, board, { password: 'Jade river 7' })
  expect((await open({ token: other.token, pass }, 'sum')).body).toMatchObject({
    code: 'board_link.password_needed',
  })
  const codes = new Set<unknown>()
  for (let n = 0; n < 12; n++) codes.add((await open({ token, password: `wrong ${n}` })).body.code)
  expect([...codes]).toEqual(['board_link.wrong_password', 'board_link.asked_too_often'])
  expect((await open({ token, password: 'Jade river 7' })).status).toBe(429)
  expect((await open({ token, pass })).status).toBe(200)
}, 60_000)

test('who reads boards sees which links there are, and not their addresses', async () => {
  const { ws, board } = await sharing()
  await share(ws, board)
  const reader = await joinMember(app, ws, 'reader@links.example', {
    scope: 'all',
    permissions: ['dashboard:read'],
  })
  const { body } = await reader.call<{ items: BoardLink[] }>('GET', '/api/board-links')
  expect(body.items).toMatchObject([{ state: 'open', path: null }])
  expect((await reader.call('DELETE', `/api/board-links/${body.items[0]?.id}`)).status).toBe(403)
  const elsewhere = await app.workspace()
  expect((await elsewhere.call('DELETE', `/api/board-links/${body.items[0]?.id}`)).status).toBe(404)
  expect((await elsewhere.call<{ items: [] }>('GET', '/api/board-links')).body.items).toEqual([])
}, 60_000)
