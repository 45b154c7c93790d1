import { beforeAll, expect, test } from 'vitest'
import type { SavedAnalysis } from '#modules/analytics/contract/saved.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
}, 60_000)

const question = { kind: 'trend', series: [{ event: 'A' }], range: { last: 7, unit: 'day' } }
const save = (body: object) =>
  ws.call<SavedAnalysis & { code: string }>('POST', '/api/analytics/saved', { question, ...body })
const list = async (query = '') =>
  (
    await ws.call<{ items: SavedAnalysis[]; folders: string[]; next: string | null }>(
      'GET',
      `/api/analytics/saved${query}`,
    )
  ).body

test('a question is kept under a name, found, asked again, changed and taken away', async () => {
  const state = { events: [{ event: 'A' }], range: { last: 7, unit: 'day' } }
  const { status, body: made } = await save({ name: 'Weekly', folder: 'Growth', state })
  expect([status, made.kind, made.state, made.mine]).toEqual([201, 'trend', state, true])
  expect((await ws.call('POST', '/api/analytics/query', made.question)).status).toBe(200)
  const twice = await save({ name: 'weekly', folder: 'growth' })
  expect([twice.status, twice.body.code]).toEqual([409, 'analysis.name_taken'])
  await save({ name: 'Weekly' })
  expect((await list('?folder=Growth')).items.map(({ name }) => name)).toEqual(['Weekly'])
  expect((await list('?search=WEEK')).items).toHaveLength(2)
  expect((await list()).folders).toEqual(['Growth'])
  const path = `/api/analytics/saved/${made.id}`
  const change = await ws.call<SavedAnalysis>('PATCH', path, { version: 1, name: 'Daily', folder: '' })
  expect([change.body.version, change.body.name, change.body.folder]).toEqual([2, 'Daily', ''])
  const late = await ws.call<{ code: string }>('PATCH', path, { version: 1, name: 'Late' })
  expect([late.status, late.body.code]).toEqual([409, 'analysis.changed'])
  const gone = await ws.call<SavedAnalysis>('DELETE', path)
  expect(gone.body.name).toBe('Daily')
  expect((await ws.call('GET', path)).status).toBe(404)
})

test('they come in pages by name', async () => {
  for (const name of ['b', 'A', 'c']) await save({ name, folder: 'pages' })
  const first = await list('?folder=pages&limit=2')
  const second = await list(`?folder=pages&limit=2&cursor=${first.next}`)
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['A', 'b', 'c'])
  expect(second.next).toBeNull()
})

test('a segment says which saved analyses ask about it', async () => {
  const segment = await ws.call<{ id: string }>('POST', '/api/segments', {
    name: 'Locals',
    rule: { attr: 'city', op: 'exists' },
  })
  const { id } = segment.body
  const { body } = await save({ name: 'Of locals', question: { ...question, audience: { segment: id } } })
  const uses = await ws.call<{ usedBy: object[] }>('GET', `/api/segments/${id}/uses`)
  expect(uses.body.usedBy).toEqual([
    { kind: 'analysis', id: body.id, name: 'Of locals', direct: true, holds: false },
  ])
  // A board whose people filter names it is told, too, and holds it no more than an analysis does.
  const board = await ws.call<{ id: string }>('POST', '/api/dashboards', {
    name: 'Of us here',
    filters: { audience: { all: [{ segment: id }] } },
  })
  expect(board.status).toBe(201)
  const both = await ws.call<{ usedBy: object[] }>('GET', `/api/segments/${id}/uses`)
  expect(both.body.usedBy).toContainEqual({
    ...{ kind: 'board', id: board.body.id, name: 'Of us here', direct: true, holds: false },
  })
  expect((await ws.call('DELETE', `/api/segments/${id}`)).status).toBeLessThan(300)
})

test('who may only ask sees them and changes none', async () => {
  const reader = await joinMember(app, ws, 'reader@members.example', {
    scope: 'all',
    permissions: ['people:read', 'analytics:read'],
  })
  const seen = await reader.call<{ items: SavedAnalysis[] }>('GET', '/api/analytics/saved')
  expect(seen.body.items.length).toBeGreaterThan(0)
  const denied = await reader.call('POST', '/api/analytics/saved', { name: 'Mine', question })
  expect(denied.status).toBe(403)
})
