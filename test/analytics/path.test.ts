import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type PathAnswer, PathQuestion } from '#modules/analytics/contract/path.ts'
import { cities, makeWorld, type World } from '#test/analytics/journeys.ts'
import { startTestApp } from '#test/start-test-app.ts'
import { drawnReference, type Move, walksReference } from './reference/path.ts'

type Question = Parameters<typeof walksReference>[1]

const choices = [
  'Viewed',
  '*e*',
  { event: 'Added' },
  { event: null, where: [{ prop: 'plan', op: 'eq', value: 'a' }] },
  { event: '退款', or: [{ event: 'Viewed', where: [{ prop: 'revenue', op: 'gte', value: 10 }] }] },
]
const groups = [
  { name: 'Shop', patterns: ['Add*', 'Order *'] },
  { name: 'Rest', patterns: ['*'] },
  { name: 'Viewed', patterns: ['退款', 'p*d'] },
]
const some = (of: readonly unknown[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.subarray([...of], { minLength: 1 }) },
  )
const ends = [null, null, 'Viewed', 'Added', { event: 'Order Completed' }, 'paid', 'a', 'Shop', 'nowhere']
const anyQuestion = fc
  .record({
    kind: fc.constant('path'),
    by: fc.constantFrom<unknown>(
      'event',
      'event',
      { prop: 'channel' },
      { prop: 'plan' },
      { prop: 'revenue' },
    ),
    start: fc.constantFrom(...ends),
    end: fc.constantFrom(...ends),
    gap_minutes: fc.constantFrom(30, 600, 5000, 10_080),
    count: fc.constantFrom('sessions', 'people'),
    steps: fc.integer({ min: 2, max: 6 }),
    edges: fc.constantFrom(1, 2, 5, 12, 50),
    min_weight: fc.constantFrom(1, 1, 2, 4),
    include: some(choices),
    exclude: some(choices),
    groups: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, fc.subarray(groups)),
    collapse: fc.constantFrom('last', 'first', 'none'),
    audience: fc.constantFrom<unknown>(undefined, undefined, { attr: 'city', op: 'eq', value: cities[0] }),
    range: fc
      .tuple(fc.constantFrom('2026-01-25', '2026-02-01', '2026-03-07'), fc.nat({ max: 60 }))
      .map(([from, length]) => ({
        from,
        to: new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10),
      })),
  })
  .map((drawn) => {
    const steps = drawn.start !== null && drawn.end !== null ? Math.max(3, drawn.steps) : drawn.steps
    return JSON.parse(JSON.stringify({ ...drawn, steps }))
  })

// One whose clocks change, one that is half an hour off; FC_RUNS=500 asks more.
describe.each(['America/New_York', 'Asia/Kolkata'])('in %s', (zone) => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld(await startTestApp(), zone, { size: 900, seed: zone.length })
  }, 120_000)

  test('numbers and people equal those counted by hand, and every node lets out what it takes in', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuestion, fc.nat(), async (body, pick) => {
        const question = PathQuestion.parse(body) as Question
        const answer = await post<PathAnswer>('query', body)
        const walks = walksReference(world, question)
        const { drawn, gathered } = drawnReference(question, walks)
        expect(sorted(answer.edges)).toEqual(sorted(drawn.map(edgeOf)))
        expect({ sessions: answer.sessions, gathered: answer.gathered }).toEqual({
          sessions: walks.length,
          gathered: walks.length === 0 ? 0 : gathered,
        })
        conserved(question, answer)
        const move = drawn[pick % Math.max(1, drawn.length)]
        if (move) await samePeople(body, drawn, move)
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 15) },
    )
  }, 540_000)

  async function post<T>(route: string, body: object): Promise<T> {
    const { status, body: answer } = await world.ws.call<T>('POST', `/api/analytics/${route}`, body)
    expect({ status, answer: status === 200 ? '' : answer }).toEqual({ status: 200, answer: '' })
    return answer
  }

  async function samePeople(body: object, drawn: Move[], { n, source, target, people }: Move) {
    const of = async (cell: object) => {
      const found = await post<{ items: { id: string }[]; total: number }>('people?limit=1000', {
        ...body,
        cell,
      })
      expect(found.total).toBe(found.items.length)
      return found.items.map(({ id }) => id).sort()
    }
    const unique = (moves: Move[]) => [...new Set(moves.flatMap((one) => one.people))].sort()
    expect(await of({ source: `${n}_${source}`, target: `${n + 1}_${target}` })).toEqual(
      unique([{ people } as Move]),
    )
    const into = drawn.filter((one) => one.n === n && one.target === target)
    expect(await of({ node: `${n + 1}_${target}` })).toEqual(unique(into))
    const out = drawn.filter((one) => one.n === 1 && one.source === source)
    if (n === 1) expect(await of({ node: `1_${source}` })).toEqual(unique(out))
  }
})

function conserved({ edges: most }: Question, { edges, sessions }: PathAnswer) {
  const isOwn = (node: string) => !node.endsWith('_$exit') && !node.endsWith('_$other')
  const sum = (all: PathAnswer['edges']) => all.reduce((total, { value }) => total + value, 0)
  for (const node of new Set(edges.flatMap(({ source, target }) => [source, target]).filter(isOwn))) {
    const out = sum(edges.filter(({ source }) => source === node))
    if (!node.startsWith('1_'))
      expect({ node, out }).toEqual({ node, out: sum(edges.filter(({ target }) => target === node)) })
  }
  const real = edges.filter(({ source, target }) => isOwn(source) && isOwn(target))
  expect(real.length).toBeLessThanOrEqual(most)
  if (edges.every(({ source, target }) => !`${source} ${target}`.includes('$other')))
    expect(sum(edges.filter(({ source }) => source.startsWith('1_')))).toBe(sessions)
}

function edgeOf({ n, source, target, times }: Move): PathAnswer['edges'][number] {
  const known = times.filter((time) => time !== null)
  return {
    source: `${n}_${source}`,
    target: `${n + 1}_${target}`,
    value: times.length,
    avg_seconds: target === '$exit' ? null : known.reduce((all, one) => all + one, 0) / times.length / 1000,
  }
}

const sorted = (edges: PathAnswer['edges']) =>
  edges
    .map(({ source, target, value, avg_seconds }) => [
      ...[source, target, value],
      avg_seconds === null ? null : Number(avg_seconds.toPrecision(12)),
    ])
    .sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1))
