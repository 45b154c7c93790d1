import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { dropLeastUsed, keptLimits } from '#modules/analytics/server/kept/kept-store.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { fixedClock } from '#platform/clock.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

const clock = fixedClock(Date.parse('2026-06-10T04:00:00Z'))
let app: TestApp
let ws: TestWorkspace
let nth = 0

beforeEach(async () => {
  app ??= await startTestApp({ clock })
  clock.set(Date.parse('2026-06-10T04:00:00Z'))
  ws = await app.workspace()
  await did(
    'u1',
    'A',
    '2026-06-01T04:00:00Z',
    'u2',
    'A',
    '2026-06-02T04:00:00Z',
    'u1',
    'B',
    '2026-06-02T05:00:00Z',
  )
}, 60_000)

/** Triples of user, event, moment. */
async function did(...told: string[]): Promise<void> {
  for (let at = 0; at < told.length; at += 3)
    await ws.send({
      type: 'track',
      ...{ userId: told[at], event: told[at + 1], timestamp: told[at + 2], messageId: `k${nth++}` },
      properties: { plan: 'a', amount: 0.1 },
    })
  await ws.settled()
}

type Answer = {
  cached: boolean
  computedAt: string
  open_from: string | null
  series: { total: number; points: { t: string; value: number }[] }[]
}
const trend = (math: string, more: object = {}) => ({
  kind: 'trend',
  series: [{ event: 'A', math, ...(math === 'sum' ? { prop: 'amount' } : {}) }],
  range: { from: '2026-06-01', to: '2026-06-10' },
  ...more,
})
async function ask(question: object, call: TestWorkspace['call'] = ws.call, query = ''): Promise<Answer> {
  const { status, body } = await call<Answer>('POST', `/api/analytics/query${query}`, question)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const total = (answer: Answer) => answer.series[0]?.total

test('a second ask is answered from what is kept, as long as nothing it counts has changed', async () => {
  const people = trend('people')
  expect(await ask(people)).toMatchObject({ cached: false })
  const second = await ask(people)
  expect(second).toMatchObject({ cached: true, computedAt: '2026-06-10T04:00:00.000Z' })
  expect(total(second)).toBe(2)
  // Another event: still; and the same one outside of the range.
  await did('u3', 'B', '2026-06-03T04:00:00Z')
  expect(await ask(people)).toMatchObject({ cached: true })
  await ask(people, ws.call, '?refresh=true')
  await did('u3', 'A', '2026-05-20T04:00:00Z')
  expect(await ask(people)).toMatchObject({ cached: true })
  await did('u3', 'A', '2026-06-03T04:00:00Z')
  const third = await ask(people)
  expect([third.cached, total(third)]).toEqual([false, 3])
  clock.advance(1000)
  expect(await ask(people, ws.call, '?refresh=true')).toMatchObject({
    computedAt: '2026-06-10T04:00:01.000Z',
  })
})

test('a trend that adds up is asked for the days that changed alone', async () => {
  const asked: string[] = []
  const query = app.ch.query
  Object.assign(app.ch, {
    query: (...all: Parameters<typeof query>) => {
      if (all[0].includes('FROM events') && all[0].includes('event IN')) asked.push(JSON.stringify(all[1]))
      return query(...all)
    },
  })
  for (const math of ['count', 'sum']) await ask(trend(math))
  await did('u4', 'A', '2026-06-04T04:00:00Z')
  asked.length = 0
  const [count, sum] = [await ask(trend('count')), await ask(trend('sum'))]
  Object.assign(app.ch, { query })
  expect([total(count), total(sum)]).toEqual([3, 0.3])
  expect(count.series[0]?.points.map(({ value }) => value)).toEqual([1, 1, 0, 1, 0, 0, 0, 0, 0, 0])
  expect(asked.length).toBeGreaterThan(0)
  // Midnight of the fourth in Shanghai, and of the fifth.
  for (const params of asked) expect(params).toMatch(/2026-06-03T16|1780502400/)
})

test('days that come by themselves are the only ones asked for when a range moves on', async () => {
  const moving = { ...trend('count'), range: { last: 5, unit: 'day' } }
  await did('u1', 'A', '2026-06-09T04:00:00Z')
  expect(total(await ask(moving))).toBe(1)
  clock.advance(24 * 3_600_000)
  await did('u1', 'A', '2026-06-11T03:00:00Z')
  const moved = await ask(moving)
  expect([moved.series[0]?.points.at(-1), total(moved), moved.open_from]).toEqual([
    { t: '2026-06-11', value: 1 },
    2,
    '2026-06-11',
  ])
})

test('nobody is answered with what another may see', async () => {
  const permissions = ['analytics:read', 'people:read']
  const member = await joinMember(app, ws, `self${nth}@example.com`, { scope: 'self', permissions })
  const question = trend('people', { breakdown: ['plan'] })
  expect(total(await ask(question))).toBe(2)
  const narrow = await ask(question, member.call)
  expect([narrow.cached, narrow.series.length === 0 || total(narrow) === 0]).toEqual([false, true])
  // Each their own, from then on.
  expect((await ask(question, member.call)).cached).toBe(true)
  expect(total(await ask(question))).toBe(2)
  const orders = { kind: 'orders', range: { from: '2026-06-01', to: '2026-06-10' } }
  await ask(orders as never)
  const denied = await member.call('POST', '/api/analytics/query', orders)
  expect(denied.status).toBe(403)
})

test('the people behind a kept number are as many', async () => {
  const question = trend('people')
  await ask(question)
  const kept = await ask(question)
  const { body } = await ws.call<{ total: number }>('POST', '/api/analytics/people', {
    ...question,
    cell: { series: 0 },
  })
  expect([kept.cached, body.total]).toEqual([true, total(kept)])
})

test('same questions at the same time answer the same', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => ask(trend('people', { interval: 'hour' }))),
  )
  expect(new Set(answers.map((one) => JSON.stringify(one.series))).size).toBe(1)
  expect((await ask(trend('people', { interval: 'hour' }))).cached).toBe(true)
})

