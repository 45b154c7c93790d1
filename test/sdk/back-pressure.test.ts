import { Analytics } from '@segment/analytics-node'
import pg from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'
import { basic, listen, outcomes } from './received.ts'

// An SDK drops what it holds at any 4xx but 429; so overload is 503 or 429 with Retry-After, and nothing else.

const post = (app: TestApp, ws: TestWorkspace, payload: string) =>
  app.server.inject({
    method: 'POST',
    url: '/v1/batch',
    headers: { authorization: basic(ws.writeKey) },
    payload,
  })

const track = (messageId: string, more: object = {}) => ({
  type: 'track',
  event: 'E',
  userId: 'u1',
  messageId,
  ...more,
})

/** The program itself may not change its tables. */
async function asOwner(app: TestApp, statement: string): Promise<void> {
  const database = /\/(t_[0-9a-f]+)\b/.exec(app.databaseUrl)?.[1]
  const client = new pg.Client({
    connectionString: inject('engines').superuserUrl.replace('/postgres?', `/${database}?`),
  })
  await client.connect()
  await client.query(statement)
  await client.end()
}

type Reply = Awaited<ReturnType<typeof post>>
const retryAfter = (reply: Reply) => Number(reply.headers['retry-after'])

async function open(env: Record<string, string>): Promise<TestApp> {
  const app = await startTestApp({ env })
  onTestFinished(app.close)
  return app
}

test('a full queue answers 503 or 429 with Retry-After, and takes exactly what it said it took', async () => {
  const app = await open({ HEADWATER_COLLECT_QUEUE_MB: '1', HEADWATER_COLLECT_FLUSH_MS: '200' })
  const workspaces = await Promise.all([app.workspace(), app.workspace(), app.workspace()])
  const text = 'x'.repeat(100_000)
  const sent = workspaces.flatMap((ws, w) =>
    Array.from({ length: 10 }, (_, n) => ({
      ws,
      reply: post(app, ws, JSON.stringify({ batch: [track(`${w}-${n}`, { properties: { text } })] })),
    })),
  )
  const replies = await Promise.all(sent.map(async ({ ws, reply }) => ({ ws, reply: await reply })))
  const seen = new Set(replies.map(({ reply }) => reply.statusCode))
  expect(seen).toContain(200)
  expect([...seen].filter((status) => ![200, 429, 503].includes(status))).toEqual([])
  expect(seen.size).toBeGreaterThan(1)
  for (const { reply } of replies)
    if (reply.statusCode !== 200) expect(retryAfter(reply)).toBeGreaterThanOrEqual(1)
  for (const ws of workspaces) {
    const taken = replies.filter((one) => one.ws === ws && one.reply.statusCode === 200).length
    expect(await outcomes(ws)).toEqual({ stored: taken, duplicate: 0, conflict: 0, rejected: 0 })
    expect((await ws.call('GET', '/api/status')).body).toMatchObject({ accepted: taken, projected: taken })
  }
})

test('one workspace fills its half; the others go on', async () => {
  const app = await open({ HEADWATER_COLLECT_QUEUE_MB: '1', HEADWATER_COLLECT_FLUSH_MS: '200' })
  const [loud, quiet] = [await app.workspace(), await app.workspace()]
  await outcomes(quiet)
  const text = 'x'.repeat(200_000)
  const flood = Array.from({ length: 5 }, (_, n) =>
    post(app, loud, JSON.stringify({ batch: [track(`${n}`, { properties: { text } })] })),
  )
  const small = post(app, quiet, JSON.stringify({ batch: [track('m')] }))
  expect((await Promise.all(flood)).map((reply) => reply.statusCode).sort()).toEqual([
    200, 200, 429, 429, 429,
  ])
  expect((await small).statusCode).toBe(200)
})

test('over its items per second a workspace gets 429 with the seconds to wait, then is served again', async () => {
  const app = await open({ HEADWATER_COLLECT_RATE: '10' })
  const [one, other] = [await app.workspace(), await app.workspace()]
  const send = (ws: TestWorkspace, name: string, count: number) =>
    post(app, ws, JSON.stringify({ batch: Array.from({ length: count }, (_, n) => track(`${name}-${n}`)) }))
  expect((await send(one, 'a', 20)).statusCode).toBe(200)
  const refused = await send(one, 'b', 20)
  expect(refused.statusCode).toBe(429)
  expect(retryAfter(refused)).toBe(2)
  expect((await send(other, 'c', 5)).statusCode).toBe(200)
  app.clock.advance(retryAfter(refused) * 1000)
  expect((await send(one, 'b', 20)).statusCode).toBe(200)
  app.clock.advance(10_000)
  expect((await send(one, 'larger than two seconds hold', 500)).statusCode).toBe(200)
  expect(await outcomes(one)).toMatchObject({ stored: 540 })
  expect(await outcomes(other)).toMatchObject({ stored: 5 })
})

test('an official package over the quota delivers everything in the end', async () => {
  const app = await open({ HEADWATER_COLLECT_RATE: '40' })
  const ws = await app.workspace()
  const sdk = new Analytics({ writeKey: ws.writeKey, host: await listen(app), maxEventsInBatch: 40 })
  const failures: unknown[] = []
  sdk.on('error', (error) => failures.push(error))
  for (let n = 0; n < 160; n++) sdk.track({ userId: 'u1', event: 'E', properties: { n } })
  await sdk.closeAndFlush({ timeout: 25_000 })
  expect(failures).toEqual([])
  expect(await outcomes(ws)).toEqual({ stored: 160, duplicate: 0, conflict: 0, rejected: 0 })
})

test('while Postgres refuses, senders are asked to come back; what was refused is not there, what comes back is', async () => {
  const app = await open({})
  const ws = await app.workspace()
  const body = JSON.stringify({ batch: [track('m1')] })
  await asOwner(app, 'alter table collect.log_batch add constraint closed check (false) not valid')
  const refused = await post(app, ws, body)
  expect(refused.statusCode).toBe(503)
  expect(retryAfter(refused)).toBeGreaterThanOrEqual(1)
  expect((await ws.call('GET', '/api/status')).body).toMatchObject({ accepted: 0 })
  await asOwner(app, 'alter table collect.log_batch drop constraint closed')
  expect((await post(app, ws, body)).statusCode).toBe(200)
  expect(await outcomes(ws)).toMatchObject({ stored: 1, duplicate: 0 })
})

test('a request larger than a tiny queue is taken when the queue is empty, not refused for ever', async () => {
  const app = await open({ HEADWATER_COLLECT_QUEUE_MB: '1' })
  const ws = await app.workspace()
  const text = 'x'.repeat(200_000)
  const batch = Array.from({ length: 15 }, (_, n) => track(`${n}`, { properties: { text } }))
  expect((await post(app, ws, JSON.stringify({ batch }))).statusCode).toBe(200)
  expect(await outcomes(ws)).toMatchObject({ stored: 15 })
})
