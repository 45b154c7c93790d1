import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createDatabase } from '#app/engines.ts'
import { allMigrations } from '#app/schemas.ts'
import { createLog } from '#platform/log.ts'
import { startEmbeddedPostgres } from '#platform/pg/embedded/start.ts'
import { migrate } from '#platform/pg/migrate.ts'
import {
  type FaultPlan,
  faulty,
  type RestartableApp,
  startRestartable,
} from '#test/faults/restartable-app.ts'

const event = (id: string, user = 'u1') => ({
  type: 'track',
  event: 'x',
  userId: user,
  messageId: id,
  timestamp: '2026-03-01T00:00:00Z',
})
const ids = async (app: RestartableApp) =>
  (await app.ch.query<{ id: string }>('SELECT message_id AS id FROM events ORDER BY id')).map((row) => row.id)

test('PostgreSQL away: 503 with Retry-After, never 2xx; when it is back everything goes on', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync('/tmp/hw-faults-pg-')
  // Durable, as in earnest: without, an immediate shutdown may forget what was committed a moment ago.
  const options = { dir: join(folder, 'postgres'), log: createLog('silent') }
  let server = await startEmbeddedPostgres(options)
  const { socketDir } = server
  onTestFinished(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  await createDatabase(server.superuserUrl, 'headwater')
  const databaseUrl = server.url('headwater', 'postgres')
  await migrate(databaseUrl, allMigrations())
  const app = await startRestartable({ databaseUrl })
  expect((await app.send(event('before'))).status).toBe(200)
  await app.settled()

  process.kill(server.pid, 'SIGQUIT') // backends die in the middle of what they do
  await expect.poll(async () => (await app.send(event('during'))).status, { timeout: 10_000 }).toBe(503)
  for (let n = 0; n < 10; n++)
    expect(await app.send(event(`during${n}`))).toEqual({ status: 503, retryAfter: '1' })
  expect((await app.call('GET', '/api/profiles')).status).toBe(503)

  server = await startEmbeddedPostgres({ ...options, socketDir })
  await expect.poll(async () => (await app.send(event('after'))).status, { timeout: 20_000 }).toBe(200)
  await app.settled()
  expect(await ids(app)).toEqual(expect.arrayContaining(['after', 'before']))
  expect((await ids(app)).filter((id) => /^during\d/.test(id))).toEqual([])
  // No connection was lost track of: the pools end, or the program could not stop any more.
  await app.restart()
  expect((await app.send(event('restarted'))).status).toBe(200)
})

test('ClickHouse ends at every point of a projection: nothing is missing, nothing is there twice', {
  timeout: 120_000,
}, async () => {
  const plan: FaultPlan = {}
  const app = await startRestartable({ ch: faulty(plan) })
  const sent: string[] = []
  let hits = 0
  for (const table of ['events', 'people', 'unit_person', 'unit_activity', 'segment_member'])
    for (const when of ['before', 'after'] as const) {
      let left = 2
      plan.fail = (name) => {
        if (name !== table || left === 0) return undefined
        left--
        hits++
        return when
      }
      for (let n = 0; n < 3; n++) {
        const id = `${table}-${when}-${n}`
        sent.push(id)
        // Late log-ins, so that every table is written.
        await app.send({ ...event(id, `u${sent.length}`), anonymousId: `d${sent.length % 4}` })
      }
      await app.settled()
    }
  expect(hits).toBeGreaterThan(10)
  expect(await ids(app)).toEqual([...sent].sort())
  const { outcomes, accepted } = await app.status()
  expect({ accepted, ...outcomes }).toEqual({
    accepted: sent.length,
    stored: sent.length,
    duplicate: 0,
    conflict: 0,
    rejected: 0,
  })
  expect(await app.app.profiles.peopleSource.agree()).toBe(true)
  // Numbers given out in a transaction that never committed are nobody's, so nobody was active under them.
  const strays = await app.ch.query(
    'SELECT unit FROM unit_activity WHERE unit NOT IN (SELECT unit FROM events)',
  )
  expect(strays).toEqual([])
})

