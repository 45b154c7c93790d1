import fc from 'fast-check'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import { beforeAll, expect, test } from 'vitest'
import { fixedClock } from '#platform/clock.ts'
import { systemCtx, type WorkspaceCtx } from '#platform/context.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

// Through a random life of a workspace, an answer that was kept must be what a new count answers.

const hour = 3_600_000
const users = ['u1', 'u2', 'u3']
const devices = ['d1', 'd2', 'd3']
const names = ['A', 'B', 'Order Completed']

type Step =
  | { do: 'track'; user: string | null; device: string; event: string; hoursAgo: number; amount: number }
  | { do: 'again'; nth: number }
  | { do: 'identify'; user: string; device: string; city: string }
  | { do: 'tag'; user: string; add: boolean }
  | { do: 'file'; user: string; hoursAgo: number }
  | { do: 'undo file' }
  | { do: 'merge' | 'unmerge'; user: string; device: string }
  | { do: 'trash' | 'erase'; user: string }
  | { do: 'forget old'; daysAgo: number }
  | { do: 'zone'; zone: string }
  | { do: 'wait'; hours: number }
  | { do: 'rebuild' }

const oneOf = <T>(...items: readonly T[]) => fc.constantFrom(...items)
const user = oneOf(...users)
const device = oneOf(...devices)
// Today, yesterday, days that are closed long since, and what a client with a wrong clock says.
const hoursAgo = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 8 }) },
  { weight: 3, arbitrary: fc.integer({ min: 9, max: 24 * 20 }) },
  { weight: 1, arbitrary: oneOf(-3, -30, 24 * 400, 24 * 3000) },
)
const track = fc.record({
  do: fc.constant('track' as const),
  ...{ user: oneOf(...users, null), device, event: oneOf(...names), hoursAgo },
  amount: fc.integer({ min: 1, max: 900 }).map((n) => n / 100),
})
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: track },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const), nth: fc.nat({ max: 20 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('identify' as const), user, device, city: oneOf('x', 'y') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tag' as const), user, add: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('file' as const), user, hoursAgo }) },
  { weight: 1, arbitrary: fc.constant({ do: 'undo file' as const }) },
  { weight: 2, arbitrary: fc.record({ do: oneOf('merge' as const, 'unmerge' as const), user, device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('trash' as const), user }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), user }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('forget old' as const),
      daysAgo: fc.integer({ min: 5, max: 30 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('zone' as const),
      zone: oneOf('America/New_York', 'Asia/Kolkata'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: oneOf(1, 7, 24, 24 * 9) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'rebuild' as const }) },
)

const range = oneOf<object>(
  { last: 7, unit: 'day' },
  { last: 14, unit: 'day' },
  { last: 2, unit: 'week' },
  {
    from: '2026-05-10',
    to: '2026-05-31',
  },
)
const event = oneOf('A', 'B', 'Order Completed', null).map((one) => ({ event: one }))
const audience = oneOf<object | undefined>(
  undefined,
  undefined,
  { attr: 'city', op: 'eq', value: 'x' },
  { tag: 'hot' },
  { event: 'A', count: { op: 'gte', value: 2 } },
)
const summed = fc.oneof(
  fc.record({ event: oneOf(...names, null), math: fc.constant('count') }),
  fc.record({
    event: oneOf(...names),
    math: oneOf('sum', 'min', 'max'),
    prop: fc.constant('amount'),
  }),
)
const anyQuestion: fc.Arbitrary<object> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('trend'),
      series: fc.array(summed, { minLength: 1, maxLength: 2 }),
      interval: oneOf('hour', 'day'),
      ...{ range, audience },
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('trend'),
      series: fc.tuple(fc.record({ event: oneOf(...names, null), math: oneOf('people', 'count', 'wau') })),
      interval: oneOf('day', 'week'),
      breakdown: oneOf<unknown>(undefined, ['plan'], [{ attr: 'city' }]),
      compare: oneOf(undefined, 'previous'),
      ...{ range, audience },
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('funnel'),
      steps: fc.constant([{ event: 'A' }, { event: 'B' }]),
      window: fc.constant({ value: 3, unit: 'day' }),
      interval: oneOf(undefined, 'day'),
      ...{ range, audience },
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('retention'),
      ...{ start: event, return: event, range, audience },
      mode: oneOf('recurring', 'first_time'),
      interval: fc.constant('day'),
      window: oneOf(undefined, '24_hour'),
      periods: fc.constant(4),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('usage_lifecycle'),
      ...{ event, range },
      interval: oneOf('day', 'week'),
      anchor: oneOf('first_event', 'person_created'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: oneOf('stickiness', 'heatmap', 'distribution'),
      ...{ event, range, audience },
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('path'), by: fc.constant('event'), range }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('interval'),
      ...{ from: event, to: event, range },
      pairing: oneOf('nearest', 'first'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: oneOf('ltv', 'repurchase'),
      range,
      interval: oneOf('day', 'week'),
      periods: fc.constant(3),
      cumulative: oneOf(undefined),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: oneOf('rfm', 'orders'), range }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('composition'),
      by: fc.constant({ attr: 'city' }),
      compare: oneOf(undefined, 'previous'),
      ...{ range, audience },
    }),
  },
)

