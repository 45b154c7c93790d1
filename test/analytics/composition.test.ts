import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { CompositionCell, CompositionQuestion } from '#modules/analytics/contract/composition.ts'
import { cities, makeWorld, type World } from '#test/analytics/journeys.ts'
import { startTestApp } from '#test/start-test-app.ts'
import { compositionPeopleReference, compositionReference } from './reference/composition.ts'

type Question = Parameters<typeof compositionReference>[1]
let world: World
beforeAll(async () => {
  world = await makeWorld(await startTestApp(), 'America/New_York', { size: 500, seed: 11 })
}, 120_000)

const anyQuestion = fc
  .record({
    kind: fc.constant('composition'),
    by: fc.constantFrom({ attr: 'city' }, { attr: 'likes' }, { tags: true }, { attr: 'nobody' }),
    range: fc.constantFrom(
      { from: '2026-01-20', to: '2026-02-10' },
      { from: '2026-03-07', to: '2026-03-31' },
      { from: '2025-01-01', to: '2025-01-02' },
    ),
    interval: fc.constantFrom('day', 'week', 'month'),
    top: fc.integer({ min: 1, max: 4 }),
    compare: fc.constantFrom<unknown>(undefined, 'previous', 'year', {
      from: '2026-01-20',
      to: '2026-02-25',
    }),
    audience: fc.constantFrom<unknown>(
      undefined,
      { event: 'Added', count: { op: 'gte', value: 2 } },
      { attr: 'city', op: 'in', value: cities.slice(0, 2) },
      { attr: 'city', op: 'eq', value: 'nowhere' },
    ),
  })
  .map((drawn) => JSON.parse(JSON.stringify(drawn)) as object)

type Came = { value: string | null; other?: boolean; joined: number; points: { t: string; joined: number }[] }
type Answer = {
  people: number
  everyone: number
  joined: number
  compare?: { range: object; joined: number; values: Came[] }
  values: (Came & {
    people: number
    share: number
    everyone: number
    everyone_share: number
    index: number | null
  })[]
}

test('numbers and people equal those counted by hand', async () => {
  await fc.assert(
    fc.asyncProperty(anyQuestion, fc.nat(), async (body, pick) => {
      const question = CompositionQuestion.parse(body) as Question
      const { status, body: answer } = await world.ws.call<Answer>('POST', '/api/analytics/query', body)
      expect(status).toBe(200)
      const expected = compositionReference(world, question)
      expect(told(answer)).toEqual(expected)
      for (const row of answer.values) {
        expect(row.share).toBeCloseTo(row.people / answer.people, 12)
        expect(row.index).toBeCloseTo((row.share / row.everyone_share) * 100, 8)
      }
      await samePeople(question, body, answer, pick)
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 25) },
  )
}, 240_000)

async function samePeople(question: Question, body: object, answer: Answer, pick: number) {
  const compared = answer.compare !== undefined && pick % 3 > 0
  const rows: Came[] = compared ? (answer.compare?.values ?? []) : answer.values
  const row = rows.at(-1 - (pick % Math.max(1, rows.length)))
  const came = row?.points.find(({ joined }) => joined > 0)
  const cell = {
    ...(row && pick % 4 ? { value: row.value } : {}),
    of: pick % 7 > 2 ? 'audience' : 'everyone',
    ...{ joined: pick % 2 === 0, compared },
    ...(came && pick % 5 === 0 ? { t: came.t } : {}),
  }
  const people = await world.ws.call<{ items: { id: string }[]; total: number }>(
    'POST',
    '/api/analytics/people?limit=1000',
    { ...body, cell },
  )
  const expected = compositionPeopleReference(world, question, CompositionCell.parse(cell))
  expect(people.body.items.map(({ id }) => id).sort()).toEqual(expected)
  expect(people.body.total).toBe(expected.length)
  if (cell.value !== undefined && cell.of === 'audience' && (cell.joined || compared))
    expect(people.body.total).toBe(cell.t === undefined ? row?.joined : came?.joined)
}

test('without another period there is nobody in it', async () => {
  const range = { from: '2026-01-20', to: '2026-02-10' }
  const question = { kind: 'composition', by: { tags: true }, range, cell: { compared: true } }
  const { status, body } = await world.ws.call('POST', '/api/analytics/people', question)
  expect([status, body.code, body.path]).toEqual([422, 'analytics.bad_question', '/compare'])
})

/** The answer in the words of the reference. */
function told({ people, everyone, joined, values, compare }: Answer) {
  const came = (row: Came) => ({
    joined: row.joined,
    points: Object.fromEntries(row.points.filter((one) => one.joined > 0).map((one) => [one.t, one.joined])),
  })
  return {
    ...{ people, everyone, joined },
    values: values.map((row) => ({
      ...{ value: row.value, people: row.people, everyone: row.everyone },
      ...came(row),
    })),
    ...(compare
      ? { compare: { ...compare, values: compare.values.map((row) => ({ value: row.value, ...came(row) })) } }
      : {}),
  }
}
