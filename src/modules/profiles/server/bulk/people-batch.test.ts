import { beforeAll, expect, test } from 'vitest'
import type { PeopleBatch } from '#modules/profiles/bulk-shapes.ts'
import type { Profile } from '#modules/profiles/contract.ts'
import { identify, type List, one } from '#modules/profiles/server/testing/tell-people.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

async function classOf(people: number) {
  const ws = await app.workspace()
  await ws.send(
    ...Array.from({ length: people }, (_, n) =>
      identify(n, `u${n}`, { name: `Person ${n}`, city: n % 2 === 0 ? 'Beijing' : 'Shanghai' }),
    ),
  )
  await ws.settled()
  const members = await ws.call<List<{ id: string }>>('GET', '/api/members')
  return { ws, member: members.body.items[0]?.id as string }
}

const start = async (ws: TestWorkspace, kind: 'owner' | 'trash', body: object) => {
  const reply = await ws.call<PeopleBatch>('POST', `/api/profiles/${kind}-batches`, body)
  expect(reply.status).toBe(200)
  return reply.body.id
}
const ended = (ws: TestWorkspace, id: string, part: 'state' | 'undo' = 'state') =>
  expect
    .poll(async () => (await ws.call<PeopleBatch>('GET', `/api/profiles/batches/${id}`)).body[part], {
      timeout: 20_000,
    })
    .toBe('done')
const people = async (ws: TestWorkspace, query = '') =>
  (await ws.call<List<Profile>>('GET', `/api/profiles?sort=name&limit=100${query}`)).body.items
const owners = async (ws: TestWorkspace) => (await people(ws)).map((person) => person.owner?.id ?? null)

test('everybody that matches is given to a member; taken back, except where somebody decided since', async () => {
  const { ws, member } = await classOf(6)
  const matching = { rule: { attr: 'city', op: 'eq', value: 'Beijing' }, search: 'person' }
  const id = await start(ws, 'owner', { matching, owner: member, why: 'new term' })
  await ended(ws, id)
  expect(await owners(ws)).toEqual([member, null, member, null, member, null])
  const { body } = await ws.call<PeopleBatch>('GET', `/api/profiles/batches/${id}`)
  expect(body).toMatchObject({
    action: 'owner',
    people: 3,
    changed: 3,
    why: 'new term',
    owner: { id: member },
  })

  const first = await one(ws, 'user_id:u0')
  await ws.call('PUT', `/api/profiles/${first.id}/owner`, { owner: null })
  await ws.call('PUT', `/api/profiles/${first.id}/owner`, { owner: member })
  expect((await ws.call('POST', `/api/profiles/batches/${id}/undo`)).status).toBe(200)
  await ended(ws, id, 'undo')
  expect(await owners(ws)).toEqual([member, null, null, null, null, null])
  expect((await ws.call('POST', `/api/profiles/batches/${id}/undo`)).status).toBe(409)
}, 60_000)

test('chosen people go into the bin and come back by one undo', async () => {
  const { ws } = await classOf(4)
  const before = await people(ws)
  const id = await start(ws, 'trash', { ids: before.slice(0, 3).map((person) => person.id) })
  await ended(ws, id)
  expect(await people(ws)).toEqual([before[3]])
  const inBin = await ws.call<List<unknown>>('GET', '/api/profiles/trash?limit=2')
  expect(inBin.body.items).toHaveLength(2)
  expect(inBin.body.next).not.toBeNull()
  await ws.call('POST', '/api/profiles/restore', { ids: [before[0]?.id] })
  await ws.call('POST', '/api/profiles/trash', { ids: [before[0]?.id] })
  await ws.call('POST', `/api/profiles/batches/${id}/undo`)
  await ended(ws, id, 'undo')
  // The first was put there again, by hand.
  expect(await people(ws)).toEqual(before.slice(1))
  const list = await ws.call<List<PeopleBatch>>('GET', '/api/profiles/batches')
  expect(list.body.items.map((batch) => batch.id)).toEqual([id])
}, 60_000)

test('says whom, and refuses what cannot be', async () => {
  const { ws } = await classOf(1)
  const id = (await one(ws, 'user_id:u0')).id
  const status = async (kind: string, body: object) =>
    (await ws.call('POST', `/api/profiles/${kind}-batches`, body)).status
  expect(await status('trash', {})).toBe(422)
  expect(await status('trash', { ids: [id], matching: {} })).toBe(422)
  expect(await status('trash', { matching: { rule: { attr: 'x', op: 'like' } } })).toBe(422)
  expect(await status('owner', { ids: [id], owner: 'mem_none' })).toBe(422)
  expect(await status('owner', { ids: ['per_none'], owner: null })).toBe(404)
}, 60_000)
