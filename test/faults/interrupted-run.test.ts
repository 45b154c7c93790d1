import { expect, test } from 'vitest'
import type { ClickHouse } from '#platform/ch/client.ts'
import {
  type FaultPlan,
  faulty,
  linesText,
  type RestartableApp,
  startRestartable,
} from '#test/faults/restartable-app.ts'

const hour = 3_600_000

type Segment = { id: string; state: string; size: number | null; entered24h: number; left24h: number }

async function aWindow(app: RestartableApp): Promise<() => Promise<Segment>> {
  const viewed = (user: string) => ({
    type: 'track',
    event: 'Viewed',
    userId: user,
    messageId: user,
    timestamp: new Date(app.clock.now()).toISOString(),
  })
  const rule = { event: 'Viewed', within: { last: 2, unit: 'hour' } }
  const { id } = (await app.call<Segment>('POST', '/api/segments', { name: 'Recent', rule })).body
  const read = async () => (await app.call<Segment>('GET', `/api/segments/${id}`)).body
  await expect.poll(async () => (await read()).state, { timeout: 20_000 }).toBe('live')
  await app.send(...['a', 'b', 'c'].map(viewed))
  await app.settled()
  expect(await read()).toMatchObject({ size: 3, entered24h: 3, left24h: 0 })
  return read
}

const recorded = async (app: RestartableApp) =>
  (await app.ch.query(
    'SELECT entered, count() AS n FROM segment_change GROUP BY entered ORDER BY entered',
  )) as unknown

/** Merges at once: superseded rows would say that somebody is still due, and lead to the open run by chance. */
const merging = (real: ClickHouse): ClickHouse => ({
  ...real,
  insertLines: async (table, lines) => {
    await real.insertLines(table, lines)
    if (table === 'segment_member') await real.command('OPTIMIZE TABLE segment_member FINAL')
  },
})

// Every statement of a change of memberships, before it and after it.
const moments = (['segment_member', 'segment_change', 'segment_size'] as const).flatMap((table) =>
  (['before', 'after'] as const).map((when) => ({ table, when })),
)

test.each(moments)(
  'ended $when writing $table: everybody who left is recorded once, with no event to bring it up',
  {
    timeout: 60_000,
  },
  async ({ table, when }) => {
    const plan: FaultPlan = {}
    const app = await startRestartable({ ch: (real) => faulty(plan)(merging(real)) })
    const read = await aWindow(app)
    let hits = 0
    plan.fail = (name) => (name === table && ++hits > 0 ? when : undefined)
    app.clock.advance(2 * hour + 1000)
    await expect.poll(() => hits, { timeout: 20_000, interval: 10 }).toBeGreaterThan(0)
    await app.restart(async () => {
      plan.fail = () => undefined
    })
    await expect.poll(async () => (await read()).left24h, { timeout: 10_000 }).toBe(3)
    await expect.poll(async () => (await read()).size, { timeout: 10_000 }).toBe(0)
    expect(await recorded(app)).toEqual([
      { entered: 0, n: 3 },
      { entered: 1, n: 3 },
    ])
  },
)

test('a record of changes written in part is completed, not doubled', { timeout: 60_000 }, async () => {
  const plan: FaultPlan = {}
  const app = await startRestartable({
    ch: (real) =>
      faulty(plan)({
        ...real,
        // A large block is several for the engine, and each is written by itself.
        insertLines: (table, lines) => {
          const text = linesText(lines)
          const cut = half && table === 'segment_change'
          return real.insertLines(table, cut ? text.slice(0, text.indexOf('\n') + 1) : lines)
        },
      }),
  })
  let half = false
  const read = await aWindow(app)
  let hits = 0
  half = true
  plan.fail = (name) => (name === 'segment_change' && ++hits > 0 ? 'after' : undefined)
  app.clock.advance(2 * hour + 1000)
  await expect.poll(() => hits, { timeout: 20_000, interval: 10 }).toBeGreaterThan(0)
  await app.restart(async () => {
    half = false
    plan.fail = () => undefined
  })
  await expect.poll(async () => (await read()).left24h, { timeout: 10_000 }).toBe(3)
  expect(await recorded(app)).toEqual([
    { entered: 0, n: 3 },
    { entered: 1, n: 3 },
  ])
})
