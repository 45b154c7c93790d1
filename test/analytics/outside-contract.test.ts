import { beforeAll, describe, expect, test } from 'vitest'
import { outsideWorkspace } from '#test/analytics/outside-history.ts'
import type { TestWorkspace } from '#test/start-test-app.ts'

// What programs outside were promised, letter by letter: these bodies, these fields, these numbers. Each expected number
// was counted by hand from test/analytics/outside-history.ts.
const bodies = {
  trend: `{"kind":"trend","series":[{"event":"Order Completed","math":"sum","prop":"revenue"},{"event":"Course Viewed","math":"people"}],"interval":"day","range":{"from":"2026-01-01","to":"2026-01-31"},"breakdown":["channel"]}`,
  funnel: `{"kind":"funnel","steps":[{"event":"Signed Up"},{"event":"Paid"}],"order":"ordered","window":{"value":14,"unit":"day"},"exclusions":[{"event":"Refunded","between":[1,2]}],"range":{"from":"2026-03-01","to":"2026-03-10"}}`,
  path: `{"kind":"path","start":null,"end":null,"by":"event","gap_minutes":30,"steps":5,"edges":50,"range":{"from":"2026-04-01","to":"2026-04-01"}}`,
  retention: `{"kind":"retention","start":{"event":"A"},"return":{"event":"A"},"mode":"recurring","interval":"day","periods":11,"range":{"from":"2026-08-10","to":"2026-08-12"}}`,
  usage_lifecycle: `{"kind":"usage_lifecycle","event":{"event":"A"},"interval":"day","anchor":"first_event","range":{"from":"2026-08-10","to":"2026-08-13"}}`,
  stickiness: `{"kind":"stickiness","event":{"event":"A"},"interval":"day","range":{"from":"2026-08-10","to":"2026-08-13"}}`,
  interval: `{"kind":"interval","from":{"event":"A"},"to":{"event":"B"},"pairing":"nearest","range":{"from":"2026-05-18","to":"2026-05-19"}}`,
  heatmap: `{"kind":"heatmap","event":{"event":"A"},"math":"count","range":{"from":"2026-08-10","to":"2026-08-13"}}`,
  rfm: `{"kind":"rfm","event":{"event":"Order Completed"},"amount":"revenue","as_of":"1998-06-30","method":"quantile","bins":5,"range":{"from":"1997-07-01","to":"1998-06-30"}}`,
  repurchase: `{"kind":"repurchase","event":{"event":"Order Completed"},"order_id":"order_id","interval":"month","periods":12,"range":{"from":"2026-06-01","to":"2026-07-31"}}`,
  ltv: `{"kind":"ltv","event":{"event":"Order Completed"},"amount":"revenue","interval":"month","periods":12,"range":{"from":"2026-06-01","to":"2026-07-31"}}`,
}
type Kind = keyof typeof bodies

let ws: TestWorkspace
beforeAll(async () => {
  ws = await outsideWorkspace()
}, 60_000)

async function query<T>(kind: Kind, changes: object = {}): Promise<T> {
  const question = { ...JSON.parse(bodies[kind]), ...changes }
  const { status, body } = await ws.call<T>('POST', '/api/analytics/query', question)
  expect({ status, body: status === 200 ? '' : body }).toEqual({ status: 200, body: '' })
  return body
}

/** Who is behind a cell, by the ids they were sent with; no more and no fewer than `total` says. */
async function people(kind: Kind, cell: object, changes: object = {}): Promise<string[]> {
  type People = { items: { id: string; identifiers: { kind: string; value: string }[] }[]; total: number }
  const question = { ...JSON.parse(bodies[kind]), ...changes, cell }
  const { status, body } = await ws.call<People>('POST', '/api/analytics/people?limit=1000', question)
  expect({ status, body: status === 200 ? '' : body }).toEqual({ status: 200, body: '' })
  expect(body.total).toBe(body.items.length)
  expect(new Set(body.items.map(({ id }) => id)).size).toBe(body.total)
  return body.items.map(({ identifiers }) => identifiers[0]?.value ?? '?').sort()
}

