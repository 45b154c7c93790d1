import { afterAll, beforeAll, expect, test } from 'vitest'
import { logChannel, startCollecting } from '#app/collector/collect-alone.ts'
import type { Collector } from '#app/collector/open-collector.ts'
import { createDatabase } from '#app/engines.ts'
import { readConfig } from '#platform/config.ts'
import { createLog } from '#platform/log.ts'
import { listen } from '#platform/pg/listen.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

const log = createLog('silent')
let app: TestApp
let workspace: TestWorkspace
const collectors: { collector: Collector; url: string }[] = []

const collecting = (databaseUrl: string) =>
  startCollecting(readConfig({ DATABASE_URL: databaseUrl, HEADWATER_PORT: '0' }), log)

beforeAll(async () => {
  app = await startTestApp()
  workspace = await app.workspace()
  for (let n = 0; n < 2; n++) collectors.push(await collecting(app.databaseUrl))
})
afterAll(() => Promise.all(collectors.map(({ collector }) => collector.stop())))

const post = (url: string, key: string, ids: readonly string[]) =>
  fetch(`${url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
    body: JSON.stringify({
      batch: ids.map((messageId) => ({ type: 'track', event: 'Seen', userId: 'u', messageId })),
    }),
  })

test('three collectors at once: every event is projected once, in an order without gaps', async () => {
  const sends = Array.from({ length: 60 }, (_, n) => {
    const ids = [`a-${n}`, `b-${n}`]
    const { url } = collectors[n % 3] ?? { url: undefined }
    if (url) return post(url, workspace.writeKey, ids)
    return workspace.send(
      ...ids.map((messageId) => ({ type: 'track', event: 'Seen', userId: 'u', messageId })),
    )
  })
  expect(new Set((await Promise.all(sends)).map((one) => one.status))).toEqual(new Set([200]))
  await workspace.settled()
  const { body } = await workspace.call('GET', '/api/status')
  expect(body).toMatchObject({ accepted: 120, projected: 120, outcomes: { stored: 120, duplicate: 0 } })
})

test('the main program is told of every commit', async () => {
  const stopping = new AbortController()
  const told: string[] = []
  const ready = Promise.withResolvers<void>()
  const heard = (text: string | undefined) => (text === undefined ? ready.resolve() : told.push(text))
  const listening = listen({ database: app.database, log }, logChannel, heard, stopping.signal)
  await ready.promise
  await post(collectors[0]?.url as string, workspace.writeKey, ['c-1', 'c-2', 'c-3'])
  await expect.poll(() => told, { timeout: 10_000 }).toEqual(['3'])
  stopping.abort()
  await listening
})

test('it is healthy by itself, knows nothing but tracking, and forgets a revoked key within a second', async () => {
  const { url } = collectors[0] as { url: string }
  const status = async (path: string) => (await fetch(url + path)).status
  expect([await status('/readyz'), await status('/healthz')]).toEqual([200, 200])
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('headwater_collect_items_total')
  expect([await status('/api/status'), await status('/')]).toEqual([404, 404])
  const made = await workspace.call<{ id: string; key: string }>('POST', '/api/write-keys', {
    name: 'Second',
  })
  expect((await post(url, made.body.key, ['d-1'])).status).toBe(200)
  await workspace.call('DELETE', `/api/write-keys/${made.body.id}`)
  await expect.poll(async () => (await post(url, made.body.key, ['d-2'])).status, { timeout: 5000 }).toBe(401)
})

test('it says what it needs', async () => {
  await expect(collecting('')).rejects.toMatchObject({ code: 'config.no_database' })
  const superuserUrl = app.databaseUrl.replace(/\/t_[0-9a-f]+\?/, '/postgres?')
  await createDatabase(superuserUrl, 'nothing_here')
  await expect(collecting(superuserUrl.replace('/postgres?', '/nothing_here?'))).rejects.toMatchObject({
    code: 'collect.not_set_up',
  })
})
