import { expect, test } from 'vitest'
import {
  type FaultPlan,
  faulty,
  type RestartableApp,
  startRestartable,
} from '#test/faults/restartable-app.ts'

const event = (id: string, more: Record<string, unknown> = {}) => ({
  type: 'track',
  event: 'x',
  userId: `u-${id}`,
  anonymousId: `d-${id}`,
  messageId: id,
  timestamp: '2026-03-01T00:00:00Z',
  ...more,
})
type Live = { items: { messageId: string; outcome: string; reason: string | null }[] }

const storedIds = async (app: RestartableApp) =>
  (await app.ch.query<{ id: string }>('SELECT message_id AS id FROM events ORDER BY id')).map((row) => row.id)

async function outcomes(app: RestartableApp) {
  const { body } = await app.call<Live>('GET', '/api/events/live?limit=100')
  return Object.fromEntries(body.items.map((one) => [one.messageId, one.reason ?? one.outcome]))
}

// A search is some dozens of tries, each cleaned up after: 8 s alone, five times that on a busy machine.
const patience = 150_000

/** Everything in ClickHouse that answers questions, whatever the numbers and versions. */
async function shown(app: RestartableApp) {
  const [people, activity, facts] = await Promise.all([
    app.ch.query('SELECT name, identifiers, attrs FROM people FINAL ORDER BY identifiers'),
    app.ch.query(
      'SELECT unit, min(first) AS a, max(last) AS b FROM unit_activity GROUP BY unit ORDER BY unit',
    ),
    app.ch.query(
      'SELECT order_id, type, report, amount FROM order_report FINAL ORDER BY order_id, type, report',
    ),
  ])
  return { people, activity, facts, events: await storedIds(app) }
}

/** Refuses every insert whose lines name the item, as a value that the engine cannot take does. */
const refusing = (plan: FaultPlan, table: string, isPoison: (lines: string) => boolean) => {
  plan.fail = (name, lines) => (name === table && isPoison(lines) ? 'before' : undefined)
}

test('items that cannot be projected are rejected alone, whatever surrounds them; a rebuild says the same', {
  timeout: 240_000,
}, async () => {
  const plan: FaultPlan = {}
  const app = await startRestartable({ ch: faulty(plan) })
  await app.send(event('early', { userId: 'known' }))
  await app.settled()
  refusing(plan, 'events', (lines) => lines.includes('poison'))
  const order = (id: string, total: number) => ({
    event: 'Order Completed',
    userId: 'known',
    properties: { order_id: 'o1', total },
    timestamp: id === 'poison-order' ? '2026-03-09T00:00:00Z' : '2026-03-02T00:00:00Z',
  })
  const good: string[] = ['early']
  const sent: Promise<unknown>[] = []
  for (let row = 0; row < 6; row++) {
    const ids = [`g${row}a`, `g${row}b`, `g${row}c`]
    good.push(...ids)
    const items = ids.map((id) => event(id))
    if (row === 2) items.splice(1, 0, event('poison-1'), event('order', order('order', 10)))
    if (row === 4) items.push(event('poison-order', order('poison-order', 99)), event('poison-2'))
    await app.send(...items)
  }
  good.push('order')
  await Promise.all(sent)
  await app.settled(patience)

  expect(await storedIds(app)).toEqual([...good].sort())
  const found = await outcomes(app)
  for (const id of good) expect({ id, is: found[id] }).toEqual({ id, is: 'stored' })
  for (const id of ['poison-1', 'poison-2', 'poison-order'])
    expect({ id, is: found[id] }).toEqual({ id, is: 'projection.failed' })
  const { accepted, projected, outcomes: counted } = await app.status()
  expect({ accepted, projected, ...counted }).toEqual({
    accepted: good.length + 3,
    projected: good.length + 3,
    stored: good.length,
    duplicate: 0,
    conflict: 0,
    rejected: 3,
  })
  expect(await app.app.profiles.peopleSource.agree()).toBe(true)
  // Nothing of them is left where failed tries had shipped it: nobody by that name, no later activity, no other total.
  const before = await shown(app)
  expect(JSON.stringify(before)).not.toContain('poison')
  expect(before.facts).toEqual([expect.objectContaining({ order_id: 'o1', amount: 1000 })])
  const metrics = await app.app.server.inject({ url: '/metrics' })
  expect(metrics.body).toMatch(/headwater_projection_failed_items_total 3/)

  plan.fail = () => undefined
  expect(await app.command('/api/instance/rebuild')).toMatch(/"events":20\b/)
  expect(await shown(app)).toEqual(before)
  // Sent again when the defect is gone, an item is stored: it was never taken for a repeat.
  await app.send(event('poison-1'))
  await app.settled()
  expect(await storedIds(app)).toContain('poison-1')
})

test('a stop in the midst of the search loses and doubles nothing', { timeout: 240_000 }, async () => {
  const plan: FaultPlan = {}
  const app = await startRestartable({ ch: faulty(plan) })
  let refusals = 0
  refusing(plan, 'events', (lines) => lines.includes('poison') && ++refusals > 0)
  const ids = Array.from({ length: 16 }, (_, n) => (n === 11 ? 'poison' : `e${n}`))
  await app.send(...ids.map((id) => event(id)))
  for (const wanted of [2, 5, 7]) {
    await expect.poll(() => refusals, { timeout: 20_000, interval: 5 }).toBeGreaterThanOrEqual(wanted)
    refusals = 0
    await app.restart()
  }
  await app.settled(patience)
  expect(await storedIds(app)).toEqual(ids.filter((id) => id !== 'poison').sort())
  expect((await app.status()).outcomes).toEqual({ stored: 15, duplicate: 0, conflict: 0, rejected: 1 })
  expect((await outcomes(app)).poison).toBe('projection.failed')
})

test('a failure that is not the items’ waits: nothing is rejected, however long it lasts', {
  timeout: 60_000,
}, async () => {
  const plan: FaultPlan = {}
  const app = await startRestartable({ ch: faulty(plan) })
  let failures = 0
  plan.fail = (table) => (table === 'events' && ++failures > 0 ? 'before' : undefined)
  await app.send(...Array.from({ length: 4 }, (_, n) => event(`e${n}`)))
  await app.send(event('later'))
  await expect.poll(() => failures, { timeout: 30_000 }).toBeGreaterThan(5)
  expect((await app.status()).outcomes).toEqual({ stored: 0, duplicate: 0, conflict: 0, rejected: 0 })
  plan.fail = () => undefined
  await app.settled()
  expect((await app.status()).outcomes).toEqual({ stored: 5, duplicate: 0, conflict: 0, rejected: 0 })
})
