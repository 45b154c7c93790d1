import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { decodeFrames } from '#modules/collect/server/log-format.ts'
import { ended, importFile, postForm } from '#modules/imports/server/testing/import-file.ts'
import { ledgerNamer, readLedger } from '#modules/privacy/server/erasure-ledger.ts'
import type { Profile } from '#modules/profiles/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
})

const mark = 'zqmarkvx'
const phone = '13987654321'
const traces = [mark, phone]

const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`
let sent = 0
const item = (type: string, minute: number, more: Record<string, unknown>) => ({
  type,
  messageId: `m${++sent}-${more.userId ?? more.anonymousId}`,
  timestamp: at(minute),
  context: { page: { url: `https://x.example/${more.userId === 'bob' ? 'b' : mark}` } },
  ...more,
})
const device = { anonymousId: 'tablet' }
const theirs = { userId: `user-${mark}` }

/** A person with the marker in every field there is, who shares a tablet with Bob. */
async function company() {
  const made = await app.workspace()
  const order = {
    order_id: `o-${mark}`,
    revenue: 99,
    products: [{ product_id: 'p', name: `Course ${mark}` }],
  }
  const first = item('track', 3, { ...theirs, ...device, event: 'Viewed', properties: { q: mark } })
  await made.send(
    item('track', 0, { anonymousId: `dev-${mark}`, event: 'Viewed', properties: { q: mark } }),
    item('page', 1, { ...device, name: `Page ${mark}` }),
    item('identify', 2, {
      ...theirs,
      anonymousId: `dev-${mark}`,
      traits: { name: `Name ${mark}`, email: `${mark}@example.org`, phone, deep: { note: mark } },
    }),
    first,
    item('track', 4, { ...device, event: 'Viewed', properties: { q: mark } }),
    item('track', 5, { ...theirs, event: 'Order Completed', properties: order }),
    item('alias', 6, { ...theirs, previousId: `old-${mark}` }),
  )
  await made.settled()
  await made.send(first) // a repeat
  await made.send({ ...first, properties: { q: `other ${mark}` } }) // a conflict
  await made.send(item('track', 7, { ...theirs, event: 'Bad', timestamp: `not a time ${mark}` })) // rejected
  await made.send(
    item('identify', 20, { userId: 'bob', ...device, traits: { name: 'Bob', phone: '13700000001' } }),
    item('track', 21, { userId: 'bob', ...device, event: 'Viewed' }),
    item('track', 22, { ...device, event: 'Viewed', context: {} }),
  )
  await made.send(
    item('identify', 8, { userId: `twin-${mark}`, traits: { email: `twin-${mark}@example.org` } }),
  )
  await made.settled()
  return made
}

const find = async (identifier: string) =>
  (await ws.call<{ items: Profile[] }>('GET', `/api/profiles?identifier=${encodeURIComponent(identifier)}`))
    .body.items

