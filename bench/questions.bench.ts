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

/** A preview against SQL written by hand over the same tables; taken in turns, so that noise meets all of them alike. */
async function askSegment(data: DataSet, quick: boolean): Promise<Figures> {
  const [exact, estimate, hand] = await inTurns(quick ? 3 : 20, [
    () => data.post('/api/segments/preview', { rule }),
    () => data.post('/api/segments/preview', { rule, estimate: true }),
    () => data.sql(byHand),
  ])
  return {
    ...spread('preview, exact', exact),
    ...spread('preview, estimate', estimate),
    ...spread('by hand', hand),
    'exact ÷ by hand, p50': share(exact, 0.5) / share(hand, 0.5),
  }
}

/** Opening a person, and lists of people. */
async function askPeople(data: DataSet, quick: boolean): Promise<Figures> {
  const { items } = await data.get<{ items: { id: string }[] }>('/api/profiles?limit=50')
  const [timeline, list, byId, search] = await inTurns(quick ? 5 : 60, [
    (at) => data.get(`/api/profiles/${items[at % items.length]?.id}/timeline?limit=50`),
    () => data.get('/api/profiles?limit=50'),
    (at) => data.get(`/api/profiles?identifier=user_id:u${at * 37}`),
    (at) => data.get(`/api/profiles?search=u${at * 997}`),
  ])
  return {
    ...spread('timeline', timeline),
    ...spread('list, newest first', list),
    ...spread('look-up by identifier', byId),
    ...spread('search', search),
  }
}

export const spread = (name: string, taken: readonly number[]): Figures => ({
  [`${name} p50, ms`]: share([...taken], 0.5),
  [`${name} p95, ms`]: share([...taken], 0.95),
})

export type Work = (at: number) => Promise<unknown>

/** Milliseconds of each piece of work, `count` times each, one after the other in turns; the first turn only warms up. */
export async function inTurns<const W extends readonly Work[]>(
  count: number,
  works: W,
): Promise<{ [K in keyof W]: number[] }> {
  const taken = works.map((): number[] => [])
  for (let at = 0; at <= count; at++)
    for (const [which, work] of works.entries()) {
      const started = performance.now()
      await work(at)
      if (at > 0) taken[which]?.push(performance.now() - started)
    }
  return taken as { [K in keyof W]: number[] }
}
