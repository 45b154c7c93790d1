import { openDataSet } from '#bench/data-set.ts'
import { share } from '#bench/freshness.bench.ts'
import type { Row, Scenario } from '#bench/scenario.ts'

const rule = {
  all: [
    { attr: 'city', op: 'in', value: ['c1', 'c2', 'c3', 'c4', 'c5'] },
    { attr: 'age', op: 'gte', value: 18 },
    { event: 'E1', count: { op: 'gte', value: 2 }, within: { last: 90, unit: 'day' } },
    { event: 'E2', where: [{ prop: 'revenue', op: 'gte', value: 100 }] },
    { event: 'E3', agg: { fn: 'sum', prop: 'revenue', op: 'gt', value: 300 } },
    { not: { event: 'E4', within: { last: 30, unit: 'day' } } },
  ],
}

/** The same question by hand, as somebody would write it who knows the tables. */
const byHand = `
SELECT count() AS n FROM (
  SELECT person FROM people FINAL WHERE ws = {ws:UInt32} AND attrs.city.:String IN ('c1', 'c2', 'c3', 'c4', 'c5')
    AND attrs.age.:Float64 >= 18) p
INNER JOIN (
  SELECT dictGetOrDefault('DB.unit_person_delta_dict', 'person', unit, dictGetOrDefault('DB.unit_person_base_dict', 'person', unit, unit)) AS person
  FROM events WHERE ws = {ws:UInt32} AND event IN ('E1', 'E2', 'E3', 'E4') AND time <= now64(3) GROUP BY person
  HAVING countIf(event = 'E1' AND time >= now() - INTERVAL 90 DAY) >= 2 AND countIf(event = 'E2' AND props.revenue.:Float64 >= 100) >= 1
    AND sumIf(props.revenue.:Float64, event = 'E3') > 300 AND countIf(event = 'E4' AND time >= now() - INTERVAL 30 DAY) = 0) e USING person`

type Figures = Record<string, number>
type DataSet = Awaited<ReturnType<typeof openDataSet>>

/** What people ask of a large workspace: previews of segments, lists, one person. One data set per size, as it takes minutes to make. */
export const questions: Scenario = {
  name: 'questions',
  what: 'preview of 6 conditions (against SQL by hand), lists, one person',
  run: async ({ quick }) => {
    const rows: Row[] = []
    for (const size of quick ? [10_000] : [100_000, 1_000_000]) {
      const data = await openDataSet(size, size * 20)
      const figures = { ...(await askSegment(data, quick)), ...(await askPeople(data, quick)) }
      rows.push({
        size: `${size.toLocaleString('en')} people, ${(size * 20).toLocaleString('en')} events`,
        figures,
      })
      await data.stop()
    }
    return rows
  },
}

/** A preview against SQL written by hand over the same tables. */
async function askSegment(data: DataSet, quick: boolean): Promise<Figures> {
  const n = quick ? 3 : 15
  const exact = await times(n, () => data.post('/api/segments/preview', { rule }))
  const estimate = await times(n, () => data.post('/api/segments/preview', { rule, estimate: true }))
  const hand = await times(n, () => data.sql(byHand))
  return {
    'preview, exact p50, ms': share(exact, 0.5),
    'preview, exact p95, ms': share(exact, 0.95),
    'preview, estimate p95, ms': share(estimate, 0.95),
    'by hand p50, ms': share(hand, 0.5),
    'exact ÷ by hand': share(exact, 0.5) / share(hand, 0.5),
  }
}

/** Opening a person, and lists of people. */
async function askPeople(data: DataSet, quick: boolean): Promise<Figures> {
  const n = quick ? 5 : 40
  const first = await times(n, () => data.get('/api/profiles?limit=50'))
  const { items } = await data.get<{ items: { id: string }[] }>('/api/profiles?limit=50')
  const timeline = await times(n, (at) =>
    data.get(`/api/profiles/${items[at % items.length]?.id}/timeline?limit=50`),
  )
  const byId = await times(n, (at) => data.get(`/api/profiles?identifier=user_id:u${at * 37}`))
  const search = await times(Math.ceil(n / 4), (at) => data.get(`/api/profiles?search=u${at * 997}`))
  return {
    'timeline p95, ms': share(timeline, 0.95),
    'list, newest first p95, ms': share(first, 0.95),
    'look-up by identifier p95, ms': share(byId, 0.95),
    'search p95, ms': share(search, 0.95),
  }
}

async function times(count: number, work: (at: number) => Promise<unknown>): Promise<number[]> {
  await work(0) // warm
  const taken: number[] = []
  for (let at = 0; at < count; at++) {
    const started = performance.now()
    await work(at)
    taken.push(performance.now() - started)
  }
  return taken
}
