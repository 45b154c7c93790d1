import { DateTime } from 'luxon'
import { beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestWorkspace } from '#test/start-test-app.ts'

let ws: TestWorkspace
// Shanghai is eight hours ahead: 16:00Z is midnight.
const history: [user: string, event: string, at: string, properties?: Record<string, unknown>][] = [
  ['ann', 'A', '2026-01-04T16:00:00.000Z'], // Monday the 5th, 00:00
  ['ann', 'A', '2026-01-05T15:59:59.999Z'], // still the 5th
  ['ann', 'A', '2026-01-05T16:00:00.000Z'], // the 6th, exactly 24 hours after
  ['ann', 'A', '2026-01-07T04:00:00.000Z'],
  ['ben', 'A', '2026-01-05T04:00:00.000Z'], // the 5th at noon
  ['ben', 'A', '2026-01-06T03:59:59.000Z'], // the 6th, a second before 24 hours
  ['cat', 'A', '2026-01-06T04:00:00.000Z'],
  ['cat', 'A', '2026-01-08T04:00:00.000Z'],
  ['ann', 'Paid', '2026-01-05T04:00:00.000Z', { revenue: 10 }],
  ['ann', 'Paid', '2026-01-06T04:00:00.000Z', { revenue: 0.1 }],
  ['ben', 'Paid', '2026-01-06T04:00:00.000Z', { revenue: 0.2 }],
  ['ben', 'Paid', '2026-01-06T05:00:00.000Z', { revenue: 'free' }],
]

beforeAll(async () => {
  ws = await (await startTestApp()).workspace()
  await ws.send(
    ...history.map(([userId, event, timestamp, properties = {}], at) => ({
      ...{ type: 'track', messageId: `m${at}`, userId, event, timestamp, properties },
    })),
  )
  await ws.settled()
}, 60_000)

type Answer = {
  code: string
  path: string
  cohorts: { date: string; size: number; values: (number | null)[] }[]
  points: Record<string, string | number>[]
  bins: { days: number; people: number }[]
  breakdown: {
    values: (string | null)[]
    points: object[]
    cohorts: { values: (number | null)[] }[]
  }[]
}
const range = { from: '2026-01-05', to: '2026-01-08' }
const A = { event: 'A' }
const ask = (body: object) => ws.call<Answer>('POST', '/api/analytics/query', { range, ...body })
const retention = async (body: object = {}) => {
  const question = { kind: 'retention', start: A, return: A, periods: 4, ...body }
  return (await ask(question)).body.cohorts.map(({ values }) => values)
}

test('recurring counts people in every cohort they did it in', async () => {
  expect(await retention({ mode: 'recurring' })).toEqual([
    [2, 2, 1, 0],
    [3, 1, 1, 0],
    [1, 0, 0, 0],
    [1, 0, 0, 0],
  ])
})

test('first time counts them once; on or after; at least twice; brackets', async () => {
  const none = [0, 0, 0, 0]
  expect(await retention()).toEqual([[2, 2, 1, 0], [1, 0, 1, 0], none, none])
  expect(await retention({ cumulative: true })).toEqual([[2, 2, 1, 0], [1, 1, 1, 0], none, none])
  expect(await retention({ cumulative: true, minimum: 2 })).toEqual([[2, 1, 0, 0], [1, 0, 0, 0], none, none])
  expect(await retention({ brackets: [1, 2] })).toEqual([
    [2, 2, 1],
    [1, 0, 1],
    [0, 0, 0],
    [0, 0, 0],
  ])
})

test('windows of 24 hours begin with the start event', async () => {
  expect((await retention({ window: '24_hour' }))[0]).toEqual([2, 1, 1, 0])
})

test('money of the periods, without drift; the first period is from the start on', async () => {
  const money = { return: { event: 'Paid' }, prop: 'revenue', periods: 2 }
  expect((await retention({ ...money, measure: 'sum' }))[0]).toEqual([10, 0.3])
  expect((await retention({ ...money, measure: 'avg' }))[0]).toEqual([10, 0.15])
})

