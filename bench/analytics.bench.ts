import { openDataSet } from '#bench/data-set.ts'
import { share } from '#bench/freshness.bench.ts'
import type { Row, Scenario } from '#bench/scenario.ts'

const to = new Date().toISOString().slice(0, 10)
const from = new Date(Date.now() - 89 * 86_400_000).toISOString().slice(0, 10)
const range = { from, to }
const trend = (body: object) => ({ kind: 'trend', range, interval: 'day', ...body })

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
}

export const analytics: Scenario = {
  name: 'analytics',
  what: 'analyses of 90 days through the API',
  run: async ({ quick }) => {
    const rows: Row[] = []
    for (const size of quick ? [10_000] : [100_000, 1_000_000]) {
      const data = await openDataSet(size, size * 20)
      const figures: Record<string, number> = {}
      for (const [name, body] of Object.entries(questions)) {
        const times: number[] = []
        for (let at = 0; at < (quick ? 3 : 7); at++) {
          const started = performance.now()
          await data.post('/api/analytics/query', body)
          times.push(performance.now() - started)
        }
        figures[`${name}, p50`] = share(times, 0.5)
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
