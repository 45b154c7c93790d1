import { openDataSet } from '#bench/data-set.ts'
import { merged } from '#bench/merged-data.ts'
import { layOutAsPostHog } from '#bench/posthog/layout.ts'
import { type Shape, shapes } from '#bench/posthog/shapes.ts'
import type { Row, Scenario } from '#bench/scenario.ts'

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
const range = (days: number) => ({ from: daysAgo(days - 1), to: daysAgo(0) })

type Question = { days: number; body: object }
const trend = (body: object) => ({ days: 90, body: { kind: 'trend', interval: 'day', ...body } })

/** The same questions as `shapes` asks on the other layout, as our API takes them. */
export const questions: Record<keyof typeof shapes, Question> = {
  'trend, events': trend({ series: [{ event: 'E1' }] }),
  'trend, people': trend({ series: [{ event: 'E1', math: 'people' }] }),
  'trend, sum of a property': trend({ series: [{ event: 'E2', math: 'sum', prop: 'revenue' }] }),
  'trend, people by a property': trend({ series: [{ event: 'E1', math: 'people' }], breakdown: ['channel'] }),
  'trend, monthly active': trend({ series: [{ event: 'E1', math: 'mau' }] }),
  'funnel of four steps': {
    days: 90,
    body: {
      kind: 'funnel',
      steps: ['E1', 'E2', 'E3', 'E4'].map((event) => ({ event })),
      window: { value: 14, unit: 'day' },
    },
  },
  'retention of twelve weeks': {
    days: 84,
    body: {
      kind: 'retention',
      start: { event: 'E1' },
      return: { event: 'E2' },
      mode: 'recurring',
      interval: 'week',
      periods: 12,
    },
  },
  'lifecycle of use': {
    days: 90,
    body: { kind: 'usage_lifecycle', event: { event: 'E1' }, interval: 'day', anchor: 'person_created' },
  },
  stickiness: { days: 90, body: { kind: 'stickiness', event: { event: 'E1' }, interval: 'day' } },
  'paths of thirty days': {
    days: 30,
    body: { kind: 'path', start: null, end: null, by: 'event', gap_minutes: 30, steps: 5, edges: 50 },
  },
}

/** Ours through the API, counted anew each time, theirs in the bare engine: same data, same process, taking turns. One person in twenty is merged. */
export const baselines: Scenario = {
  name: 'baselines',
  what: 'analyses through the API, and PostHog’s documented queries on its documented layout in the same engine; p50 ms',
  run: async ({ quick }) => {
    const rows: Row[] = []
    for (const people of quick ? [10_000] : [100_000, 1_000_000]) {
      const data = await openDataSet(people, people * 20, merged)
      await layOutAsPostHog(data.running.app.ch, people)
      const figures: Record<string, number> = {}
      const ratios: number[] = []
      for (const [name, shape] of Object.entries(shapes)) {
        const { days, body } = questions[name as keyof typeof shapes]
        const asked: Shape = { ...range(days), zone: 'UTC' }
        const [ours, theirs] = await inTurns(quick ? 3 : 7, [
          () => data.post('/api/analytics/query?refresh=true', { ...body, range: range(days) }),
          () => data.sql(shape(asked)),
        ])
        figures[`${name}: ours`] = ours
        figures[`${name}: theirs`] = theirs
        figures[`${name}: theirs ÷ ours`] = theirs / ours
        ratios.push(theirs / ours)
      }
      figures['geometric mean of theirs ÷ ours'] = Math.exp(
        ratios.reduce((sum, one) => sum + Math.log(one), 0) / ratios.length,
      )
      figures['least of theirs ÷ ours'] = Math.min(...ratios)
      rows.push({
        size: `${people.toLocaleString('en')} people, ${(people * 20).toLocaleString('en')} events`,
        figures,
      })
      await data.stop()
    }
    return rows
  },
}

/** Medians of several askings, one after the other in turns, so that a busy moment meets both; the first time is not counted. */
async function inTurns(times: number, asks: readonly [Ask, Ask]): Promise<[number, number]> {
  const took: [number[], number[]] = [[], []]
  for (let round = 0; round <= times; round++)
    for (const at of [0, 1] as const) {
      const started = performance.now()
      await asks[at]()
      if (round > 0) took[at].push(performance.now() - started)
    }
  return [middle(took[0]), middle(took[1])]
}

type Ask = () => Promise<unknown>
const middle = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
