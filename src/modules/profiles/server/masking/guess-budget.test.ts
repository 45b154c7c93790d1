import { beforeAll, beforeEach, expect, test } from 'vitest'
import { makeForm } from '#modules/imports/server/testing/import-file.ts'
import { type Joined, joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { identify, type List, one } from '#modules/profiles/server/testing/tell-people.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
let blind: Joined
let looker: Joined
let joined = 0
const number = '13800138000'
const hourMs = 3_600_000
const rights = ['people:read', 'people:write', 'identity:write', 'segment:read', 'segment:write']
const more = ['import:read', 'import:write', 'event:read', 'export:read', 'company:read', 'job:read']

const join = (extra: string[] = []) =>
  joinMember(app, ws, `asker${++joined}@members.example`, {
    scope: 'all',
    permissions: [...rights, ...more, ...extra],
  })

beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  await ws.send(
    identify(1, 'u1', { name: '李雯', phone: number }),
    identify(2, 'u2', { phone: '13700000000' }),
  )
  await ws.settled()
}, 60_000)

beforeEach(async () => {
  // A test stays inside of one hour.
  app.clock.set((Math.floor(app.clock.now() / hourMs) + 1) * hourMs + 60_000)
  blind = await join()
  looker = await join(['people:unmask'])
})

/** Numbers of different looks, none of them anybody's. */
const strangers = (count: number, from = 0) =>
  Array.from(
    { length: count },
    (_, at) => `158${String(from + at).padStart(4, '0')}${String(at % 9973).padStart(4, '0')}`,
  )
/** Numbers that look like the one sought. */
const alike = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => `138${String(2000 + from + at).padStart(4, '0')}8000`)
type Answer = { code?: string; items?: unknown[]; count?: number; what?: string; limit?: number }
const look = (who: Pick<TestWorkspace, 'call'>, value: string) =>
  who.call<Answer>('GET', `/api/profiles?identifier=${encodeURIComponent(`phone:${value}`)}`)
async function spendAll(who: Joined, left = 0) {
  for (const value of strangers(200 - left, 5000)) expect((await look(who, value)).status).toBe(200)
}

test('who sees phones masked may ask for 200 of them in an hour, and is told when to go on', async () => {
  await spendAll(blind)
  // What was asked for before may be asked for again, in any spelling and anywhere.
  expect((await look(blind, '+86 158 5000 0000')).status).toBe(200)
  const rule = { attr: 'phone', op: 'eq', value: strangers(1, 5000)[0] }
  expect((await blind.call('POST', '/api/segments/preview', { rule })).status).toBe(200)
  const url = `/api/profiles?identifier=phone:${number}`
  const reply = await app.server.inject({ method: 'GET', url, headers: blind.headers })
  expect(reply.statusCode).toBe(429)
  expect(reply.json()).toMatchObject({
    code: 'profile.asked_too_often',
    what: 'values',
    limit: 200,
    permission: 'people:unmask',
  })
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(3000)
  expect(reply.body).not.toContain(number)
  const { body: audit } = await ws.call<List<Record<string, unknown>>>('GET', '/api/audit?limit=1')
  expect(audit.items[0]).toMatchObject({ action: 'people.asked_too_often', details: { limit: 200 } })
  // Names, ends of phones and everything else go on, for others anything does.
  for (const free of ['李', '8000', 'u1'])
    expect((await blind.call('GET', `/api/profiles?search=${encodeURIComponent(free)}`)).status).toBe(200)
  expect((await look(looker, number)).body.items).toHaveLength(1)
  expect((await look(ws, number)).body.items).toHaveLength(1)
  app.clock.advance(hourMs)
  expect((await look(blind, number)).body.items).toHaveLength(1)
})

test('asked for at the same time, values are counted all the same', async () => {
  const statuses = await Promise.all(
    strangers(260, 7000).map(async (value) => (await look(blind, value)).status),
  )
  expect(statuses.filter((status) => status === 200)).toHaveLength(200)
  expect(statuses.filter((status) => status === 429)).toHaveLength(60)
})

test('of numbers that look alike only thirty may be asked for, one by one or as a list', async () => {
  for (const value of alike(29)) expect((await look(blind, value)).status).toBe(200)
  const list = await newList(blind)
  const put = (values: string[]) =>
    blind.call<Answer>('POST', `/api/segments/${list}/people`, {
      identifiers: values.map((value) => ({ kind: 'phone', value })),
    })
  expect((await put([...alike(1, 50), ...strangers(100)])).status).toBe(201)
  const many = await put([...alike(5000), ...strangers(100)])
  expect(many).toMatchObject({ status: 429, body: { what: 'alike', limit: 30 } })
  expect(await sizeOf(list)).toBe(0)
  expect((await look(blind, alike(1, 99)[0] as string)).body).toMatchObject({ what: 'alike' })
})

const newList = async (who: Pick<TestWorkspace, 'call'>) =>
  (await who.call<{ id: string }>('POST', '/api/segments', { name: `List ${++joined}`, kind: 'list' })).body
    .id
const sizeOf = async (id: string) => (await ws.call<{ size: number }>('GET', `/api/segments/${id}`)).body.size