test('what is not over has no value, its cohort has', async () => {
  const today = DateTime.now().setZone('Asia/Shanghai')
  const from = today.minus({ days: 1 }).toFormat('yyyy-MM-dd')
  const question = { range: { from, to: from }, periods: 3 }
  expect(await retention(question)).toEqual([[0, null, null]])
})

test('lifecycle: new, returning, asleep, awake again', async () => {
  const { body } = await ask({ kind: 'usage_lifecycle', event: A })
  expect(body.points).toEqual([
    { t: '2026-01-05', new: 2, returning: 0, resurrecting: 0, dormant: 0 },
    { t: '2026-01-06', new: 1, returning: 2, resurrecting: 0, dormant: 0 },
    { t: '2026-01-07', new: 0, returning: 1, resurrecting: 0, dormant: 2 },
    { t: '2026-01-08', new: 0, returning: 0, resurrecting: 1, dormant: 1 },
  ])
})

test('stickiness: days of people', async () => {
  const question = { kind: 'stickiness', event: A }
  const people = async (body: object) => (await ask(body)).body.bins.map((bin) => bin.people)
  expect(await people(question)).toEqual([0, 2, 1, 0])
  expect(await people({ ...question, cumulative: true })).toEqual([3, 3, 1, 0])
  expect(await people({ ...question, minimum: 2 })).toEqual([1, 0, 0, 0])
})

test('stickiness by value: each for itself, as a condition would be; the period before beside it', async () => {
  const question = { kind: 'stickiness', event: { event: 'Paid' }, breakdown: ['revenue'], top: 2 }
  const { body } = await ask({ ...question, compare: { from: '2026-01-01', to: '2026-01-06' } })
  expect(body).toMatchObject({
    people: 2,
    breakdown: [
      { values: ['0.1'], people: 1, bins: [{ days: 1, people: 1 }, {}, {}, {}] },
      { values: ['0.2'], people: 1 },
      { values: ['$other'], other: true, people: 2, bins: [{ days: 1, people: 2 }, {}, {}, {}] },
    ],
    compare: { range: { from: '2026-01-01', to: '2026-01-06' }, people: 2 },
  })
})

test('retention by value: of the event that put them into the cohort, and all parts add up', async () => {
  const question = { kind: 'retention', start: { event: 'Paid' }, return: A, periods: 2, mode: 'recurring' }
  const { body } = await ask({ ...question, breakdown: ['revenue'] })
  expect(body.cohorts.slice(0, 2).map(({ values }) => values)).toEqual([
    [1, 1],
    [2, 1],
  ])
  expect(
    body.breakdown.map((one) => [one.values, one.cohorts.slice(0, 2).map(({ values }) => values)]),
  ).toEqual([
    [
      ['0.1'],
      [
        [0, 0],
        [1, 1],
      ],
    ],
    [
      ['0.2'],
      [
        [0, 0],
        [1, 0],
      ],
    ],
    [
      ['10'],
      [
        [1, 1],
        [0, 0],
      ],
    ],
  ])
})

test('lifecycle by value: who changes falls asleep in one and is new in the other', async () => {
  const { body } = await ask({
    ...{ kind: 'usage_lifecycle', event: { event: 'Paid' }, breakdown: ['revenue'] },
    range: { from: '2026-01-05', to: '2026-01-06' },
  })
  const of = (value: string) => body.breakdown.find(({ values }) => values[0] === value)?.points
  expect(of('10')).toEqual([
    { t: '2026-01-05', new: 1, returning: 0, resurrecting: 0, dormant: 0 },
    { t: '2026-01-06', new: 0, returning: 0, resurrecting: 0, dormant: 1 },
  ])
  expect(of('0.1')?.at(1)).toMatchObject({ new: 1, dormant: 0 })
})

test.each([
  [{ kind: 'retention', start: A, return: A, measure: 'sum' }, '/prop'],
  [{ kind: 'retention', start: A, return: A, brackets: [300, 300] }, '/brackets'],
])('says what is wrong and where: %j', async (body, path) => {
  const answer = await ask(body)
  expect([answer.status, answer.body.code, answer.body.path]).toEqual([422, 'analytics.bad_question', path])
})
