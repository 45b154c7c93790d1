import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Rule } from '#modules/rules/contract.ts'
import { fixedClock } from '#platform/clock.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

// After every step of a random life the stored membership must be what a count from scratch answers.

const hour = 3_600_000
const users = ['u1', 'u2', 'u3']
const devices = ['d1', 'd2']
const events = ['A', 'A', 'B', 'C']
const companies = ['c1', 'c2']

type Step =
  | {
      do: 'track'
      user: string | null
      device: string | null
      event: string
      hoursAgo: number
      amount: number
    }
  | { do: 'identify'; user: string; device: string | null; city: string; phone: string | null }
  | { do: 'tag'; user: string; add: boolean }
  | { do: 'list'; user: string | null; device: string; add: boolean }
  | { do: 'merge'; user: string; device: string }
  | { do: 'unmerge'; device: string }
  | { do: 'group'; user: string | null; device: string | null; company: string; size: number }
  | { do: 'leave'; user: string; company: string }
  | { do: 'wait'; hours: number }

const oneOf = <T>(items: readonly T[]) => fc.constantFrom(...items)
const city = oneOf(['x', 'y', 'z'])
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 7,
      arbitrary: fc.record({
        do: fc.constant('track' as const),
        user: oneOf([...users, null]),
        device: oneOf([...devices, null]),
        event: oneOf(events),
        hoursAgo: fc.integer({ min: -3, max: 5 }),
        amount: fc.integer({ min: 0, max: 5 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('identify' as const),
        user: oneOf(users),
        device: oneOf([...devices, null]),
        city,
        phone: oneOf(['13800138000', null, null]),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('group' as const),
        user: oneOf([...users, null]),
        device: oneOf([...devices, null]),
        company: oneOf(companies),
        size: fc.integer({ min: 1, max: 2 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('leave' as const),
        user: oneOf(users),
        company: oneOf(companies),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('tag' as const), user: oneOf(users), add: fc.boolean() }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('list' as const),
        user: oneOf([...users, null]),
        device: oneOf(devices),
        add: oneOf([true, true, false]),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('merge' as const), user: oneOf(users), device: oneOf(devices) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('unmerge' as const), device: oneOf(devices) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 6 }) }),
    },
  ),
  { minLength: 10, maxLength: 16, size: 'max' },
)

const within = oneOf([undefined, { last: 3, unit: 'hour' as const }, { last: 6, unit: 'hour' as const }])
const leaf: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ attr: fc.constant('city'), op: oneOf(['eq', 'ne'] as const), value: city }),
  fc.constant({ tag: 'hot' }),
  fc.record({ event: oneOf(events), within }),
  fc.record({
    event: oneOf(events),
    count: fc.record({ op: oneOf(['gte', 'lt', 'eq'] as const), value: fc.integer({ min: 0, max: 2 }) }),
    within,
  }),
  fc.record({
    event: oneOf(events),
    agg: fc.record({
      fn: oneOf(['sum', 'max', 'last'] as const),
      prop: fc.constant('amount'),
      op: oneOf(['gt', 'lte'] as const),
      value: fc.integer({ min: 0, max: 5 }),
    }),
    within,
  }),
  fc.record({
    sequence: fc.tuple(fc.record({ event: oneOf(events) }), oneOf([{ event: 'B' }, { not_event: 'C' }])),
    within,
    gap: oneOf([undefined, { value: 2, unit: 'hour' as const }]),
  }),
)
const size = fc.record({ op: oneOf(['gte', 'eq', 'lt'] as const), value: fc.integer({ min: 1, max: 3 }) })
const companyLeaf: fc.Arbitrary<Rule> = fc
  .record(
    {
      where: size.map((test) => [{ prop: 'size', ...test }]),
      people: size,
      did: fc.record({
        event: oneOf(events),
        count: oneOf([undefined, { op: 'eq' as const, value: 0 }]),
        within,
      }),
    },
    { requiredKeys: [] },
  )
  .map((company) => ({ company }))
const rule: fc.Arbitrary<Rule> = fc.oneof(
  { weight: 2, arbitrary: leaf },
  { weight: 2, arbitrary: companyLeaf },
  { weight: 1, arbitrary: fc.record({ not: companyLeaf }) },
  { weight: 1, arbitrary: fc.record({ all: fc.array(leaf, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ any: fc.array(leaf, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ not: leaf }) },
)

const clock = fixedClock(Date.parse('2026-06-01T08:00:00Z'))
let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ clock })
}, 60_000)

type Segment = { id: string; rule: Rule; firstSize: number }

async function createSegments(ws: TestWorkspace, rules: Rule[]): Promise<Segment[]> {
  const { body: list } = await ws.call<{ id: string }>('POST', '/api/segments', {
    name: 'List',
    kind: 'list',
  })
  listId = list.id
  const onIt = { list: list.id }
  const made: Segment[] = [{ id: list.id, rule: onIt, firstSize: 0 }]
  const { body: off } = await ws.call<{ id: string }>('POST', '/api/segments', {
    name: 'Not on the list',
    rule: { not: { segment: list.id } },
  })
  made.push({ id: off.id, rule: { not: { segment: list.id } }, firstSize: 0 })
  for (const [i, one] of rules.entries()) {
    const previous = made.at(-1)
    // Every third stands on the one before it.
    const full = previous && i % 3 === 2 ? { any: [{ not: { segment: previous.id } }, one] } : one
    const { body } = await ws.call<{ id: string }>('POST', '/api/segments', { name: `S${i}`, rule: full })
    made.push({ id: body.id, rule: full, firstSize: 0 })
  }
  for (const segment of made) segment.firstSize = await countedSize(ws, segment.id)
  return made
}

