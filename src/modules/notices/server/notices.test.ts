import { sql } from 'kysely'
import { beforeAll, expect, test, vi } from 'vitest'
import type { Notice } from '#modules/notices/contract.ts'
import { noticeOf } from '#modules/notices/server/ended-jobs.ts'
import { type Joined, joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
let wang: Joined
let zhao: Joined
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  wang = await joinMember(app, ws, 'wang@example.com', { scope: 'all' })
  zhao = await joinMember(app, ws, 'zhao@example.com', { scope: 'all' })
  await ws.send(...[1, 2, 3].map((i) => ({ type: 'identify', userId: `n${i}`, traits: { name: `N ${i}` } })))
  await ws.settled()
})

type Page = { items: Notice[]; next: string | null }
const told = async (member: Joined, query = '') =>
  (await member.call<Page>('GET', `/api/notices${query}`)).body
const unread = async (member: Joined) =>
  (await member.call<{ unread: number }>('GET', '/api/notices/count')).body.unread
const peopleIds = async () =>
  (await ws.call<{ items: { id: string }[] }>('GET', '/api/profiles?sort=id')).body.items.map((one) => one.id)

test('one notice for one act, however many people; nobody is told of their own doing', async () => {
  const ids = await peopleIds()
  expect(ids).toHaveLength(3)
  await zhao.call('POST', '/api/profiles/owner', { ids, owner: wang.id })
  const { items } = await told(wang)
  expect(items).toMatchObject([
    {
      type: 'people.assigned',
      level: 'act',
      facts: { count: 3, by: 'zhao' },
      href: `/people?owner=${wang.id}`,
      readAt: null,
    },
  ])
  expect(await unread(wang)).toBe(1)
  expect((await told(zhao)).items).toEqual([])
  // Already theirs: nothing happened.
  await zhao.call('POST', '/api/profiles/owner', { ids, owner: wang.id })
  await wang.call('POST', '/api/profiles/owner', { ids, owner: null })
  await wang.call('POST', '/api/profiles/owner', { ids, owner: wang.id })
  expect(await unread(wang)).toBe(1)
})

test('read is read, for oneself only', async () => {
  const [notice] = (await told(wang)).items
  await zhao.call('POST', '/api/notices/read', { ids: [notice?.id] })
  expect(await unread(wang)).toBe(1)
  await wang.call('POST', '/api/notices/read', { ids: [notice?.id] })
  expect(await unread(wang)).toBe(0)
  expect((await told(wang, '?unread=true')).items).toEqual([])
  expect((await told(wang)).items[0]?.readAt).not.toBeNull()
})

test('a type that is switched off is not told, until it is switched on again', async () => {
  const [id] = await peopleIds()
  const hand = async (owner: string | null) => zhao.call('PUT', `/api/profiles/${id}/owner`, { owner })
  await wang.call('PUT', '/api/notices/switches/people.assigned', { on: false })
  const switches = await wang.call<{ items: { type: string; on: boolean }[] }>('GET', '/api/notices/switches')
  expect(switches.body.items.filter((one) => !one.on).map((one) => one.type)).toEqual(['people.assigned'])
  await hand(null)
  await hand(wang.id)
  expect(await unread(wang)).toBe(0)
  await wang.call('PUT', '/api/notices/switches/people.assigned', { on: true })
  await hand(null)
  await hand(wang.id)
  expect(await unread(wang)).toBe(1)
  await wang.call('POST', '/api/notices/read', {})
  expect(await unread(wang)).toBe(0)
  expect((await wang.call('PUT', '/api/notices/switches/no.such', { on: true })).status).toBe(422)
})

test('who looks after members hears of an accepted invitation, who joined does not', async () => {
  const boss = await joinMember(app, ws, 'boss@example.com', {
    scope: 'all',
    permissions: ['member:read', 'member:write'],
  })
  const joined = await joinMember(app, ws, 'late@example.com', {
    scope: 'all',
    permissions: ['member:write'],
  })
  await vi.waitFor(async () => {
    const { items } = await told(boss)
    expect(items.map((one) => one.facts.name)).toContain('late')
  }, 15_000)
  expect((await told(joined)).items.map((one) => one.facts.name)).not.toContain('late')
})

test('a failed job is told to who started it, once, and pages hold', async () => {
  const num = await app.database.system((tx) =>
    tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${ws.id}`),
  )
  const job = (id: string) => ({
    ...{ id, kind: 'imports:run', title: 'people.csv', state: 'failed', member: zhao.id, code: 'file.bad' },
    ...{ seconds: 1, payload: { importId: 'imp_1' } },
  })
  for (const id of ['job_1', 'job_1', 'job_2', 'job_3'])
    await app.database.system((tx) => tx.emit('job.ended', job(id), num?.num as number))
  await vi.waitFor(async () => expect((await told(zhao)).items).toHaveLength(3), 15_000)
  const first = await told(zhao, '?limit=2')
  const second = await told(zhao, `?limit=2&cursor=${first.next}`)
  expect([...first.items, ...second.items].map((one) => one.type)).toEqual(
    Array.from({ length: 3 }, () => 'import.failed'),
  )
  expect(second.next).toBeNull()
  expect(first.items[0]).toMatchObject({
    facts: { title: 'people.csv', code: 'file.bad' },
    href: '/imports/imp_1',
  })
  expect((await told(wang)).items.filter((one) => one.type === 'import.failed')).toEqual([])
})

test('what is told of which job', () => {
  const job = {
    ...{ id: 'j', kind: 'tags:assign', title: null, state: 'done' as const, member: 'm', code: null },
    ...{ seconds: 2, payload: {} },
  }
  expect(noticeOf(job)).toBeUndefined()
  expect(noticeOf({ ...job, seconds: 10 })?.type).toBe('job.finished')
  expect(noticeOf({ ...job, kind: 'imports:run' })?.type).toBe('import.finished')
  expect(noticeOf({ ...job, kind: 'exports:write' })).toMatchObject({
    type: 'job.finished',
    href: '/exports',
  })
  expect(noticeOf({ ...job, kind: 'segments:build', state: 'failed', member: null })).toMatchObject({
    type: 'segment.failed',
    to: { permission: 'segment:write' },
  })
  expect(noticeOf({ ...job, member: null, seconds: 99 })).toBeUndefined()
})

test('a key is nobody to tell', async () => {
  for (const path of ['', '/count', '/switches'])
    expect(await ws.call('GET', `/api/notices${path}`)).toMatchObject({
      status: 403,
      body: { code: 'notice.members_only' },
    })
})
