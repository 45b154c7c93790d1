import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { encodeCursor } from '#platform/http/cursor.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'
import { callRoute, nameOf, withCookie, withKey } from './wall-matrix/call-route.ts'
import { fuzzedRequest } from './wall-matrix/garbage.ts'
import { samples } from './wall-matrix/samples.ts'
import { type Populated, populate } from './wall-matrix/things.ts'

let app: TestApp
let mine: Populated

beforeAll(async () => {
  app = await startTestApp({ env: { HEADWATER_LOG_LEVEL: 'silent' } })
  mine = await populate(app, 'Gamma', 'owner1@example.com')
}, 120_000)

test('a cursor nobody gave out is refused or leads nowhere, on every list', async () => {
  const parts = [
    'x',
    '',
    -1,
    1e300,
    null,
    '9999-99-99',
    '+275760-09-13T00:00:00.001Z',
    '2026-01-01T00:00:00Z',
    'NaN',
  ]
  const forged = [1, 2, 3].flatMap((length) => parts.map((part) => encodeCursor(Array(length).fill(part))))
  const more = parts
    .map((part) => encodeCursor([part, 'x']))
    .concat(parts.map((part) => encodeCursor(['x', part])))
  const raw = ['x', '%%', Buffer.from('{"a":1}').toString('base64url'), encodeCursor(['a\u0000', 'b'])]
  const lists = app.namedRoutes.filter(
    ({ route }) => route.query instanceof z.ZodObject && 'cursor' in route.query.shape,
  )
  const wrong: unknown[] = []
  for (const named of lists)
    for (const cursor of [...forged, ...more, ...raw]) {
      const good = samples[nameOf(named)]?.(mine.things, '') ?? {}
      const reply = await callRoute(
        app,
        named,
        { ...good, query: { ...good.query, cursor } },
        // Notices are a member's own: a key has none.
        named.module === 'notices' ? withCookie(mine.cookie) : withKey(mine.ws.apiKey),
      )
      if (reply.status !== 200 && reply.status !== 422)
        wrong.push({
          name: nameOf(named),
          cursor: Buffer.from(cursor, 'base64url').toString(),
          status: reply.status,
        })
    }
  expect(lists.length).toBeGreaterThan(8)
  expect(wrong).toEqual([])
}, 120_000)

// FUZZ_RUNS and FUZZ_SEED widen the search; the seed of the run is part of a failure's text.
const runs = Number(process.env.FUZZ_RUNS ?? 500)
const seed = Number(process.env.FUZZ_SEED ?? 20_261_122)

test('garbage in any part of any request is refused with a problem, never with a crash', async () => {
  let count = 0
  const routes = app.namedRoutes.filter((named) => nameOf(named) !== 'access.logOut')
  const requests = fc.sample(
    fuzzedRequest(routes, (named) => samples[nameOf(named)]?.(mine.things, `f${++count}`) ?? {}),
    { numRuns: runs, seed },
  )
  const wrong: unknown[] = []
  let refused = 0
  for (const { named, sample, payload } of requests) {
    const headers = named.route.access === 'session' ? withCookie(mine.cookie) : withKey(mine.ws.apiKey)
    const reply = await callRoute(app, named, sample, headers, payload)
    const told =
      reply.status < 400 || (/^application\/problem\+json/.test(reply.type) && typeof reply.code === 'string')
    if (reply.status >= 400) refused++
    if (reply.status >= 500 || !told || /\bat .*\.ts:\d|node_modules/.test(reply.text))
      wrong.push({
        seed,
        name: nameOf(named),
        sample: JSON.stringify(sample).slice(0, 600),
        payload,
        reply: reply.text.slice(0, 300),
      })
  }
  expect(wrong).toEqual([])
  expect(refused).toBeGreaterThan(runs / 4)
  expect(requests.length - refused).toBeGreaterThan(runs / 20)
}, 180_000)