async function countedSize(ws: TestWorkspace, id: string): Promise<number> {
  for (let i = 0; i < 400; i++) {
    const { body } = await ws.call<{ state: string; size: number }>('GET', `/api/segments/${id}`)
    if (body.state === 'live') return body.size
    expect(body.state).toBe('building')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('never counted')
}

async function idOf(ws: TestWorkspace, kind: string, value: string): Promise<string | undefined> {
  const { body } = await ws.call<{ items: { id: string }[] }>(
    'GET',
    `/api/profiles?identifier=${kind}:${value}`,
  )
  return body.items[0]?.id
}

let messages = 0
let listId = ''
async function take(ws: TestWorkspace, step: Step): Promise<void> {
  const messageId = `m${messages++}`
  if (step.do === 'wait') clock.advance(step.hours * hour)
  if (step.do === 'track' && (step.user || step.device)) {
    const at = new Date(clock.now() - step.hoursAgo * hour).toISOString()
    const who = { userId: step.user ?? undefined, anonymousId: step.device ?? undefined }
    await ws.send({
      type: 'track',
      ...who,
      event: step.event,
      messageId,
      timestamp: at,
      properties: { amount: step.amount },
    })
  }
  if (step.do === 'identify') {
    const traits = { city: step.city, ...(step.phone ? { phone: step.phone } : {}) }
    const at = new Date(clock.now()).toISOString()
    await ws.send({
      type: 'identify',
      userId: step.user,
      anonymousId: step.device ?? undefined,
      messageId,
      timestamp: at,
      traits,
    })
  }
  if (step.do === 'group' && (step.user || step.device))
    await ws.send({
      type: 'group',
      userId: step.user ?? undefined,
      anonymousId: step.device ?? undefined,
      groupId: step.company,
      messageId,
      timestamp: new Date(clock.now()).toISOString(),
      traits: { name: step.company, size: step.size },
    })
  if (step.do === 'leave') {
    const { body } = await ws.call<People>('GET', `/api/companies?search=${step.company}`)
    const [company, person] = [body.items[0]?.id, await idOf(ws, 'user_id', step.user)]
    if (company && person) await ws.call('DELETE', `/api/companies/${company}/people/${person}`)
  }
  if (step.do === 'tag') {
    const id = await idOf(ws, 'user_id', step.user)
    const names = ['hot']
    if (id) await ws.call('POST', `/api/profiles/${id}/tags`, step.add ? { add: names } : { remove: names })
  }
  if (step.do === 'list') {
    const id = step.user ? await idOf(ws, 'user_id', step.user) : await idOf(ws, 'anonymous_id', step.device)
    if (id && listId) {
      const reply = await ws.call(step.add ? 'POST' : 'DELETE', `/api/segments/${listId}/people`, {
        ids: [id],
      })
      expect(reply.status, JSON.stringify(reply.body)).toBe(step.add ? 201 : 200)
    }
  }
  if (step.do === 'merge') {
    const [a, b] = [await idOf(ws, 'user_id', step.user), await idOf(ws, 'anonymous_id', step.device)]
    if (a && b && a !== b) await ws.call('POST', `/api/profiles/${a}/merge`, { with: b })
  }
  if (step.do === 'unmerge') {
    const id = await idOf(ws, 'anonymous_id', step.device)
    if (id)
      await ws.call('POST', `/api/profiles/${id}/unmerge`, {
        identifier: { kind: 'anonymous_id', value: step.device },
      })
  }
  await ws.settled()
  await app.segments.recheck()
}

type People = { items: { id: string }[] }

async function compare(ws: TestWorkspace, segments: Segment[], what: string): Promise<void> {
  await Promise.all(
    segments.map((segment) => compareOne(ws, segment, `${what}: ${JSON.stringify(segment.rule)}`)),
  )
}

async function compareOne(
  ws: TestWorkspace,
  { id, rule: json, firstSize }: Segment,
  about: string,
): Promise<void> {
  const query = new URLSearchParams({ rule: JSON.stringify(json), limit: '1000' })
  const [stored, wanted, segment, past] = await Promise.all([
    ws.call<People>('GET', `/api/segments/${id}/members?limit=1000`),
    ws.call<People>('GET', `/api/profiles?${query}`),
    ws.call<{ size: number }>('GET', `/api/segments/${id}`),
    ws.call<{ items: { entered: number; left: number }[] }>('GET', `/api/segments/${id}/history?days=180`),
  ])
  expect(wanted.status, about).toBe(200)
  expect(idsOf(stored.body), about).toEqual(idsOf(wanted.body))
  expect(segment.body.size, about).toBe(wanted.body.items.length)
  const moved = past.body.items.reduce((sum, one) => sum + one.entered - one.left, 0)
  expect(firstSize + moved, about).toBe(segment.body.size)
}

const idsOf = (people: People): string[] => people.items.map((one) => one.id).sort()

test('stored memberships follow every change exactly', async () => {
  const given = fc.tuple(steps, steps, fc.array(rule, { minLength: 7, maxLength: 7 }))
  await fc.assert(
    fc.asyncProperty(given, async ([before, after, rules]) => {
      const ws = await app.workspace()
      listId = ''
      for (const step of before) await take(ws, step)
      const segments = await createSegments(ws, rules)
      await compare(ws, segments, 'first count')
      for (const step of after) {
        await take(ws, step)
        await compare(ws, segments, JSON.stringify(step))
      }
    }),
    { numRuns: Number(process.env.MEMBERSHIP_RUNS ?? 2), endOnFailure: true },
  )
}, 600_000)
