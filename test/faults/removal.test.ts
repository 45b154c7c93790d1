import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { compareEvents } from '#modules/collect/server/events-agree.ts'
import { orderFactsSql } from '#modules/orders/index.ts'
import { systemCtx, type WorkspaceCtx } from '#platform/context.ts'
import { inBothOrders } from '#test/both-orders.ts'
import {
  type FaultPlan,
  faulty,
  type RestartableApp,
  startRestartable,
} from '#test/faults/restartable-app.ts'

const dayMs = 86_400_000
const now = Date.now()
const cut = now - 300 * dayMs

type Sent = { user: number; day: number; order: number | null; source: 'own' | 'file' }
const sentArb: fc.Arbitrary<Sent> = fc.record({
  user: fc.integer({ min: 0, max: 5 }),
  day: fc.integer({ min: 0, max: 600 }),
  order: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 1 }),
  source: fc.constantFrom('own', 'file'),
})

const itemOf = ({ user, day, order }: Sent, nth: number) => ({
  type: 'track',
  userId: `u${user}`,
  messageId: `m${String(nth).padStart(3, '0')}`,
  timestamp: new Date(now - day * dayMs - nth * 1000).toISOString(),
  ...(order === null
    ? { event: 'Seen' }
    : { event: 'Order Completed', properties: { order_id: `o${order}`, revenue: nth + 1 } }),
})

