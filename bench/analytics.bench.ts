import { openDataSet } from '#bench/data-set.ts'
import { merged } from '#bench/merged-data.ts'
import { fillOrders } from '#bench/order-data.ts'
import { cpuOf } from '#bench/program.ts'
import type { Row, Scenario } from '#bench/scenario.ts'

const to = new Date().toISOString().slice(0, 10)
const from = new Date(Date.now() - 89 * 86_400_000).toISOString().slice(0, 10)
const range = { from, to }
const halfYear = { from: new Date(Date.now() - 179 * 86_400_000).toISOString().slice(0, 10), to }
const trend = (body: object) => ({ kind: 'trend', range, interval: 'day', ...body })

const retention = (mode: string) => ({
  ...{ kind: 'retention', range, mode, interval: 'week', periods: 11 },
  ...{ start: { event: 'E1' }, return: { event: 'E2' } },
})

/** Questions of 90 days, each as a page would ask it. */
const questions: Record<string, object> = {
  'trend, events': trend({ series: [{ event: 'E1' }] }),
  'trend, people': trend({ series: [{ event: 'E1', math: 'people' }] }),
  'trend, sum of a property': trend({ series: [{ event: 'E2', math: 'sum', prop: 'revenue' }] }),
  'trend, 95th percentile': trend({ series: [{ event: 'E2', math: 'p95', prop: 'revenue' }] }),
  'trend, people by an attribute': trend({
    series: [{ event: 'E1', math: 'people' }],
    breakdown: [{ attr: 'city' }],
    top: 8,
  }),
  'trend, people by a property': trend({
    series: [{ event: 'E1', math: 'people' }],
    breakdown: ['channel'],
    top: 8,
  }),
  'trend, three series': trend({
    series: [{ event: 'E1' }, { event: 'E2', math: 'people' }, { event: 'E3', math: 'per_person' }],
  }),
  'trend, MAU of everything': trend({ series: [{ event: null, math: 'mau' }] }),
  'funnel of four steps': {
    kind: 'funnel',
    range,
    steps: ['E1', 'E2', 'E3', 'E4'].map((event) => ({ event })),
    window: { value: 14, unit: 'day' },
  },
  'retention of twelve weeks': retention('recurring'),
  'retention of twelve weeks, first time': retention('first_time'),
  'lifecycle of use': {
    kind: 'usage_lifecycle',
    range,
    event: { event: 'E1' },
    interval: 'day',
    anchor: 'first_event',
  },
  'paths of thirty days': {
    kind: 'path',
    range: { from: new Date(Date.now() - 29 * 86_400_000).toISOString().slice(0, 10), to },
  },
  'interval between two events': {
    kind: 'interval',
    range,
    from: { event: 'E1' },
    to: { event: 'E2' },
    pairing: 'nearest',
  },
  'distribution of counts': { kind: 'distribution', range, event: { event: 'E1' } },
  'heat map': { kind: 'heatmap', range, event: { event: 'E1' }, math: 'count' },
  'heat map, people': { kind: 'heatmap', range, event: { event: 'E1' }, math: 'people' },
  'RFM over an event': { kind: 'rfm', range, event: { event: 'E2' } },
  'RFM over all orders': { kind: 'rfm', range: halfYear },
  'orders, net by day': { kind: 'orders', range, interval: 'day' },
  'repurchase by month': { kind: 'repurchase', range: halfYear, interval: 'month', periods: 6 },
  'lifetime value by month': { kind: 'ltv', range: halfYear, interval: 'month', periods: 6 },
  stickiness: { kind: 'stickiness', range, event: { event: 'E1' }, interval: 'day' },
}

export const analytics: Scenario = {
  name: 'analytics',
  what: 'analyses of 90 days through the API, one person in twenty merged; least of several, and CPU time, ms',
  run: async ({ quick }) => {
    const rows: Row[] = []
    for (const size of quick ? [10_000] : [100_000, 1_000_000]) {
      const data = await openDataSet(size, size * 20, merged)
      await fillOrders(data.running.app.ch, size)
      const figures: Record<string, number> = {}
      for (const [name, body] of Object.entries(questions)) {
        const took: Took[] = []
        for (let at = 0; at < (quick ? 3 : 7); at++)
          took.push(await measure(() => data.post('/api/analytics/query?refresh=true', body)))
        figures[`${name}: least`] = Math.min(...took.map(({ ms }) => ms))
        figures[`${name}: CPU`] = Math.min(...took.map(({ cpu }) => cpu))
      }
      rows.push({
        size: `${size.toLocaleString('en')} people, ${(size * 20).toLocaleString('en')} events`,
        figures,
      })
      await data.stop()
    }
    return rows
  },
}

type Took = { ms: number; cpu: number }

/** The least of several is what the question takes; the rest is what else the machine does. */
async function measure(ask: () => Promise<unknown>): Promise<Took> {
  const [started, before] = [performance.now(), cpuMs()]
  await ask()
  return { ms: performance.now() - started, cpu: cpuMs() - before }
}

const cpuMs = (): number => Object.values(cpuOf(process.pid)).reduce((sum, one) => sum + one, 0) * 1000