async function untilJob(id: string): Promise<void> {
  for (;;) {
    const row = await app.database.system((tx) =>
      tx.client.query<{ state: string; error: unknown }>(
        'select state, error from platform.job where id = $1',
        [id],
      ),
    )
    const { state, error } = row.rows[0] as { state: string; error: unknown }
    if (state === 'done') return
    if (state === 'failed' || error) throw new Error(`job ${state}: ${JSON.stringify(error)}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/** Where any of the texts still stands: tables of both engines, the log's compressed rows, files. */
async function tracesLeft(texts: readonly string[]): Promise<string[]> {
  const left: string[] = []
  const client = new pg.Client({ connectionString: app.databaseUrl })
  await client.connect()
  const tables = await client.query<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`)
  for (const { name } of tables.rows)
    for (const text of texts) {
      const { rows } = await client.query(
        `select count(*)::int as n from ${name} t where strpos(lower(t::text), $1) > 0`,
        [text],
      )
      if (rows[0].n > 0) left.push(`${name}: ${rows[0].n}`)
    }
  const log = await client.query<{ seq: number; payload: Buffer }>(
    'select seq, payload from collect.log_batch',
  )
  for (const { seq, payload } of log.rows)
    for (const frame of await decodeFrames(payload))
      if (texts.some((text) => frame.body.toString().toLowerCase().includes(text))) left.push(`log ${seq}`)
  await client.end()
  const stored = await app.ch.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = '${app.ch.database}' AND engine NOT IN ('Dictionary')`,
  )
  for (const { name } of stored)
    for (const text of texts) {
      const [row] = await app.ch.query<{ n: number }>(
        `SELECT count() AS n FROM ${name} WHERE position(lower(formatRow('JSONEachRow', *)), {text:String}) > 0`,
        { text },
      )
      if (row && row.n > 0) left.push(`ClickHouse ${name}: ${row.n}`)
    }
  for (const entry of readdirSync(app.dataDir, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const content = readFileSync(join(entry.parentPath, entry.name)).toString('latin1').toLowerCase()
      if (texts.some((text) => content.includes(text))) left.push(`file ${entry.name}`)
    }
  return left
}

const answersOf = async (who: string) => ({
  // A merge that only named others goes with them.
  timeline: (
    await ws.call<{ items: { type: string }[] }>(
      'GET',
      `/api/profiles/${who}/timeline?limit=100&include=system`,
    )
  ).body.items.filter((one) => one.type !== 'merge'),
  profile: (await ws.call('GET', `/api/profiles/${who}`)).body,
})

test('an erased person is found in no store, and nobody else has lost anything', async () => {
  ws = await company()
  const rows = `ID,City,Note\nuser-${mark},Rome,in a file ${mark}\nuser-${mark},too,many,cells\nbob,Oslo,\n`
  const columns = { City: { skip: true }, Note: { attribute: 'note' } }
  const imported = await importFile(ws, rows, {
    kind: 'people',
    key: { column: 'ID', kind: 'user_id' },
    columns,
  })
  expect(imported).toMatchObject({ state: 'done', rows: 3 })
  const [person] = await find(`user_id:user-${mark}`)
  const [twin] = await find(`user_id:twin-${mark}`)
  const [bob] = await find('user_id:bob')
  expect(person?.identifiers.map((id) => id.kind).sort()).toContain('phone')
  const url = `/api/profiles/${person?.id}`
  await ws.call('POST', `${url}/merge`, { with: twin?.id }, { 'idempotency-key': 'once' })
  await ws.call('PATCH', url, { attributes: { note: `by hand ${mark}` } })
  await ws.call('POST', `${url}/tags`, { add: ['vip'] })
  const rule = { all: [{ event: 'Viewed' }] }
  const { body: segment } = await ws.call<{ id: string }>('POST', '/api/segments', { name: 'Viewers', rule })
  const sizeOf = async () => (await ws.call<{ size: number }>('GET', `/api/segments/${segment.id}`)).body.size
  while ((await sizeOf()) !== 2) await new Promise((resolve) => setTimeout(resolve, 30))
  const { body: made } = await ws.call<{ id: string; jobId: string }>('POST', '/api/exports', {})
  await untilJob(made.jobId)
  expect((await tracesLeft(traces)).length).toBeGreaterThan(10)
  const bobBefore = await answersOf(bob?.id as string)
  const { body: before } = await ws.call<{ accepted: number }>('GET', '/api/status')

  const asked = await ws.call<{ job: string }>('DELETE', url)
  expect(asked.status).toBe(202)
  await untilJob(asked.body.job)

  expect(await tracesLeft(traces)).toEqual([])
  const uploads = await app.database.system((tx) => tx.client.query('select id from imports.upload'))
  expect(uploads.rows).toEqual([])
  expect((await ws.call('GET', url)).status).toBe(404)
  expect((await ws.call('GET', `/api/profiles/${twin?.id}`)).status).toBe(404)
  expect(await find(`user_id:user-${mark}`)).toEqual([])
  expect(await answersOf(bob?.id as string)).toEqual(bobBefore)
  expect(await sizeOf()).toBe(1)
  expect((await ws.call('GET', `/api/exports/${made.id}`)).body).toMatchObject({ state: 'expired' })
  const { body: status } = await ws.call<{
    accepted: number
    projected: number
    outcomes: Record<string, number>
  }>('GET', '/api/status')
  expect(status).toMatchObject({ accepted: before.accepted, projected: before.accepted })
  // Bob's three; the pages of the tablet before he had it went with whoever had it then.
  expect(status.outcomes).toEqual({ stored: 3, duplicate: 0, conflict: 0, rejected: before.accepted - 3 })
  expect((await ws.call('GET', '/api/audit/check')).body).toMatchObject({ intact: true })
})

test('what is left is right: a rebuild makes the same, and an erased item shows as one', async () => {
  const [bob] = await find('user_id:bob')
  const before = await answersOf(bob?.id as string)
  await app.collect.rebuild(async () => undefined)
  expect(await tracesLeft(traces)).toEqual([])
  expect(await answersOf(bob?.id as string)).toEqual(before)
  const { body } = await ws.call<{ items: { reason: string }[] }>(
    'GET',
    '/api/events/live?outcome=rejected&limit=100',
  )
  expect(body.items.map((one) => one.reason)).toEqual(Array(body.items.length).fill('event.erased'))
  expect(body.items.length).toBeGreaterThan(8)
})

test('the ledger knows them by names that say nothing', async () => {
  const [entry] = readLedger(join(app.dataDir, 'erasures.ndjson'))
  expect(entry?.workspace).toBe(ws.id)
  expect(entry?.names.length).toBeGreaterThan(4)
  const other = ledgerNamer(Buffer.alloc(32))
  expect(entry?.names).not.toContain(other(ws.id, { kind: 'phone', value: `+86${phone}` }))
})

test('who comes again with the same identifiers is somebody new; a late repeat of an erased item is not', async () => {
  await ws.send({
    type: 'track',
    event: 'Viewed',
    messageId: `m1-user-${mark}`,
    userId: `user-${mark}`,
    anonymousId: 'tablet',
    timestamp: at(3),
  })
  await ws.settled()
  expect(await find(`user_id:user-${mark}`)).toEqual([])
  await ws.send(item('identify', 40, { userId: `user-${mark}`, traits: { name: 'New' } }))
  await ws.settled()
  const [person] = await find(`user_id:user-${mark}`)
  expect(person).toMatchObject({ name: 'New', tags: [], identifiers: [{ kind: 'user_id' }] })
})

test('asked twice it is one wish; nobody without the right may ask', async () => {
  const [person] = await find(`user_id:user-${mark}`)
  const [one, two] = await Promise.all([
    ws.call<{ job: string }>('DELETE', `/api/profiles/${person?.id}`),
    ws.call<{ job: string }>('DELETE', `/api/profiles/${person?.id}`),
  ])
  expect([one.status, two.status].every((status) => [202, 409].includes(status))).toBe(true)
  await untilJob(one.body.job ?? two.body.job)
  const { body: key } = await ws.call<{ secret: string }>('POST', '/api/api-keys', {
    name: 'reader',
    permissions: ['people:read', 'people:write'],
  })
  const reply = await app.server.inject({
    method: 'DELETE',
    url: `/api/profiles/${person?.id}`,
    headers: { authorization: `Bearer ${key.secret}` },
  })
  expect(reply.statusCode).toBe(403)
  const { body } = await ws.call<{ items: { state: string; profileId: string }[] }>('GET', '/api/erasures')
  expect(body.items.map((item) => item.state)).toEqual(['done', 'done'])
})

test('wishes that come together are carried out together, each with what was theirs', async () => {
  const made = await app.workspace()
  const users = Array.from({ length: 12 }, (_, n) => `together-${n}`)
  for (const [n, userId] of users.entries())
    await made.send(...Array.from({ length: n + 1 }, (_, at) => item('track', at, { userId, event: 'Seen' })))
  await made.settled()
  const ids = await Promise.all(
    users.map(
      async (userId) =>
        (await made.call<{ items: Profile[] }>('GET', `/api/profiles?identifier=user_id:${userId}`)).body
          .items[0]?.id,
    ),
  )
  await Promise.all(ids.map((id) => made.call('DELETE', `/api/profiles/${id}`)))
  const all = async () =>
    (
      await made.call<{ items: { state: string; profileId: string; items: number; jobId: string }[] }>(
        'GET',
        '/api/erasures?limit=100',
      )
    ).body.items
  await expect
    .poll(async () => (await all()).map((one) => one.state), { timeout: 30_000 })
    .toEqual(users.map(() => 'done'))
  const done = await all()
  expect(new Set(done.map((one) => one.jobId)).size).toBeLessThanOrEqual(2)
  expect(ids.map((id) => done.find((one) => one.profileId === id)?.items)).toEqual(users.map((_, n) => n + 1))
  expect(await tracesLeft(users)).toEqual([])
})

test('an erasure waits for an import that began before it, and reaches what that wrote meanwhile', {
  timeout: 90_000,
}, async () => {
  const made = await app.workspace()
  const late = 'zqlatemark'
  await made.send(item('identify', 1, { userId: late, traits: { name: `Name ${late}` } }))
  await made.settled()
  const { body } = await made.call<{ items: Profile[] }>('GET', `/api/profiles?identifier=user_id:${late}`)
  const held = new pg.Client({ connectionString: app.databaseUrl })
  await held.connect()
  // Nobody is written to until the lock goes.
  await held.query('begin; lock table collect.checkpoint in access exclusive mode')
  const started = await postForm<{ id: string }>(made, '/api/imports', {
    file: `ID,Note\n${late},again ${late}\n${late},too,many ${late}\n`,
    spec: {
      kind: 'people',
      key: { column: 'ID', kind: 'user_id' },
      columns: { Note: { attribute: 'note' } },
    },
    name: 'late.csv',
  })
  expect(started.status).toBe(202)
  const asked = await made.call<{ job: string }>('DELETE', `/api/profiles/${body.items[0]?.id}`)
  expect(asked.status).toBe(202)
  const waits = async () => {
    const { rows } = await held.query(
      'select state, started_at is not null as begun from platform.job where id = $1',
      [asked.body.job],
    )
    return rows[0]
  }
  await expect.poll(waits, { timeout: 20_000 }).toEqual({ state: 'waiting', begun: true })
  await held.query('rollback')
  await held.end()
  expect(await ended(made, started.body.id)).toMatchObject({ state: 'done' })
  await untilJob(asked.body.job)
  expect(await tracesLeft([late])).toEqual([])
  const { body: again } = await made.call<{ items: Profile[] }>(
    'GET',
    `/api/profiles?identifier=user_id:${late}`,
  )
  expect(again.items).toEqual([])
})