describe('trend', () => {
  type Trend = {
    series: {
      event: string
      breakdown: (string | null)[]
      points: { t: string; value: number | null }[]
    }[]
  }
  const filled = ({ series }: Trend) =>
    series.map(({ event, breakdown, points }) => [
      ...[event, breakdown],
      Object.fromEntries(points.filter(({ value }) => value !== 0).map(({ t, value }) => [t, value])),
    ])

  test('by day of the workspace, first and last moment included, by value of a property', async () => {
    const answer = await query<Trend>('trend')
    expect(filled(answer)).toEqual([
      ['Order Completed', ['mail'], { '2026-01-31': 5 }],
      ['Order Completed', ['ad'], { '2026-01-01': 0.3 }],
      ['Course Viewed', ['ad'], { '2026-01-04': 2 }],
      ['Course Viewed', [null], { '2026-01-05': 1 }],
    ])
    for (const { points } of answer.series) {
      expect(points).toHaveLength(31)
      expect([points[0]?.t, points[30]?.t]).toEqual(['2026-01-01', '2026-01-31'])
    }
  })

  test('without a breakdown it is an empty list; weeks begin on Monday', async () => {
    const answer = await query<Trend>('trend', { interval: 'week', breakdown: undefined })
    expect(filled(answer)).toEqual([
      ['Order Completed', [], { '2025-12-29': 0.3, '2026-01-26': 5 }],
      ['Course Viewed', [], { '2025-12-29': 2, '2026-01-05': 1 }],
    ])
    expect(answer.series[0]?.points.map(({ t }) => t)).toEqual([
      ...['2025-12-29', '2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26'],
    ])
  })

  test('the people of each point', async () => {
    expect(await people('trend', { series: 0, t: '2026-01-01', breakdown: ['ad'] })).toEqual(['ann'])
    expect(await people('trend', { series: 1, t: '2026-01-04', breakdown: ['ad'] })).toEqual(['ann', 'ben'])
    expect(await people('trend', { series: 1, t: '2026-01-05', breakdown: [null] })).toEqual(['cat'])
    const { series } = await query<Trend>('trend')
    for (const [at, { event, breakdown, points }] of series.entries())
      for (const { t, value } of points.slice(0, 6))
        if (event === 'Course Viewed')
          expect([at, t, (await people('trend', { series: 1, t, breakdown })).length]).toEqual([at, t, value])
  })

  test('conditions on properties, and an audience', async () => {
    const where = [{ prop: 'revenue', op: 'gte', value: 0.2 }]
    const series = [{ event: 'Order Completed', where, math: 'count' }]
    const asked = { series, breakdown: undefined, audience: { attr: 'city', op: 'eq', value: '北京' } }
    expect(filled(await query<Trend>('trend', asked))).toEqual([['Order Completed', [], { '2026-01-01': 1 }]])
  })
})

describe('funnel', () => {
  type Funnel = { steps: { count: number; avg_seconds: number | null; median_seconds: number | null }[] }

  test('who reached each step, and how long it took: no seconds are a time, too', async () => {
    const { steps } = await query<Funnel>('funnel')
    // 0, 600, 3 600 and 1 209 600 seconds.
    expect(steps).toEqual([
      { count: 6, avg_seconds: null, median_seconds: null },
      { count: 4, avg_seconds: 303_450, median_seconds: 2100 },
    ])
  })

  test('who is hit by an exclusion is in no step', async () => {
    const converted = ['at once', 'began anew', 'just in', 'refunded before']
    const lost = ['only signed up', 'too late']
    expect(await people('funnel', { step: 2, dropped: false })).toEqual(converted)
    expect(await people('funnel', { step: 2, dropped: true })).toEqual(lost)
    expect(await people('funnel', { step: 1, dropped: false })).toEqual([...converted, ...lost].sort())
  })

  test('without exclusions they are in it', async () => {
    const { steps } = await query<Funnel>('funnel', { exclusions: undefined })
    expect(steps.map(({ count }) => count)).toEqual([8, 5])
  })
})

