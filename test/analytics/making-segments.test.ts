import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { RfmGroup } from '#modules/analytics/contract/rfm.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

type Made = { id: string; jobId: string; segments: { id: string; name: string; made: boolean }[] }
type People = { items: { id: string; identifiers: { value: string }[] }[]; total: number }

let app: TestApp
let ws: TestWorkspace
const order = (userId: string, day: string, revenue: number) => ({
  ...{ type: 'track', messageId: `${userId} ${day}`, userId, event: 'Order Completed' },
  ...{ timestamp: `${day}T04:00:00.000Z`, properties: { revenue, order_id: `${userId} ${day}` } },
})
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  await ws.send(
    ...Array.from({ length: 40 }, (_, at) => [
      order(`u${at}`, `2026-01-${String(1 + (at % 28)).padStart(2, '0')}`, 10 * at),
      ...(at % 3 === 0 ? [order(`u${at}`, '2026-01-30', 5)] : []),
    ]).flat(),
  )
  await ws.settled()
}, 60_000)

const question = {
  ...{ kind: 'rfm', event: { event: 'Order Completed' } },
  range: { from: '2026-01-01', to: '2026-01-31' },
}
const parts = (prefix: string, origin?: string) =>
  RfmGroup.options.map((group) => ({
    ...{ cell: { group }, name: `${prefix} ${group}` },
    ...(origin === undefined ? {} : { origin: `${origin} ${group}` }),
  }))
const make = (body: object, who: Pick<TestWorkspace, 'call'> = ws) =>
  who.call<Made & { code: string; path: string; permission: string }>('POST', '/api/analytics/segments', body)
const namesOf = (people: People) => people.items.map(({ identifiers }) => identifiers[0]?.value).sort()
const behind = async (body: object, cell: object) =>
  namesOf((await ws.call<People>('POST', '/api/analytics/people?limit=1000', { ...body, cell })).body)
const members = async (id: string) =>
  namesOf((await ws.call<People>('GET', `/api/segments/${id}/members?limit=1000`)).body)
async function ended(jobId: string): Promise<string> {
  const state = async () => (await ws.call<{ state: string }>('GET', `/api/jobs/${jobId}`)).body.state
  await expect.poll(state, { timeout: 60_000 }).not.toMatch(/waiting|running/)
  return state()
}

test('eight groups become eight segments of exactly their people; again, they are brought up to date', async () => {
  const first = await make({ question, parts: parts('RFM', 'rfm') })
  expect(first.status).toBe(201)
  expect(first.body.segments.every(({ made }) => made)).toBe(true)
  expect(await ended(first.body.jobId)).toBe('done')
  let total = 0
  for (const [at, { id }] of first.body.segments.entries()) {
    const own = await members(id)
    expect(own).toEqual(await behind(question, { group: RfmGroup.options[at] }))
    total += own.length
  }
  expect(total).toBe(40)
  const later = { ...question, range: { from: '2026-01-15', to: '2026-01-31' } }
  const again = await make({ question: later, parts: parts('Anything', 'rfm') })
  expect(again.body.segments.map(({ id, made }) => [id, made])).toEqual(
    first.body.segments.map(({ id }) => [id, false]),
  )
  // The names they have stay.
  expect(again.body.segments[0]?.name).toBe('RFM champions')
  expect(await ended(again.body.jobId)).toBe('done')
  for (const [at, { id }] of again.body.segments.entries())
    expect(await members(id)).toEqual(await behind(later, { group: RfmGroup.options[at] }))
  // The history of the list tells of it.
  const { body } = await ws.call<{ items: { source: string; what: string; state: string }[] }>(
    'GET',
    `/api/segments/${again.body.segments[0]?.id}/changes`,
  )
  expect(body.items.every(({ source, state }) => source === 'analysis' && state === 'done')).toBe(true)
  // Taking the second one back leaves what the first one made.
  const undone = await ws.call('POST', `/api/analytics/segments/${again.body.id}/undo`)
  expect(undone.body).toEqual({ removed: 0, restored: 8 })
  for (const [at, { id }] of first.body.segments.entries())
    await expect
      .poll(() => members(id), { timeout: 30_000 })
      .toEqual(await behind(question, { group: RfmGroup.options[at] }))
  expect((await ws.call('POST', `/api/analytics/segments/${first.body.id}/undo`)).body).toEqual({
    ...{ removed: 8, restored: 0 },
  })
  expect((await ws.call('GET', `/api/segments/${first.body.segments[0]?.id}`)).status).toBe(404)
  const twice = await ws.call('POST', `/api/analytics/segments/${first.body.id}/undo`)
  expect(twice).toMatchObject({ status: 404, body: { code: 'analysis.making_missing' } })
})