const clock = fixedClock(Date.parse('2026-06-01T15:00:00Z'))
let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ clock })
}, 60_000)

type Life = { ws: TestWorkspace; ctx: WorkspaceCtx; sent: Record<string, unknown>[] }
let messages = 0

async function take({ ws, ctx, sent }: Life, step: Step): Promise<void> {
  const messageId = `m${messages++}`
  const at = (ago: number) => new Date(clock.now() - ago * hour).toISOString()
  const send = async (item: Record<string, unknown>) => {
    sent.push(item)
    expect((await ws.send(item)).status).toBe(200)
  }
  const idOf = async (kind: string, value: string) => {
    const { body } = await ws.call<{ items: { id: string }[] }>(
      'GET',
      `/api/profiles?identifier=${kind}:${value}`,
    )
    return body.items[0]?.id
  }
  if (step.do === 'track') await send(trackOf(step, messageId, at(step.hoursAgo)))
  if (step.do === 'again' && sent[step.nth]) await send(sent[step.nth] as Record<string, unknown>)
  if (step.do === 'identify')
    await send({
      type: 'identify',
      ...{ userId: step.user, anonymousId: step.device, messageId, timestamp: at(0) },
      traits: { city: step.city },
    })
  if (step.do === 'file')
    await app.collect.take(ctx, {
      source: 'file',
      receivedAt: clock.now(),
      items: [
        {
          type: 'track',
          userId: step.user,
          event: 'A',
          messageId,
          timestamp: at(step.hoursAgo),
          properties: {},
        },
      ],
    })
  if (step.do === 'undo file') {
    const always = { from: new Date(0), to: new Date(clock.now() + 1000) }
    await app.collect.takeBack(ctx, { source: 'file', ...always }, async () => undefined)
  }
  if (step.do === 'forget old')
    await app.collect.forgetOlder(ctx, clock.now() - step.daysAgo * 24 * hour, async () => undefined)
  if (step.do === 'zone') await ws.call('PATCH', '/api/workspace', { timezone: step.zone })
  if (step.do === 'wait') clock.advance(step.hours * hour)
  if (step.do === 'rebuild') await app.collect.rebuild(async () => undefined)
  if ('user' in step && step.user !== null) {
    const id = await idOf('user_id', step.user)
    if (id !== undefined) await change(ws, id, step, idOf)
  }
  await ws.settled()
}

type Tracked = Extract<Step, { do: 'track' }>
const trackOf = (
  { user: userId, device: anonymousId, event: name, amount }: Tracked,
  messageId: string,
  timestamp: string,
) => ({
  type: 'track',
  ...{ anonymousId, messageId, timestamp, event: name },
  ...(userId === null ? {} : { userId }),
  properties: {
    ...{ amount, plan: amount > 5 ? 'a' : 'b' },
    ...(name === 'Order Completed'
      ? { order_id: `o${Math.round(amount)}`, total: amount, currency: 'CNY' }
      : {}),
  },
})

