import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import yauzl from 'yauzl'
import type { Export } from '#modules/exports/contract.ts'
import { systemCtx } from '#platform/context.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  ws = await company()
})

const identify = (userId: string, traits: Record<string, unknown>) => ({
  type: 'identify',
  userId,
  messageId: `i-${userId}`,
  timestamp: '2026-01-02T03:04:05Z',
  traits,
})

async function company() {
  const made = await app.workspace()
  await made.send(
    identify('u1', {
      name: '李雷',
      email: 'Li@Example.org',
      city: '北京',
      score: 90,
      address: { zip: '100000' },
    }),
    identify('u2', {
      name: '=HYPERLINK("x")',
      phone: '13800138000',
      city: '上海',
      score: -5,
      hobbies: ['a', 'b'],
    }),
    identify('u3', { name: 'Ann', city: '北京', card: '6222021234567890123', vip: true }),
  )
  await made.settled()
  return made
}

type Caller = Pick<TestWorkspace, 'call'>

async function written(who: Caller, body: Record<string, unknown>): Promise<Export> {
  const { status, body: made } = await who.call<{ id: string; jobId: string }>('POST', '/api/exports', body)
  expect(status).toBe(202)
  return untilOver(who, made.id)
}

async function untilOver(who: Caller, id: string): Promise<Export> {
  for (;;) {
    const { body } = await who.call<Export>('GET', `/api/exports/${id}`)
    if (!['queued', 'running'].includes(body.state)) return body
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function download(id: string) {
  const reply = await app.server.inject({
    method: 'GET',
    url: `/api/exports/${id}/file`,
    headers: { authorization: `Bearer ${ws.apiKey}` },
  })
  return { status: reply.statusCode, headers: reply.headers, bytes: reply.rawPayload }
}

const rowsOf = (bytes: Buffer) =>
  parse(bytes, { bom: true, columns: true, record_delimiter: '\r\n' }) as Record<string, string>[]

test('without a choice everybody is in the file with everything', async () => {
  const made = await written(ws, {})
  expect(made).toMatchObject({ state: 'done', rows: 3, of: 'everybody', progress: 1, format: 'csv' })
  const { headers, bytes } = await download(made.id)
  expect(headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(headers['content-disposition']).toMatch(/^attachment; filename="people-\d{4}-\d\d-\d\d\.csv"/)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  expect(bytes.length).toBe(made.bytes)
  const rows = rowsOf(bytes)
  expect(Object.keys(rows[0] ?? {})).toEqual([
    ...['id', 'name', 'user_id', 'email', 'phone', 'tags', 'firstSeen', 'lastSeen'],
    ...['address.zip', 'card', 'city', 'hobbies', 'score', 'vip'],
  ])
  const byUser = new Map(rows.map((row) => [row.user_id, row]))
  expect(byUser.get('u1')).toMatchObject({
    name: '李雷',
    email: 'li@example.org',
    score: '90',
    'address.zip': '100000',
    firstSeen: '2026-01-02T03:04:05.000Z',
    lastSeen: '2026-01-02T03:04:05.000Z',
  })
  expect(byUser.get('u2')).toMatchObject({
    name: `'=HYPERLINK("x")`,
    phone: "'+8613800138000",
    score: '-5',
    hobbies: 'a; b',
  })
  expect(byUser.get('u3')).toMatchObject({ card: '6222021234567890123', vip: 'true', email: '' })
})

test('a rule and a choice of columns', async () => {
  const rule = { all: [{ attr: 'city', op: 'eq', value: '北京' }] }
  const made = await written(ws, { rule, columns: ['name', 'city', 'nothing'] })
  const { bytes } = await download(made.id)
  expect(made).toMatchObject({ rows: 2, of: 'list', title: null })
  expect(rowsOf(bytes).sort((a, b) => ((a.name as string) < (b.name as string) ? -1 : 1))).toEqual([
    { name: 'Ann', city: '北京', nothing: '' },
    { name: '李雷', city: '北京', nothing: '' },
  ])
})

test('a search, as in the list', async () => {
  const made = await written(ws, { search: '13800138000', columns: ['user_id'] })
  expect(rowsOf((await download(made.id)).bytes)).toEqual([{ user_id: 'u2' }])
  const kept = await app.database.system((tx) =>
    tx.client.query('select count(*)::int as n from exports.export where question is not null'),
  )
  expect(kept.rows[0].n).toBe(0)
})

test('chosen people, and nobody else', async () => {
  const list = await ws.call<{ items: { id: string; name: string | null }[] }>('GET', '/api/profiles')
  const ids = list.body.items.filter((person) => person.name !== 'Ann').map((person) => person.id)
  const made = await written(ws, { ids: [...ids, ...ids], columns: ['user_id'] })
  expect(made).toMatchObject({ rows: 2, of: 'list', title: null })
  const users = rowsOf((await download(made.id)).bytes).map((row) => row.user_id)
  expect(users.toSorted()).toEqual(['u1', 'u2'])
})

test('a segment as a spreadsheet', async () => {
  const rule = { all: [{ attr: 'score', op: 'exists' }] }
  const { body: segment } = await ws.call<{ id: string }>('POST', '/api/segments', { name: '有分数', rule })
  const made = await written(ws, { segment: segment.id, columns: ['user_id', 'score'], format: 'xlsx' })
  expect(made).toMatchObject({ rows: 2, of: 'segment', title: '有分数' })
  const { headers, bytes } = await download(made.id)
  expect(headers['content-disposition']).toContain(encodeURIComponent('有分数'))
  const zip = await yauzl.fromBufferPromise(bytes)
  const files = new Map<string, string>()
  for await (const entry of zip.eachEntry())
    files.set(
      entry.fileName,
      Buffer.concat(await (await zip.openReadStreamPromise(entry)).toArray()).toString('utf8'),
    )
  expect(files.get('xl/worksheets/sheet1.xml')).toMatch(/u1<\/t><\/is><\/c><c r="B\d"><v>90<\/v>/)
  expect(files.get('xl/worksheets/sheet1.xml')).toMatch(/u2<\/t><\/is><\/c><c r="B\d"><v>-5<\/v>/)
})

test('what cannot be written is refused before anything begins', async () => {
  const refused = async (body: Record<string, unknown>) =>
    (await ws.call<{ code: string }>('POST', '/api/exports', body)).body.code
  expect(await refused({ segment: 'seg_00000000000000000000' })).toBe('segment.missing')
  expect(await refused({ rule: { all: [{ attr: 'a', op: 'like', value: 1 }] } })).toBe('rule.malformed')
  expect(await refused({ rule: { all: [] }, segment: 'seg_1' })).toBe('request.invalid')
  expect(await refused({ ids: ['per_nobody'] })).toBe('profile.missing')
  expect(await refused({ ids: ['per_nobody'], search: 'Ann' })).toBe('request.invalid')
  expect((await ws.call('GET', '/api/exports/exp_00000000000000000000')).status).toBe(404)
})

test('who sees some people gets those, and no file of anybody else', async () => {
  const role = { name: 'Rep', permissions: ['export:read', 'people:read', 'people:unmask'], scope: 'self' }
  const { body: made } = await ws.call<{ id: string }>('POST', '/api/roles', role)
  const { body: sent } = await ws.call<{ link: string }>('POST', '/api/invitations', {
    email: 'rep@example.net',
    roleId: made.id,
    departmentId: null,
  })
  const browser = { 'sec-fetch-site': 'same-origin' }
  const reply = await app.server.inject({
    method: 'POST',
    url: `/api/invitation-links/${sent.link.split('/').at(-1)}/accept`,
    headers: browser,
    payload: { name: 'Rep', password: 'correct horse battery' },
  })
  const cookie = String(reply.headers['set-cookie']).split(';')[0] as string
  const rep: Caller = {
    call: async (method, url, body) => {
      const answer = await app.server.inject({
        method,
        url,
        headers: { ...browser, cookie },
        ...(body ? { payload: body as Record<string, unknown> } : {}),
      })
      return { status: answer.statusCode, body: answer.json() }
    },
  }
  const all = await written(ws, { columns: ['id'] })
  const theirs = await written(rep, { columns: ['id'] })
  expect(theirs).toMatchObject({ state: 'done', rows: 0 })
  const [person] = (await ws.call<{ items: { id: string }[] }>('GET', '/api/profiles')).body.items
  const notTheirs = await rep.call<{ code: string }>('POST', '/api/exports', { ids: [person?.id] })
  expect(notTheirs.body.code).toBe('profile.missing')
  expect((await rep.call('GET', `/api/exports/${all.id}`)).status).toBe(404)
  expect((await rep.call('GET', `/api/exports/${all.id}/file`)).status).toBe(404)
  const list = await rep.call<{ items: Export[] }>('GET', '/api/exports')
  expect(list.body.items.map((one) => one.id)).toEqual([theirs.id])
})

test('exports are listed newest first, noted in the audit log, and a finished one cannot be cancelled', async () => {
  const made = await written(ws, { columns: ['id'] })
  await download(made.id)
  const { body } = await ws.call<{ items: Export[]; next: string }>('GET', '/api/exports?limit=1')
  expect(body.items.map((one) => one.id)).toEqual([made.id])
  const rest = await ws.call<{ items: Export[] }>('GET', `/api/exports?limit=100&cursor=${body.next}`)
  expect(rest.body.items.map((one) => one.id)).not.toContain(made.id)
  const narrowed = async (query: string) =>
    (await ws.call<{ items: Export[] }>('GET', `/api/exports?limit=1&${query}`)).body.items.map(
      (one) => one.id,
    )
  expect(await narrowed('state=done')).toEqual([made.id])
  expect(await narrowed('state=cancelled')).toEqual([])
  expect(await narrowed('search=no%20segment')).toEqual([])
  expect(await ws.call('POST', `/api/exports/${made.id}/cancel`)).toMatchObject({
    status: 409,
    body: { code: 'job.ended' },
  })
  const { body: audit } = await ws.call<{ items: { action: string; subject: string }[] }>('GET', '/api/audit')
  expect(audit.items.filter((entry) => entry.subject === made.id).map((entry) => entry.action)).toEqual([
    'export.downloaded',
    'export.started',
  ])
})

test('after seven days the file is gone', async () => {
  const made = await written(ws, { columns: ['id'] })
  app.clock.advance(7 * 86_400_000 + 1000)
  expect(await ws.call('GET', `/api/exports/${made.id}/file`)).toMatchObject({
    status: 404,
    body: { code: 'export.expired' },
  })
  app.clock.advance(-7 * 86_400_000 - 1000)
  await app.database.system((tx) =>
    tx.client.query(`update platform.job set run_at = now() where kind = 'exports:expire'`),
  )
  expect(readdirSync(join(app.dataDir, 'exports')).length).toBeGreaterThan(0)
  for (let tries = 0; readdirSync(join(app.dataDir, 'exports')).length > 0; tries++) {
    expect(tries).toBeLessThan(300)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect((await ws.call<Export>('GET', `/api/exports/${made.id}`)).body.state).toBe('expired')
})

test('a job that was cut off begins its file anew', async () => {
  const { body: made } = await ws.call<{ id: string; jobId: string }>('POST', '/api/exports', {
    columns: ['id'],
  })
  await untilOver(ws, made.id)
  const again = app.exports.jobKinds.find((one) => one.kind === 'exports:write')
  await app.database.system((tx) =>
    tx.client.query('update exports.export set finished_at = null, row_count = null where id = $1', [
      made.id,
    ]),
  )
  const { rows } = await app.database.system((tx) =>
    tx.client.query('select num, id, timezone from platform.workspace where id = $1', [ws.id]),
  )
  const ctx = systemCtx(rows[0], app.clock.now(), 'test')
  await again?.run({
    id: 'job_test',
    ctx,
    payload: { exportId: made.id },
    attempt: 2,
    progress: async () => undefined,
    signal: new AbortController().signal,
  })
  expect((await ws.call<Export>('GET', `/api/exports/${made.id}`)).body).toMatchObject({
    state: 'done',
    rows: 3,
  })
  expect((await download(made.id)).status).toBe(200)
})