test('one number of any analysis becomes a segment; what was asked is forgotten afterwards', async () => {
  const trend = {
    ...{ kind: 'trend', series: [{ event: 'Order Completed', math: 'people' }] },
    ...{ interval: 'day', range: question.range },
  }
  const { body } = await make({
    ...{ question: trend, parts: [{ cell: { series: 0, t: '2026-01-30' }, name: 'Came again' }] },
  })
  expect(await ended(body.jobId)).toBe('done')
  const own = await members(body.segments[0]?.id ?? '')
  expect(own).toEqual(await behind(trend, { series: 0, t: '2026-01-30' }))
  expect(own.length).toBeGreaterThan(5)
  const row = await app.database.system((tx) =>
    tx.row<{ question: unknown; ended: string }>(
      sql`select question, ended from analytics.making where id = ${body.id}`,
    ),
  )
  expect(row).toEqual({ question: null, ended: 'done' })
})

test('a name that is taken makes nothing at all', async () => {
  await make({ question, parts: [{ cell: { group: 'loyal' }, name: 'Taken' }] })
  const before = await ws.call<{ items: unknown[] }>('GET', '/api/segments?limit=1000')
  const reply = await make({
    question,
    parts: [
      { cell: { group: 'new' }, name: 'Not taken' },
      { cell: { group: 'loyal' }, name: 'taken' },
    ],
  })
  expect(reply).toMatchObject({ status: 409, body: { code: 'segment.name_taken' } })
  const after = await ws.call<{ items: unknown[] }>('GET', '/api/segments?limit=1000')
  expect(after.body.items.length).toBe(before.body.items.length)
})

test('faults are told at once: no such cell, a question that makes no sense', async () => {
  const wrong = await make({ question, parts: [{ cell: { days: 3 }, name: 'Wrong' }] })
  expect(wrong).toMatchObject({
    status: 422,
    body: { code: 'analytics.bad_question', path: '/parts/0/cell' },
  })
  const reversed = { ...question, range: { from: '2026-02-01', to: '2026-01-01' } }
  const reply = await make({ question: reversed, parts: [{ cell: {}, name: 'Reversed' }] })
  expect(reply.body.code).toBe('analytics.bad_question')
})

test('a job that begins again in the middle ends with the same people', async () => {
  const { body } = await make({ question, parts: [{ cell: {}, name: 'Everybody' }] })
  expect(await ended(body.jobId)).toBe('done')
  // As a crash leaves it: not ended, the question still there, somebody on the list who should not be.
  await app.database.system((tx) =>
    tx.run(sql`
      update analytics.making set ended = null, question = ${JSON.stringify(question)}::jsonb,
        parts = jsonb_set(parts, '{0,cell}', '{"group":"dormant"}') where id = ${body.id}`),
  )
  await app.database.system((tx) =>
    tx.run(sql`
      update platform.job set state = 'waiting', finished_at = null, run_at = now() where id = ${body.jobId}`),
  )
  const list = body.segments[0]?.id ?? ''
  await expect
    .poll(() => members(list), { timeout: 30_000 })
    .toEqual(await behind(question, { group: 'dormant' }))
})

test('only within the data scope of whoever asks, and with the rights to', async () => {
  const permissions = ['people:read', 'segment:read', 'segment:write', 'analytics:read']
  const nobodys = await joinMember(app, ws, 'own@making.example', { scope: 'self', permissions })
  const { body } = await make({ question, parts: [{ cell: {}, name: 'Mine alone' }] }, nobodys)
  expect(await ended(body.jobId)).toBe('done')
  expect(await members(body.segments[0]?.id ?? '')).toEqual([])
  const blind = await joinMember(app, ws, 'few@making.example', {
    ...{ scope: 'all', permissions: permissions.filter((one) => one !== 'analytics:read') },
  })
  const refused = await make({ question, parts: [{ cell: {}, name: 'Refused' }] }, blind)
  expect(refused).toMatchObject({ status: 403, body: { permission: 'analytics:read' } })
  // What others made is not theirs to take back.
  const theirs = await make({ question, parts: [{ cell: {}, name: 'Of the owner' }] })
  const undo = await nobodys.call('POST', `/api/analytics/segments/${theirs.body.id}/undo`)
  expect(undo.status).toBe(404)
})
