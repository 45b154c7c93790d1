import { randomBytes } from 'node:crypto'
import { expect, inject, onTestFinished, test } from 'vitest'
import { createDatabase } from '#app/engines.ts'
import { startRestartable } from '#test/faults/restartable-app.ts'
import { startStallingProxy } from '#test/faults/stalling-proxy.ts'

const event = (id: string) => ({
  type: 'track',
  event: 'x',
  userId: 'u1',
  messageId: id,
  timestamp: '2026-03-01T00:00:00Z',
})

test('PostgreSQL takes connections and does not answer: 503 with Retry-After for everybody, then all goes on', {
  timeout: 180_000,
}, async () => {
  const { superuserUrl } = inject('engines')
  const folder = new URL(superuserUrl).searchParams.get('host') as string
  const proxy = await startStallingProxy(`${folder}/.s.PGSQL.5432`)
  onTestFinished(() => proxy.close())
  const name = `stall_${randomBytes(6).toString('hex')}`
  await createDatabase(superuserUrl, name, 'headwater_template')
  const app = await startRestartable({ databaseUrl: `postgres://postgres@127.0.0.1:${proxy.port}/${name}` })
  expect((await app.send(event('before'))).status).toBe(200)
  await app.settled()

  proxy.stall()
  const asked = await Promise.all([
    ...Array.from({ length: 20 }, (_, n) => app.send(event(`during${n}`))),
    ...Array.from({ length: 20 }, () => app.callRaw('GET', '/api/profiles')),
    app.callRaw('POST', '/api/segments', { name: 'A', rule: { all: [] } }),
    app.callRaw('GET', '/api/status'),
    app.callRaw('GET', '/readyz'),
  ])
  expect(new Set(asked.map((one) => one.status))).toEqual(new Set([503]))
  // A probe is not told to come again; it does.
  expect(asked.slice(0, -1).filter((one) => one.retryAfter === undefined)).toEqual([])

  proxy.resume()
  await expect.poll(async () => (await app.send(event('after'))).status, { timeout: 30_000 }).toBe(200)
  await app.settled()
  const rows = await app.ch.query<{ id: string; n: number }>(
    'SELECT message_id AS id, count() AS n FROM events GROUP BY id',
  )
  expect(rows.filter((row) => row.n !== 1)).toEqual([])
  expect(rows.map((row) => row.id)).toEqual(expect.arrayContaining(['before', 'after']))
  // No connection was lost track of: the pools end.
  await app.restart()
  expect((await app.send(event('restarted'))).status).toBe(200)
})