describe('path', () => {
  type Edge = { source: string; target: string; value: number; avg_seconds: number | null }
  const sorted = (edges: Edge[]) =>
    edges.map(({ source, target, value, avg_seconds }) => [source, target, value, avg_seconds]).sort()

  test('sessions from place to place, their ends, and what goes on beyond the last step', async () => {
    const { edges } = await query<{ edges: Edge[] }>('path')
    expect(sorted(edges)).toEqual([
      ['1_A', '2_$exit', 1, null],
      ['1_A', '2_B', 3, 60],
      ['2_B', '3_$exit', 1, null],
      ['2_B', '3_C', 2, 90],
      ['3_C', '4_$exit', 1, null],
      ['3_C', '4_D', 1, 60],
      ['4_D', '5_E', 1, 60],
      ['5_E', '6_$other', 1, 60],
    ])
  })

  test('what is not among the shown moves goes through the others, and nothing is lost', async () => {
    const { edges } = await query<{ edges: Edge[] }>('path', { edges: 2 })
    expect(sorted(edges).filter(([, target]) => String(target).includes('$other'))).not.toEqual([])
    const into = (node: string) => edges.filter(({ target }) => target === node)
    const outOf = (node: string) => edges.filter(({ source }) => source === node)
    const sum = (some: Edge[]) => some.reduce((all, { value }) => all + value, 0)
    for (const node of ['2_B', '3_C']) expect([node, sum(into(node))]).toEqual([node, sum(outOf(node))])
    expect(sum(outOf('1_A'))).toBe(4)
  })

  test('the people of a move, of an end and of the others', async () => {
    expect(await people('path', { source: '1_A', target: '2_B' })).toEqual(['long', 'repeats', 'short'])
    expect(await people('path', { source: '1_A', target: '2_$exit' })).toEqual(['short'])
    expect(await people('path', { source: '2_B', target: '3_$exit' })).toEqual(['repeats'])
    expect(await people('path', { source: '5_E', target: '6_$other' })).toEqual(['long'])
  })
})

type Cohorts = { cohorts: { date: string; size: number; values: (number | null)[] }[] }
const open = (count: number) => Array<null>(count).fill(null)

/** Every cell that is over is as many people as it says. */
async function holdCohorts(kind: 'retention' | 'repurchase', { cohorts }: Cohorts) {
  for (const { date, size, values } of cohorts) {
    expect(values[0]).toBe(size)
    for (const [period, value] of values.entries())
      if (value !== null)
        expect([date, period, (await people(kind, { cohort: date, period })).length]).toEqual([
          ...[date, period, value],
        ])
  }
}

describe('retention', () => {
  test('everybody in each cohort they did it in; what is not over is null', async () => {
    const answer = await query<Cohorts>('retention')
    expect(answer.cohorts).toEqual([
      { date: '2026-08-10', size: 2, values: [2, 1, 0, 1, ...open(7)] },
      { date: '2026-08-11', size: 2, values: [2, 1, 1, ...open(8)] },
      { date: '2026-08-12', size: 1, values: [1, 0, ...open(9)] },
    ])
    await holdCohorts('retention', answer)
    expect(await people('retention', { cohort: '2026-08-10', period: 3 })).toEqual(['often'])
  })

  test('weeks begin on Monday', async () => {
    const range = { from: '2026-08-05', to: '2026-08-13' }
    const { cohorts } = await query<Cohorts>('retention', { interval: 'week', periods: 2, range })
    // The week that runs has begun: its cohort has a size, and no week after it.
    expect(cohorts).toEqual([
      { date: '2026-08-03', size: 0, values: [0, null] },
      { date: '2026-08-10', size: 3, values: [3, null] },
    ])
  })
})

test('usage_lifecycle: new, returning, away, back again', async () => {
  type Point = Record<'new' | 'returning' | 'resurrecting' | 'dormant', number> & { t: string }
  const { points } = await query<{ points: Point[] }>('usage_lifecycle')
  expect(points).toEqual([
    { t: '2026-08-10', new: 2, returning: 0, resurrecting: 0, dormant: 0 },
    { t: '2026-08-11', new: 1, returning: 1, resurrecting: 0, dormant: 1 },
    { t: '2026-08-12', new: 0, returning: 1, resurrecting: 0, dormant: 1 },
    { t: '2026-08-13', new: 0, returning: 0, resurrecting: 1, dormant: 1 },
  ])
  for (const { t, ...states } of points)
    for (const [state, count] of Object.entries(states))
      expect([t, state, (await people('usage_lifecycle', { t, state })).length]).toEqual([t, state, count])
  expect(await people('usage_lifecycle', { t: '2026-08-11', state: 'dormant' })).toEqual(['once'])
})

test('stickiness: on how many days', async () => {
  const { bins } = await query<{ bins: { days: number; people: number }[] }>('stickiness')
  expect(bins).toEqual([
    { days: 1, people: 1 },
    { days: 2, people: 1 },
    { days: 3, people: 1 },
    { days: 4, people: 0 },
  ])
  for (const [days, who] of [['once'], ['twice'], ['often'], []].entries())
    expect(await people('stickiness', { days: days + 1 })).toEqual(who)
})

