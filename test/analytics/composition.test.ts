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
    audience: fc.constantFrom<unknown>(
      undefined,
      { event: 'Added', count: { op: 'gte', value: 2 } },
      { attr: 'city', op: 'in', value: cities.slice(0, 2) },
      { attr: 'city', op: 'eq', value: 'nowhere' },
    ),
  })
  .map((drawn) => JSON.parse(JSON.stringify(drawn)) as object)

type Answer = {
  people: number
  everyone: number
  joined: number
  values: {
    value: string | null
    people: number
    share: number
    everyone: number
    everyone_share: number
    index: number | null
    joined: number
    points: { t: string; joined: number }[]
  }[]
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
  const row = answer.values[pick % Math.max(1, answer.values.length)]
  const came = row?.points.find(({ joined }) => joined > 0)
  const cell = {
    ...(row && pick % 4 ? { value: row.value } : {}),
    of: pick % 3 ? 'audience' : 'everyone',
    joined: pick % 2 === 0,
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
}

/** The answer in the words of the reference. */
function told({ people, everyone, joined, values }: Answer) {
  return {
    ...{ people, everyone, joined },
    values: values.map((row) => ({
      ...{ value: row.value, people: row.people, everyone: row.everyone, joined: row.joined },
      points: Object.fromEntries(
        row.points.filter((one) => one.joined > 0).map((one) => [one.t, one.joined]),
      ),
    })),
  }
}