const keptRows = async () =>
  (await app.database.system((tx) =>
    tx.row<{ n: number }>(sql`select count(*)::int as n from analytics.kept_answer a
      join platform.workspace w on w.num = a.workspace_id where w.id = ${ws.id}`),
  )) as { n: number }

test('with a person every kept answer goes', async () => {
  await ask(trend('people', { breakdown: ['plan'] }))
  // It is kept after it is given.
  await expect.poll(async () => (await keptRows()).n, { timeout: 20_000 }).toBe(1)
  const { body } = await ws.call<{ items: { id: string }[] }>('GET', '/api/profiles?identifier=user_id:u1')
  await ws.call('DELETE', `/api/profiles/${body.items[0]?.id}`)
  await expect.poll(async () => (await keptRows()).n, { timeout: 20_000 }).toBe(0)
})

test('what was not used for longest goes first', async () => {
  for (const interval of ['day', 'week', 'month']) {
    await ask(trend('people', { interval }))
    clock.advance(120_000)
  }
  await ask(trend('people', { interval: 'day' }))
  await expect.poll(async () => (await keptRows()).n, { timeout: 20_000 }).toBe(3)
  const size = await app.database.system((tx) =>
    tx.row<{
      bytes: number
      num: number
    }>(sql`select max(bytes) as bytes, max(num) as num from analytics.kept_answer a
      join platform.workspace w on w.num = a.workspace_id where w.id = ${ws.id}`),
  )
  expect(size?.bytes).toBeLessThan(keptLimits.answer)
  await app.database.system((tx) => dropLeastUsed(tx, (size?.bytes ?? 0) + 1, size?.num))
  expect((await keptRows()).n).toBe(1)
  expect((await ask(trend('people', { interval: 'day' }))).cached).toBe(true)
})
