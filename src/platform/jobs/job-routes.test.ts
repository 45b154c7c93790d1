import { sql } from 'kysely'
import { beforeAll, expect, test, vi } from 'vitest'
import { enqueue, type NewJob } from '#platform/jobs/enqueue.ts'
import type { Job } from '#platform/jobs/job-contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

type Page = { items: Job[]; next: string | null }

let app: TestApp
let ws: TestWorkspace
let num: number
let me: Awaited<ReturnType<typeof join>>

beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  const row = await app.database.system((tx) =>
    tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${ws.id}`),
  )
  num = row?.num as number
  me = await join('me@example.com')
})

/** A member with no permission about jobs. */
async function join(email: string) {
  const role = { name: `Role of ${email}`, permissions: ['people:read'], scope: 'all' }
  const { body: made } = await ws.call<{ id: string }>('POST', '/api/roles', role)
  const { body } = await ws.call<{ link: string }>('POST', '/api/invitations', { email, roleId: made.id })
  const reply = await app.server.inject({
    method: 'POST',
    url: `/api/invitation-links/${body.link.split('/').at(-1)}/accept`,
    headers: { 'sec-fetch-site': 'same-origin' },
    payload: { name: email, password: 'correct horse battery' },
  })
  const cookie = String(reply.headers['set-cookie']).split(';')[0] as string
  const call = async <T = Job>(method: 'GET' | 'POST', url: string) => {
    const answer = await app.server.inject({
      method,
      url,
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    })
    return { status: answer.statusCode, body: answer.json<T & { code?: string; permission?: string }>() }
  }
  return { call, id: reply.json<{ memberId: string }>().memberId }
}

const far = new Date('2100-01-01T00:00:00Z')
const add = (job: Partial<NewJob>) =>
  app.database.system((tx) =>
    enqueue(tx, { kind: 'test:wait', payload: {}, runAt: far, workspace: num, ...job }),
  )

test('everybody sees and cancels what they started; of others’ jobs they learn nothing', async () => {
  const [mine, foreign] = [
    await add({ memberId: me.id, title: 'Mine' }),
    await add({ memberId: 'mem_other' }),
  ]
  const list = await me.call<Page>('GET', '/api/jobs')
  expect(list.body.items).toMatchObject([
    { id: mine, title: 'Mine', state: 'waiting', mine: true, progress: 0 },
  ])
  expect((await me.call('GET', `/api/jobs/${foreign}`)).body.code).toBe('job.missing')
  expect((await me.call('POST', `/api/jobs/${foreign}/cancel`)).body.code).toBe('job.missing')
  const cancelled = await me.call('POST', `/api/jobs/${mine}/cancel`)
  expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled', cancelRequested: true } })
  expect(cancelled.body.finishedAt).not.toBeNull()
  // Twice is once.
  expect((await me.call('POST', `/api/jobs/${mine}/cancel`)).status).toBe(200)
  const other = await app.workspace()
  expect((await other.call('POST', `/api/jobs/${foreign}/cancel`)).status).toBe(404)
})

test('with permissions others’ jobs too: one to see them, another to cancel', async () => {
  const job = await add({ memberId: 'mem_other' })
  const withOnly = async (permission: string) => {
    const { body } = await ws.call<{ secret: string }>('POST', '/api/api-keys', {
      name: permission,
      permissions: [permission],
    })
    return { authorization: `Bearer ${body.secret}` }
  }
  const reader = await withOnly('job:read')
  expect((await ws.call<Job>('GET', `/api/jobs/${job}`, undefined, reader)).body).toMatchObject({
    id: job,
    mine: false,
  })
  expect(await ws.call('POST', `/api/jobs/${job}/cancel`, {}, reader)).toMatchObject({
    status: 403,
    body: { code: 'access.denied', permission: 'job:write' },
  })
  const nobody = await withOnly('people:read')
  expect(await ws.call('GET', '/api/jobs', undefined, nobody)).toMatchObject({
    status: 403,
    body: { permission: 'job:read' },
  })
  const writer = await withOnly('job:write')
  expect((await ws.call('POST', `/api/jobs/${job}/cancel`, {}, writer)).body.state).toBe('cancelled')
  const done = await add({})
  await app.database.system((tx) => tx.run(sql`update platform.job set state = 'done' where id = ${done}`))
  expect(await ws.call('POST', `/api/jobs/${done}/cancel`)).toMatchObject({
    status: 409,
    body: { code: 'job.ended' },
  })
})

test('the list pages through jobs of one moment, filters by state, and leaves deliveries out', async () => {
  const space = await app.workspace()
  const row = await app.database.system((tx) =>
    tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${space.id}`),
  )
  const workspace = row?.num as number
  // One transaction: one creation time for all of them.
  const ids = await app.database.system(async (tx) => {
    const made: string[] = []
    for (let at = 0; at < 5; at++)
      made.push(await enqueue(tx, { kind: 'test:wait', payload: {}, runAt: far, workspace }))
    await enqueue(tx, { kind: 'on:tag.moved:test', payload: {}, runAt: far, workspace })
    return made
  })
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await space.call<Page>('GET', `/api/jobs?limit=2${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.items.map((one) => one.id))
    cursor = body.next ?? ''
  } while (cursor)
  expect(seen).toEqual(ids.toSorted().reverse())
  await space.call('POST', `/api/jobs/${ids[0]}/cancel`)
  const ended = await space.call<Page>('GET', '/api/jobs?state=cancelled')
  expect(ended.body.items.map((one) => one.id)).toEqual([ids[0]])
  expect((await space.call<Page>('GET', '/api/jobs?mine=true')).body.items).toEqual([])
})

test('a cancelled count leaves a segment that says so, and saving it counts again', async () => {
  const release = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const turn = app.collect.projector.inTurn(async () => {
    held.resolve()
    await release.promise
  })
  await held.promise
  const rule = { attr: 'city', op: 'exists' }
  const { body: made } = await ws.call<{ id: string }>('POST', '/api/segments', { name: 'Stopped', rule })
  const job = async () =>
    (await ws.call<Page>('GET', '/api/jobs')).body.items.find((one) => one.title === 'Stopped') as Job
  await vi.waitFor(async () => expect((await job()).state).toBe('running'), { timeout: 10_000 })
  const { id } = await job()
  const lease = () =>
    app.database.system((tx) =>
      tx.row<{ at: Date }>(sql`select lease_until as at from platform.job where id = ${id}`),
    )
  const before = await lease()
  expect((await ws.call('POST', `/api/jobs/${id}/cancel`)).body).toMatchObject({
    state: 'running',
    cancelRequested: true,
  })
  // A sign of life: the worker knows.
  await vi.waitFor(async () => expect(await lease()).not.toEqual(before), { timeout: 8000 })
  release.resolve()
  await turn
  const state = async () => (await ws.call<{ state: string }>('GET', `/api/segments/${made.id}`)).body.state
  await vi.waitFor(async () => expect(await state()).toBe('failed'), { timeout: 10_000 })
  expect((await job()).state).toBe('cancelled')
  await ws.call('PUT', `/api/segments/${made.id}`, { name: 'Stopped', rule })
  await vi.waitFor(async () => expect(await state()).toBe('live'), { timeout: 10_000 })
})