let made = 0
async function aWorkspace(self: RestartableApp): Promise<WorkspaceCtx> {
  const { workspaceId } = await self.app.access.createWorkspace({
    name: `Removal ${++made}`,
    timezone: 'UTC',
    owner: { email: `removal${made}@example.com`, password: 'correct horse battery' },
  })
  const row = await self.app.database.system((tx) =>
    tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${workspaceId}`),
  )
  return systemCtx({ num: row?.num as number, id: workspaceId, timezone: 'UTC' }, now, 'test')
}

/** A row of the log each, so that several transactions are needed. */
async function tell(self: RestartableApp, ctx: WorkspaceCtx, all: readonly Sent[]): Promise<void> {
  for (const [nth, one] of all.entries())
    await self.app.collect.take(ctx, { source: one.source, receivedAt: now, items: [itemOf(one, nth)] })
  await self.app.collect.settled(ctx)
}

/** What is known of a workspace, by names instead of numbers. */
async function stateOf({ app, ch }: RestartableApp, { workspace }: WorkspaceCtx) {
  const ws = workspace.num
  const ids = await app.database.system((tx) =>
    tx.rows<{ unit: number; value: string; time: number; message: string }>(sql`
      select unit, value, first_time as time, first_message_id as message from profiles.identifier
      where workspace_id = ${ws} order by value`),
  )
  const nameOf = new Map(ids.map((id) => [id.unit, id.value]))
  const activity = await ch.query<{ unit: number; span: [number, number] }>(
    `SELECT unit, (toUnixTimestamp64Milli(min(first)), toUnixTimestamp64Milli(max(last))) AS span FROM unit_activity
     WHERE ws = {ws:UInt32} GROUP BY unit`,
    { ws },
  )
  const events = await ch.query<{ id: string }>(
    'SELECT message_id AS id FROM events WHERE ws = {ws:UInt32} ORDER BY id',
    { ws },
  )
  const orders = await ch.query(
    `SELECT order_id, toInt64(sum(amount)) AS amount FROM (${orderFactsSql()}) GROUP BY order_id ORDER BY order_id`,
    { ws },
  )
  return {
    events: events.map((row) => row.id),
    activity: Object.fromEntries(activity.map(({ unit, span }) => [nameOf.get(unit) ?? unit, span])),
    orders,
    firsts: Object.fromEntries(ids.map(({ value, time, message }) => [value, `${time} ${message}`])),
  }
}

/** The same by going through all that stays. */
function expected(all: readonly Sent[], isGone: (one: Sent) => boolean) {
  const items = all.map((one, nth) => ({ ...itemOf(one, nth), gone: isGone(one) }))
  const left = items.filter((one) => !one.gone)
  const activity: Record<string, [number, number]> = {}
  const firsts: Record<string, string> = {}
  const users = new Set(items.map((one) => one.userId))
  const sorted = (of: typeof items) => of.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  for (const user of users) {
    const theirs = left.filter((one) => one.userId === user)
    const times = theirs.map((one) => Date.parse(one.timestamp))
    if (times.length > 0) activity[user] = [Math.min(...times), Math.max(...times)]
    const [first] = sorted(theirs.length > 0 ? theirs : items.filter((one) => one.userId === user))
    firsts[user] = key(first as (typeof items)[number])
  }
  return { events: left.map((one) => one.messageId).sort(), activity, firsts }
}
const key = (one: { timestamp: string; messageId: string }) => `${Date.parse(one.timestamp)} ${one.messageId}`

async function agrees(self: RestartableApp): Promise<void> {
  const found = await compareEvents({ database: self.app.database, ch: self.ch })
  expect({ differing: found.differing, spansAgree: found.spansAgree }).toEqual({
    differing: [],
    spansAgree: true,
  })
  const { first, second } = await inBothOrders(self.ch)
  expect(second).toEqual(first)
}

const works = {
  retention: {
    isGone: (one: Sent, nth: number) => now - one.day * dayMs - nth * 1000 < cut,
    run: (self: RestartableApp, ctx: WorkspaceCtx) =>
      self.app.collect.forgetOlder(ctx, cut, async () => undefined),
  },
  undo: {
    isGone: (one: Sent) => one.source === 'file',
    run: (self: RestartableApp, ctx: WorkspaceCtx) =>
      self.app.collect.takeBack(
        ctx,
        { source: 'file', from: new Date(now - dayMs), to: new Date(now + dayMs) },
        async () => undefined,
      ),
  },
} as const

/** The engine dies at its nth change and stays dead; 0: it only counts. */
function dieAt(plan: FaultPlan, nth: number, when: 'before' | 'after') {
  const seen = { changes: 0 }
  const judge = () => {
    seen.changes++
    if (nth === 0 || seen.changes < nth) return undefined
    return seen.changes === nth ? when : ('before' as const)
  }
  plan.fail = judge
  plan.failCommand = judge
  return seen
}
function live(plan: FaultPlan): void {
  delete plan.fail
  delete plan.failCommand
}

test('wherever the program dies while events are taken away, log, ClickHouse and people agree, and a repeat ends right', {
  timeout: 300_000,
}, async () => {
  const plan: FaultPlan = {}
  const self = await startRestartable({ ch: faulty(plan) })
  const storyArb = fc.array(sentArb, { minLength: 24, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(
      storyArb,
      fc.constantFrom('retention' as const, 'undo' as const),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom('before' as const, 'after' as const),
      async (story, name, nth, when) => {
        const work = works[name]
        const gone = new Set(story.filter((one, at) => work.isGone(one, at)))
        const wanted = expected(story, (one) => gone.has(one))
        const ctx = await aWorkspace(self)
        await tell(self, ctx, story)
        dieAt(plan, nth, when)
        const ended = await work.run(self, ctx).then(
          () => true,
          () => false,
        )
        await self.restart(async () => live(plan))
        await self.app.collect.settled(ctx)
        await agrees(self)
        // Whatever is done so far, a rebuild makes the same of it.
        const after = await stateOf(self, ctx)
        await self.app.collect.rebuild(async () => undefined)
        expect(await stateOf(self, ctx)).toEqual(after)
        if (!ended) await work.run(self, ctx)
        const done = await stateOf(self, ctx)
        expect({ events: done.events, activity: done.activity, firsts: done.firsts }).toEqual(wanted)
        await agrees(self)
        await self.app.collect.rebuild(async () => undefined)
        expect(await stateOf(self, ctx)).toEqual(done)
      },
    ),
    { numRuns: 6, endOnFailure: true },
  )
})

test('a failure that ends nothing is repaired by the next turn, without a restart', {
  timeout: 60_000,
}, async () => {
  const plan: FaultPlan = {}
  const self = await startRestartable({ ch: faulty(plan) })
  const ctx = await aWorkspace(self)
  const story = Array.from(
    { length: 30 },
    (_, at): Sent => ({ user: at % 4, day: at % 2 ? 400 : 10, order: at % 3 ? null : 1, source: 'own' }),
  )
  await tell(self, ctx, story)
  let left = 1
  plan.failCommand = (statement) => (statement.includes('.events DELETE') && left-- > 0 ? 'after' : undefined)
  await expect(works.retention.run(self, ctx)).rejects.toThrow()
  live(plan)
  const open = () =>
    self.app.database
      .system((tx) => tx.rows(sql`select name from collect.removal`))
      .then((rows) => rows.length)
  await expect.poll(open, { timeout: 20_000 }).toBe(0)
  await agrees(self)
  const { orders: _, ...done } = await stateOf(self, ctx)
  expect(done).toEqual(expected(story, (one) => one.day === 400))
})

test('retention goes on by itself after the program died', { timeout: 60_000 }, async () => {
  const plan: FaultPlan = {}
  const self = await startRestartable({ ch: faulty(plan) })
  const old = (n: number) => ({
    ...{ type: 'track', userId: `u${n % 3}`, event: 'Old', messageId: `old${n}` },
    timestamp: new Date(now - 400 * dayMs).toISOString(),
  })
  for (let n = 0; n < 5; n++) await self.send(old(n))
  await self.send({ type: 'track', userId: 'u1', event: 'New', messageId: 'new' })
  await self.settled()
  dieAt(plan, 3, 'after')
  const died = new Promise<void>((resolve) => {
    const judge = plan.failCommand
    plan.failCommand = (statement) => {
      const when = judge?.(statement)
      if (when) resolve()
      return when
    }
  })
  await self.call('PUT', '/api/retention', { days: 300 })
  await died
  await self.restart(async () => live(plan))
  const last = async () => (await self.call<{ lastAt: string | null }>('GET', '/api/retention')).body.lastAt
  await expect.poll(last, { timeout: 40_000 }).not.toBeNull()
  await self.settled()
  expect(await self.ch.query('SELECT message_id AS id FROM events')).toEqual([{ id: 'new' }])
  await agrees(self)
})