async function change(
  ws: TestWorkspace,
  id: string,
  step: Step,
  idOf: (kind: string, value: string) => Promise<string | undefined>,
): Promise<void> {
  if (step.do === 'tag')
    await ws.call('POST', `/api/profiles/${id}/tags`, step.add ? { add: ['hot'] } : { remove: ['hot'] })
  if (step.do === 'merge') {
    const other = await idOf('anonymous_id', step.device)
    if (other !== undefined && other !== id)
      await ws.call('POST', `/api/profiles/${id}/merge`, { with: other })
  }
  if (step.do === 'unmerge')
    await ws.call('POST', `/api/profiles/${id}/unmerge`, {
      identifier: { kind: 'anonymous_id', value: step.device },
    })
  if (step.do === 'trash') await ws.call('POST', '/api/profiles/trash', { ids: [id] })
  if (step.do === 'erase') {
    const { body } = await ws.call<{ job: string }>('DELETE', `/api/profiles/${id}`)
    await expect
      .poll(async () => (await ws.call<{ state: string }>('GET', `/api/jobs/${body.job}`)).body.state, {
        timeout: 180_000,
      })
      .toBe('done')
  }
}

type Answer = Record<string, unknown> & { cached: boolean }
const counts = { kept: 0, asked: 0 }

async function ask(ws: TestWorkspace, question: object, refresh = false): Promise<Answer> {
  const url = `/api/analytics/query${refresh ? '?refresh=true' : ''}`
  const { status, body } = await ws.call<Answer>('POST', url, question)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

const numbers = ({ tookMs: _, computedAt: __, cached: ___, ...rest }: Answer) => rest

async function compare({ ws }: Life, question: object, isChecked: boolean, about: string): Promise<void> {
  const given = await ask(ws, question)
  counts.asked++
  if (given.cached) counts.kept++
  if (!isChecked) return
  const anew = await ask(ws, question, true)
  expect(anew.cached).toBe(false)
  expect(numbers(given), `${about}: ${JSON.stringify(question)}`).toEqual(numbers(anew))
}

const systemRoom = async (ws: TestWorkspace): Promise<WorkspaceCtx> => {
  const row = await app.database.system((tx) =>
    tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${ws.id}`),
  )
  return systemCtx({ num: row?.num as number, id: ws.id, timezone: 'Asia/Shanghai' }, clock.now(), 'test')
}

test('a kept answer is what a new count answers, whatever happened since', async () => {
  const asked = fc.array(anyQuestion, { minLength: 5, maxLength: 5 })
  const life = fc.array(fc.tuple(anyStep, fc.integer({ min: 0, max: 3 })), {
    minLength: 14,
    maxLength: 20,
    size: 'max',
  })
  await fc.assert(
    fc.asyncProperty(
      asked,
      fc.array(track, { minLength: 12, maxLength: 12 }),
      life,
      async (questions, before, steps) => {
        const ws = await app.workspace()
        const one: Life = { ws, ctx: await systemRoom(ws), sent: [] }
        for (const step of before)
          one.sent.push(
            trackOf(step, `m${messages++}`, new Date(clock.now() - step.hoursAgo * hour).toISOString()),
          )
        await ws.send(...one.sent)
        await ws.settled()
        const drawn = questions.map((question) => JSON.parse(JSON.stringify(question)) as object)
        for (const question of drawn) await compare(one, question, false, 'first')
        for (const [step, turn] of steps) {
          await take(one, step)
          const about = `${DateTime.fromMillis(clock.now()).toISO()} ${JSON.stringify(step)}`
          // Not each time: what is put together of parts must hold over several changes.
          await Promise.all(drawn.map((question, at) => compare(one, question, at % 4 !== turn, about)))
        }
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 2), endOnFailure: true },
  )
  // A test in which nothing is ever kept would prove nothing.
  expect(counts.kept).toBeGreaterThan(counts.asked / 10)
  if (process.env.FC_RUNS) console.info(counts)
}, 3_600_000)
