import { beforeAll, expect, test } from 'vitest'
import { inBothOrders } from '#test/both-orders.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  const items = Array.from({ length: 600 }, (_, at) => ({
    ...{ type: 'track', userId: `u${at % 40}`, event: `E${at % 12}`, messageId: `m${at}` },
    ...{ timestamp: `2026-03-${String(1 + (at % 20)).padStart(2, '0')}T10:00:00Z`, properties: { n: at } },
  }))
  await ws.send(...items)
  await ws.settled()
}, 60_000)

const planOf = async (sql: string) =>
  (await app.ch.query<{ explain: string }>(`EXPLAIN ${sql}`)).map((row) => row.explain).join('\n')

test('what analyses read of named events comes from the second order, properties too', async () => {
  const [first] = await app.ch.query<{ ws: number }>('SELECT max(ws) AS ws FROM events')
  const where = `ws = ${first?.ws} AND event IN ('E3', 'E7') AND time >= toDateTime64('2026-03-02', 3, 'UTC')`
  expect(
    await planOf(
      `SELECT unit, max((time, message_id)), sum(dynamicElement(props.n, 'Float64')) FROM events WHERE ${where} GROUP BY unit`,
    ),
  ).toContain('by_event')
  // What it does not hold is read in the first order.
  expect(await planOf(`SELECT any(user_id) FROM events WHERE ${where}`)).not.toContain('by_event')
  // A person's history lies together in the first.
  expect(await planOf(`SELECT max(time) FROM events WHERE ws = ${first?.ws} AND unit = 3`)).not.toContain(
    'by_event',
  )
})

test('both hold the same after a rebuild, and a trend over names is what it was', async () => {
  const question = {
    ...{ kind: 'trend', interval: 'day', range: { from: '2026-03-01', to: '2026-03-31' } },
    series: [{ event: 'E3', math: 'sum', prop: 'n' }],
  }
  const ask = async () => (await ws.call('POST', '/api/analytics/query', question)).body
  const before = await ask()
  await app.collect.rebuild(async () => undefined)
  const { first, second } = await inBothOrders(app.ch)
  expect(second).toEqual(first)
  expect(first.n).toBe(600)
  expect(await ask()).toMatchObject({ series: (before as { series: unknown }).series as object })
})
