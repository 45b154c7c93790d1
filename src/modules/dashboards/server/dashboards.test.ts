import { beforeAll, expect, test } from 'vitest'
import type { Board, BoardLine } from '#modules/dashboards/contract/board.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

type Listed = { items: BoardLine[]; next: string | null; folders: string[] }

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const range = { last: 7, unit: 'day' }
const saveAnalysis = async (ws: TestWorkspace, name: string) =>
  (
    await ws.call<{ id: string }>('POST', '/api/analytics/saved', {
      name,
      question: { kind: 'trend', series: [{ event: 'Order Completed' }], range },
    })
  ).body.id
const tile = (id: string, analysis: string, at: object = {}) => ({
  ...{ id, kind: 'analysis', analysis, x: 0, y: 0, w: 6, h: 6 },
  ...at,
})
const make = (ws: Pick<TestWorkspace, 'call'>, body: object) =>
  ws.call<Board>('POST', '/api/dashboards', body)
const names = (listed: { body: Listed }) => listed.body.items.map(({ name }) => name)

test('boards are made, listed, found and kept on top; nobody overwrites what they have not seen', async () => {
  const ws = await app.workspace()
  const member = await joinMember(app, ws, 'reader@boards.example', {
    scope: 'all',
    permissions: ['dashboard:read', 'analytics:read'],
  })
  const analysis = await saveAnalysis(ws, 'Orders')
  const made = await make(ws, { name: 'Mornings', folder: 'Team', tiles: [tile('a', analysis)] })
  expect(made).toMatchObject({
    status: 201,
    body: { name: 'Mornings', folder: 'Team', version: 1, mine: true, favourite: false },
  })
  expect(made.body.tiles).toEqual([{ ...tile('a', analysis), show: 'chart' }])
  expect(made.body.analyses.map(({ name, usedBy }) => [name, usedBy])).toEqual([
    ['Orders', [{ kind: 'board', id: made.body.id, name: 'Mornings', holds: true }]],
  ])
  expect((await make(ws, { name: 'mornings', folder: 'team' })).body).toMatchObject({
    code: 'board.name_taken',
  })
  const second = (await make(ws, { name: 'Ads' })).body
  expect((await make(ws, { name: 'Zeta' })).status).toBe(201)

  const list = (query = '') => member.call<Listed>('GET', `/api/dashboards${query}`)
  expect(names(await list())).toEqual(['Ads', 'Mornings', 'Zeta'])
  await member.call('PUT', `/api/dashboards/${made.body.id}/favourite`, { favourite: true })
  expect(names(await list())).toEqual(['Mornings', 'Ads', 'Zeta'])
  expect(names(await ws.call<Listed>('GET', '/api/dashboards'))).toEqual(['Ads', 'Mornings', 'Zeta'])
  expect((await list('?folder=Team')).body.folders).toEqual(['Team'])
  expect(names(await list('?search=D'))).toEqual(['Ads'])
  expect(names(await list('?mine=true'))).toEqual([])
  const first = await list('?limit=2')
  expect(names(await list(`?limit=2&cursor=${first.body.next}`))).toEqual(['Zeta'])

  const change = (body: object) => ws.call<Board>('PATCH', `/api/dashboards/${second.id}`, body)
  expect((await change({ version: 1, name: 'Ads and more', filters: { range } })).body).toMatchObject({
    ...{ version: 2, name: 'Ads and more', filters: { range } },
  })
  expect(await change({ version: 1, tiles: [] })).toMatchObject({
    status: 409,
    body: { code: 'board.changed' },
  })
  expect((await member.call('PATCH', `/api/dashboards/${second.id}`, { version: 2, name: 'x' })).status).toBe(
    403,
  )
  expect((await member.call('DELETE', `/api/dashboards/${second.id}`)).status).toBe(403)
  const blind = await joinMember(app, ws, 'blind@boards.example', {
    scope: 'all',
    permissions: ['dashboard:read'],
  })
  expect((await blind.call<Board>('GET', `/api/dashboards/${made.body.id}`)).body.analyses).toEqual([])
}, 60_000)

test('tiles are held to the grid and to analyses of the workspace', async () => {
  const ws = await app.workspace()
  const analysis = await saveAnalysis(ws, 'Orders')
  const elsewhere = await saveAnalysis(await app.workspace(), 'Theirs')
  const status = async (tiles: object[]) => (await make(ws, { name: 'Refused', tiles })).status
  expect(await status([tile('a', analysis, { x: 8 })])).toBe(422)
  expect(await status([tile('a', analysis, { w: 1 })])).toBe(422)
  expect(await status([tile('a', analysis), tile('a', analysis)])).toBe(422)
  expect(await status([{ id: 'a', kind: 'text', text: 'x'.repeat(10_001), x: 0, y: 0, w: 4, h: 4 }])).toBe(
    422,
  )
  expect((await make(ws, { name: 'Refused', tiles: [tile('a', elsewhere)] })).body).toMatchObject({
    ...{ code: 'board.analysis_missing', analysis: elsewhere },
  })
  expect(await status([tile('a', analysis)])).toBe(201)
}, 60_000)