test('the clock jumps two hours ahead, a year back and again ahead: nothing is lost or doubled', {
  timeout: 60_000,
}, async () => {
  const app = await startRestartable()
  const timeless = (id: string) => ({ type: 'track', event: 'x', userId: 'u1', messageId: id })
  const hour = 3_600_000
  let n = 0
  for (const jump of [0, 2 * hour, -365 * 24 * hour, 366 * 24 * hour, -2 * hour]) {
    app.clock.advance(jump)
    expect((await app.send(event(`e${n}`), timeless(`t${n}`), event('same'))).status).toBe(200)
    // A retry right after the jump is still a repeat.
    expect((await app.send(event(`e${n}`), timeless(`t${n}`))).status).toBe(200)
    n++
    await app.settled()
  }
  expect(await ids(app)).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'same', 't0', 't1', 't2', 't3', 't4'])
  expect((await app.status()).outcomes).toEqual({ stored: 11, duplicate: 14, conflict: 0, rejected: 0 })
})

test('the same request with the same Idempotency-Key has one effect and one answer', async () => {
  const app = await startRestartable()
  const body = { name: 'Once', rule: { all: [{ attr: 'city', op: 'eq', value: 'Beijing' }] } }
  const headers = { 'idempotency-key': 'k1' }
  const first = await app.call<{ id: string }>('POST', '/api/segments', body, headers)
  const second = await app.call<{ id: string }>('POST', '/api/segments', body, headers)
  expect(second).toEqual(first)
  const many = await Promise.all(
    [1, 2, 3, 4].map(() =>
      app.call<{ id: string }>(
        'POST',
        '/api/segments',
        { ...body, name: 'Together' },
        { 'idempotency-key': 'k2' },
      ),
    ),
  )
  expect(new Set(many.map((one) => one.status)).size).toBeLessThanOrEqual(2)
  for (const { status } of many) expect([many.find((one) => one.status < 300)?.status, 409]).toContain(status)
  const other = await app.call('POST', '/api/segments', { ...body, name: 'Other' }, headers)
  expect(other.status).toBe(422)
  await app.restart()
  expect(await app.call('POST', '/api/segments', body, headers)).toEqual(first)
  const list = await app.call<{ items: { name: string }[] }>('GET', '/api/segments')
  expect(list.body.items.map((one) => one.name).sort()).toEqual(['Once', 'Together'])
})

test('versions that PostgreSQL forgot in a crash are not used again', { timeout: 60_000 }, async () => {
  const app = await startRestartable()
  await app.send(event('first'))
  await app.settled()
  const [row] = await app.ch.query<{ person: number; version: number }>(
    'SELECT person, version FROM people FINAL',
  )
  const { person, version } = row as { person: number; version: number }
  // A transaction that took the next versions shipped this, and the crash lost both it and the sequence's step.
  await app.restart(() =>
    app.ch.insertLines('unit_person', `{"unit":${person},"person":${person + 1},"version":${version + 7}}\n`),
  )
  await app.send(event('second'))
  await app.settled()
  const rows = await app.ch.query<{ person: number; version: number }>(
    `SELECT person, version FROM unit_person WHERE unit = ${person} ORDER BY version`,
  )
  expect(rows.map((one) => one.person)).toEqual([person + 1, person])
  expect(rows[1]?.version).toBeGreaterThan(version + 7)
})

test('an engine that dies of every large range, or before one is through, still lets small ones through', {
  timeout: 120_000,
}, async () => {
  const plan: FaultPlan = { fail: (table) => (table === 'events' ? 'away' : undefined) }
  const app = await startRestartable({ ch: faulty(plan) })
  for (let batch = 0; batch < 12; batch++)
    await app.send(...Array.from({ length: 500 }, (_, n) => event(`e${batch}-${n}`, `u${n % 50}`)))
  expect((await app.status()).projected).toBe(0)
  const rows = (lines: string) => lines.split('\n').length - 1
  plan.fail = (table, lines) => (table === 'events' && rows(lines) > 2500 ? 'away' : undefined)
  await app.settled(90_000)
  expect((await app.status()).outcomes).toEqual({ stored: 6000, duplicate: 0, conflict: 0, rejected: 0 })
  expect(await ids(app)).toHaveLength(6000)
})