test('interval: each B with the latest A before it that has none', async () => {
  const answer = await query<object>('interval')
  // 0, 600 and 2 400 seconds.
  expect(answer).toMatchObject({ people: 2, pairs: 3, p25: 300, p50: 600, p75: 1500, avg: 1000 })
  expect(answer).toMatchObject({
    bins: [
      { from: 0, until: 1201, pairs: 2, people: 2 },
      { from: 1201, until: 2402, pairs: 1, people: 1 },
    ],
  })
  expect(await people('interval', { from: 1201, until: 2402 })).toEqual(['two pairs'])
})

describe('heatmap', () => {
  type Heat = { cells: { weekday: number; hour: number; value: number | null }[] }
  const filled = ({ cells }: Heat) => cells.filter(({ value }) => value)

  test('weekdays of ISO, hours of the workspace, all 168 cells', async () => {
    const answer = await query<Heat>('heatmap')
    expect(answer.cells).toHaveLength(168)
    expect(filled(answer)).toEqual([
      { weekday: 1, hour: 0, value: 1 },
      { weekday: 1, hour: 9, value: 2 },
      { weekday: 2, hour: 9, value: 2 },
      { weekday: 3, hour: 12, value: 1 },
      { weekday: 4, hour: 23, value: 1 },
    ])
  })

  test('counted by people, a cell is as many as it says', async () => {
    for (const { weekday, hour, value } of filled(await query<Heat>('heatmap', { math: 'people' })))
      expect([weekday, hour, (await people('heatmap', { weekday, hour })).length]).toEqual([
        ...[weekday, hour, value],
      ])
    expect(await people('heatmap', { weekday: 1, hour: 9 })).toEqual(['once'])
    expect(await people('heatmap', { weekday: 2, hour: 9 })).toEqual(['often', 'twice'])
  })
})

test('rfm: 5 is best, ties share a score, an order counts once', async () => {
  type Rfm = { people: number; groups: Record<string, number>[] }
  const answer = await query<Rfm>('rfm')
  const fields = ['r', 'f', 'm', 'people', 'recency_days_avg', 'frequency_avg', 'monetary_sum']
  expect(answer.people).toBe(5)
  expect(answer.groups.map((group) => fields.map((field) => group[field]))).toEqual([
    [5, 1, 2, 1, 0, 1, 10],
    [4, 5, 5, 1, 10, 3, 300.5],
    [3, 3, 3, 1, 30, 2, 40],
    [2, 3, 3, 1, 90, 2, 40],
    [1, 1, 1, 1, 364, 1, 5],
  ])
  for (const { r, f, m, people: count } of answer.groups)
    expect((await people('rfm', { r, f, m })).length).toBe(count)
  expect(await people('rfm', { r: 4, f: 5, m: 5 })).toEqual(['whale'])
})

test('repurchase: another order id in a later period', async () => {
  const answer = await query<Cohorts>('repurchase')
  expect(answer.cohorts).toEqual([
    { date: '2026-06-01', size: 2, values: [2, 1, ...open(10)] },
    { date: '2026-07-01', size: 1, values: [1, ...open(11)] },
  ])
  await holdCohorts('repurchase', answer)
  expect(await people('repurchase', { cohort: '2026-06-01', period: 1 })).toEqual(['again'])
})

test('ltv: what each of a cohort has brought so far', async () => {
  const { cohorts } = await query<Cohorts>('ltv')
  expect(cohorts.map(({ date, size, values }) => ({ date, size, values }))).toEqual([
    { date: '2026-06-01', size: 2, values: [75, 100, ...open(10)] },
    { date: '2026-07-01', size: 1, values: [7, ...open(11)] },
  ])
  expect(await people('ltv', { cohort: '2026-06-01', period: 1 })).toEqual(['again', 'same month'])
  expect(await people('ltv', { cohort: '2026-07-01', period: 0 })).toEqual(['july'])
})

test.each(Object.keys(bodies) as Kind[])('%s: only of an audience, in numbers and people', async (kind) => {
  const audience = { attr: 'city', op: 'eq', value: 'nowhere' }
  await query(kind, { audience })
  const cells: Record<Kind, object> = {
    ...{ trend: { series: 0 }, funnel: { step: 1 }, path: { source: '1_A', target: '2_B' }, heatmap: {} },
    ...{ retention: { cohort: '2026-08-10', period: 0 }, stickiness: { days: 1 }, interval: {}, rfm: {} },
    usage_lifecycle: { t: '2026-08-10', state: 'new' },
    repurchase: { cohort: '2026-06-01', period: 0 },
    ltv: { cohort: '2026-06-01', period: 0 },
  }
  expect(await people(kind, cells[kind])).not.toEqual([])
  expect(await people(kind, cells[kind], { audience })).toEqual([])
})