test('a list of 5,000 phones makes a segment, and does not say of each whether somebody has it', async () => {
  const list = await newList(blind)
  const identifiers = [...strangers(5000), number, 'no phone'].map((value) => ({ kind: 'phone', value }))
  const { status, body } = await blind.call<{ id: string; together: boolean }>(
    'POST',
    `/api/segments/${list}/people`,
    { identifiers },
  )
  expect({ status, together: body.together }).toEqual({ status: 201, together: true })
  expect(await sizeOf(list)).toBe(1)
  const file = async (who: Pick<TestWorkspace, 'call'>) =>
    String((await who.call('GET', `/api/segments/${list}/changes/${body.id}/unmatched`)).body)
      .trim()
      .split('\r\n')
  expect(await file(blind)).toHaveLength(2)
  expect((await file(blind))[1]).toContain('no phone')
  expect(await file(ws)).toHaveLength(5002)
  // Few enough to be looked up one by one: told one by one.
  const few = await blind.call<{ id: string; together: boolean; unmatched: number }>(
    'POST',
    `/api/segments/${list}/people`,
    { identifiers: strangers(3, 9000).map((value) => ({ kind: 'phone', value })) },
  )
  expect(few.body).toMatchObject({ together: false, unmatched: 3 })
}, 60_000)

test('halving a list again and again ends soon', async () => {
  const list = await newList(blind)
  const values = strangers(300, 1000).map((value) => ({ kind: 'phone', value }))
  const statuses: number[] = []
  for (let at = 0; at < 21; at++)
    statuses.push(
      (await blind.call('POST', `/api/segments/${list}/people`, { identifiers: values.slice(at) })).status,
    )
  expect(statuses.filter((status) => status === 201)).toHaveLength(20)
  expect(statuses.at(-1)).toBe(429)
}, 60_000)

const csv = (values: readonly string[]) =>
  `Phone,Probe\n${values.map((value, at) => `${value},${at}`).join('\n')}\n`
async function upload(who: Joined, file: string): Promise<string> {
  const { payload, headers } = makeForm({ file })
  const request = { method: 'POST', url: '/api/imports/preview', payload } as const
  const reply = await app.server.inject({ ...request, headers: { ...who.headers, ...headers } })
  expect(reply.statusCode).toBe(200)
  return reply.json<{ upload: string }>().upload
}

test('the file of a list is counted before anybody is put on it', async () => {
  const list = await newList(blind)
  const add = async (values: readonly string[]) => {
    const file = { upload: await upload(blind, csv(values)), column: 'Phone', kind: 'phone' }
    const { body } = await blind.call<{ id: string }>('POST', `/api/segments/${list}/people`, { file })
    return endedChange(list, body.id)
  }
  expect(await add([...alike(5000), number])).toMatchObject({ state: 'failed', changed: 0, unmatched: 0 })
  expect(await sizeOf(list)).toBe(0)
  expect(await add([...strangers(5000), number])).toMatchObject({ state: 'done', changed: 1, together: true })
}, 60_000)

async function endedChange(list: string, id: string) {
  type Change = { id: string; state: string; finishedAt: string | null }
  for (;;) {
    const { body } = await ws.call<List<Change>>('GET', `/api/segments/${list}/changes`)
    const found = body.items.find((change) => change.id === id)
    if (found?.finishedAt) return found
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

type Ran = {
  state: string
  created: number
  updated: number
  rounded: boolean
  error: { code: string } | null
}
async function run(who: Joined, values: readonly string[], dry = true): Promise<Ran> {
  const columns = { Probe: { attribute: 'probe' } }
  const spec = { kind: 'people', key: { column: 'Phone', kind: 'phone' }, columns, dry_run: dry }
  const started = await who.call<{ id: string }>('POST', '/api/imports', {
    upload: await upload(who, csv(values)),
    spec,
  })
  for (;;) {
    const { body } = await who.call<Ran>('GET', `/api/imports/${started.body.id}`)
    if (body.state === 'done' || body.state === 'failed') return body
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

test('an import is asked for little by little exactly, for much in round numbers, for one person not at all', async () => {
  expect(await run(blind, [number, ...strangers(2)])).toMatchObject({
    created: 2,
    updated: 1,
    rounded: false,
  })
  expect(await run(blind, [number, ...strangers(400)])).toMatchObject({
    created: 400,
    updated: 0,
    rounded: true,
  })
  expect(await run(looker, [number, ...strangers(400)])).toMatchObject({
    created: 400,
    updated: 1,
    rounded: false,
  })
  for (const dry of [true, false])
    expect(await run(blind, [number, ...alike(300)], dry)).toMatchObject({
      state: 'failed',
      error: { code: 'profile.asked_too_often' },
      created: 0,
      updated: 0,
    })
  expect((await one(ws, `phone:${number}`)).attributes).not.toHaveProperty('probe')
}, 60_000)

test('a key that sees personal data masked is counted like a member', async () => {
  const { body } = await ws.call<{ secret: string }>('POST', '/api/api-keys', {
    name: 'blind',
    permissions: ['people:read'],
  })
  const headers = { authorization: `Bearer ${body.secret}` }
  const statuses: number[] = []
  for (const value of strangers(201, 3000)) {
    const url = `/api/profiles?identifier=phone:${value}`
    statuses.push((await app.server.inject({ method: 'GET', url, headers })).statusCode)
  }
  expect(statuses.slice(0, 200).every((status) => status === 200)).toBe(true)
  expect(statuses[200]).toBe(429)
})
