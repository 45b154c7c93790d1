import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { eventNames, makeWorld, type World } from '#test/analytics/journeys.ts'
import { startTestApp } from '#test/start-test-app.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld(await startTestApp(), 'America/New_York', { size: 500, seed: 5 })
}, 120_000)

const anyAsked = fc.record({
  event: fc.constantFrom(...eventNames),
  math: fc.constantFrom('count', 'people'),
  interval: fc.constantFrom('day', 'week', 'month'),
  plan: fc.constantFrom(undefined, 'a', 'b'),
  from: fc.constantFrom('2026-01-25', '2026-03-01', '2026-03-08'),
  days: fc.nat({ max: 40 }),
})
const startOf = { day: 'toStartOfDay(time)', week: 'toMonday(time)', month: 'toStartOfMonth(time)' }

test('the same asked of the SQL console and of a trend has the same answer, where clocks change as well', async () => {
  await fc.assert(
    fc.asyncProperty(anyAsked, async ({ event, math, interval, plan, from, days }) => {
      const to = new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)
      const where = plan === undefined ? [] : [{ prop: 'plan', op: 'eq', value: plan }]
      type Trend = { series: { points: { t: string; value: number }[] }[] }
      const trend = await world.ws.call<Trend>('POST', '/api/analytics/query', {
        ...{ kind: 'trend', series: [{ event, math, where }], interval, range: { from, to } },
      })
      const sql = `SELECT toString(toDate(${startOf[interval as 'day']})) AS t, ${math === 'count' ? 'count()' : 'uniqExact(person)'} AS value
        FROM events WHERE event = {event:String} AND time >= {from:String} AND toDate(time) <= toDate({to:String})
        ${plan === undefined ? '' : `AND props.plan = '${plan}'`} GROUP BY t ORDER BY t`
      const asked = await world.ws.call<{ rows: [string, number][] }>('POST', '/api/sql/query', {
        sql,
        params: { event, from: `${from} 00:00:00`, to },
      })
      expect([trend.status, asked.status, asked.status === 200 ? '' : asked.body]).toEqual([200, 200, ''])
      const told = trend.body.series[0]?.points.filter(({ value }) => value > 0) ?? []
      expect(asked.body.rows).toEqual(told.map(({ t, value }) => [t, value]))
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 30) },
  )
}, 240_000)