test('tiles added at once all find a place; what stands on a board is not deleted under it', async () => {
  const ws = await app.workspace()
  const analysis = await saveAnalysis(ws, 'Orders')
  const { id } = (await make(ws, { name: 'Board' })).body
  const add = () => ws.call<Board>('POST', `/api/dashboards/${id}/tiles`, { analysis })
  await Promise.all([add(), add(), add()])
  const { body: board } = await ws.call<Board>('GET', `/api/dashboards/${id}`)
  expect(board.tiles.map(({ x, y, w }) => [x, y, w])).toEqual([
    [0, 0, 6],
    [6, 0, 6],
    [0, 7, 6],
  ])
  expect(board.version).toBe(4)
  expect((await ws.call('DELETE', `/api/analytics/saved/${analysis}`)).body).toMatchObject({
    ...{ code: 'analysis.in_use', usedBy: [{ kind: 'board', id, name: 'Board', holds: true }] },
  })
  expect((await ws.call('DELETE', `/api/dashboards/${id}`)).status).toBe(204)
  expect((await ws.call('GET', `/api/dashboards/${id}`)).status).toBe(404)
  expect((await ws.call('DELETE', `/api/analytics/saved/${analysis}`)).status).toBe(200)
  // It comes back, and its tiles say that their analysis is gone; they can still be arranged and taken away.
  const back = await ws.call<Board>('POST', `/api/dashboards/${id}/restore`)
  expect(back.body).toMatchObject({ name: 'Board', analyses: [] })
  expect(back.body.tiles).toHaveLength(3)
  const kept = { version: 4, tiles: back.body.tiles.slice(0, 1) }
  expect((await ws.call('PATCH', `/api/dashboards/${id}`, kept)).status).toBe(200)
  expect((await ws.call('POST', `/api/dashboards/${id}/restore`)).status).toBe(404)
}, 60_000)

test('a copy is a board of its own; what was deleted goes for good after 30 days', async () => {
  const clocked = await startTestApp()
  const ws = await clocked.workspace()
  const analysis = await saveAnalysis(ws, 'Orders')
  const { id } = (await make(ws, { name: 'First', tiles: [tile('a', analysis)] })).body
  const copy = (await ws.call<Board>('POST', `/api/dashboards/${id}/copy`, { name: 'Second' })).body
  expect(copy.tiles).toEqual([{ ...tile('a', analysis), show: 'chart' }])
  await ws.call('DELETE', `/api/dashboards/${id}`)
  clocked.clock.advance(31 * 86_400_000)
  await ws.call('DELETE', `/api/dashboards/${copy.id}`)
  expect((await ws.call('POST', `/api/dashboards/${id}/restore`)).status).toBe(404)
  expect((await ws.call('POST', `/api/dashboards/${copy.id}/restore`)).status).toBe(200)
}, 60_000)

test('ready boards are made of the workspace’s own events, and leave out what it has none for', async () => {
  const ws = await app.workspace()
  const order = (day: number) => ({
    ...{ type: 'track', event: 'Order Completed', userId: `u${day}` },
    properties: { order_id: `o${day}`, revenue: 100 },
  })
  await ws.send(
    ...[1, 2].map(order),
    { type: 'track', event: 'Lead Form Submitted', userId: 'u1', properties: { channel: 'ads' } },
    { type: 'track', event: 'Zahlung', userId: 'u1' },
  )
  await ws.settled()
  type Templates = { items: { key: string; roles: { role: string; event: string | null }[] }[] }
  const { body } = await ws.call<Templates>('GET', '/api/dashboards/templates')
  expect(body.items[0]).toEqual({
    key: 'marketing',
    roles: [
      { role: 'interest', event: null },
      { role: 'sign_up', event: 'Lead Form Submitted' },
      { role: 'order', event: 'Order Completed' },
    ],
  })
  const use = (key: string, events = {}) =>
    ws.call<Board>('POST', `/api/dashboards/templates/${key}`, { events })
  const board = (await use('marketing')).body
  expect(board.analyses).toHaveLength(board.tiles.length)
  expect(board.tiles.length).toBe(8)
  expect(board.tiles.filter(({ kind }) => kind === 'number')).toHaveLength(4)
  expect(new Set(board.analyses.map(({ folder }) => folder))).toEqual(new Set([board.name]))
  for (const { question } of board.analyses)
    expect((await ws.call('POST', '/api/analytics/query', question)).status).toBe(200)
  expect((await use('marketing')).body.name).toBe(`${board.name} 2`)
  const chosen = (await use('management', { order: 'Zahlung' })).body
  expect(JSON.stringify(chosen.analyses)).not.toContain('Order Completed')
  expect(chosen.tiles.length).toBeGreaterThan(3)
  expect((await use('sales', { sign_up: null, meeting: null, order: null })).body).toMatchObject({
    code: 'board.nothing_to_show',
  })
  const { body: audit } = await ws.call<{ items: { action: string }[] }>('GET', '/api/audit?limit=50')
  expect(audit.items.filter(({ action }) => action === 'board.created')).toHaveLength(3)
}, 60_000)
