import { expect, test } from 'vitest'
import { inBothOrders } from '#test/both-orders.ts'
import {
  type FaultPlan,
  faulty,
  type RestartableApp,
  startRestartable,
} from '#test/faults/restartable-app.ts'

type Person = { id: string }
type Page<T> = { items: T[]; next: string | null }

const people = 24
const start = Date.parse('2026-03-01T00:00:00Z')
const at = (minute: number) => new Date(start + minute * 60_000).toISOString()

/** Merges by login, by mail and by alias, a shared device, late log-ins, tags, orders, repeats, rejected items. */
async function aStory(ws: RestartableApp): Promise<void> {
  for (let n = 0; n < people; n++) {
    const [user, device] = [`u${n}`, `d${n % 16}`]
    await ws.send(
      { type: 'page', name: 'Home', anonymousId: device, messageId: `p${n}`, timestamp: at(n * 10) },
      {
        type: 'identify',
        userId: user,
        anonymousId: device,
        messageId: `i${n}`,
        timestamp: at(n * 10 + 1),
        traits: { email: `m${n % 20}@x.com`, city: n % 2 ? 'Beijing' : 'Xi’an', age: n },
      },
      {
        type: 'track',
        event: 'Order Completed',
        userId: user,
        messageId: `o${n}`,
        timestamp: at(n * 10 + 2),
        properties: { order_id: `O${n}`, revenue: n * 10 },
      },
      {
        type: 'track',
        event: 'Lesson Started',
        anonymousId: device,
        messageId: `l${n}`,
        timestamp: at(n * 10 + 3),
      },
      {
        type: 'track',
        event: 'Lesson Started',
        anonymousId: device,
        messageId: `l${n}`,
        timestamp: at(n * 10 + 3),
      },
      { type: 'track', event: 'nobody' },
    )
  }
  await ws.send({ type: 'alias', userId: 'u1', previousId: 'u3', messageId: 'alias', timestamp: at(9000) })
  await ws.settled()
  const { body } = await ws.call<Page<Person>>('GET', '/api/profiles?identifier=user_id:u7')
  await ws.call('POST', `/api/profiles/${body.items[0]?.id}/tags`, { add: ['high intent'] })
  await ws.call('POST', `/api/profiles/${body.items[0]?.id}/unmerge`, {
    identifier: { kind: 'anonymous_id', value: 'd7' },
  })
}

const rules = [
  { attr: 'city', op: 'eq', value: 'Beijing' },
  { event: 'Order Completed', count: { op: 'gte', value: 1 } },
  { event: 'Lesson Started', count: { op: 'gte', value: 2 } },
  { tag: 'high intent' },
  { sequence: [{ event: 'Home' }, { event: 'Order Completed' }] },
]

/** Everything a caller can read of people, ids included. */
async function answers(ws: RestartableApp): Promise<unknown> {
  const people = (await ws.call<Page<Person>>('GET', '/api/profiles?limit=1000&sort=id')).body.items
  const timelines = await Promise.all(
    people.map(async (one) => (await ws.call('GET', `/api/profiles/${one.id}/timeline?limit=1000`)).body),
  )
  const counts = await Promise.all(
    rules.map(
      async (rule) => (await ws.call('POST', '/api/segments/preview', { rule: { all: [rule] } })).body,
    ),
  )
  const names = (await ws.call('GET', '/api/events/names')).body
  return { people, timelines, counts: counts.map((one) => (one as { count: number }).count), names }
}

type Count = { n: number }
const rowsOf = async (app: RestartableApp, table: string) =>
  (await app.ch.query<Count>(`SELECT count() AS n FROM ${table}`))[0]?.n

const rebuild = async (app: RestartableApp) => (await app.command('/api/instance/rebuild')).trim().split('\n')

test('a rebuild from Postgres gives every answer again, and nobody enters or leaves a segment', async () => {
  const ws = await startRestartable()
  await aStory(ws)
  const made = await ws.call<{ id: string }>('POST', '/api/segments', {
    name: 'Buyers',
    rule: { all: [rules[1]] },
  })
  const size = async () =>
    (await ws.call<{ size: number | null }>('GET', `/api/segments/${made.body.id}`)).body.size
  await expect.poll(size, { timeout: 20_000 }).toBeGreaterThan(people / 2)
  const before = await answers(ws)
  const sizeBefore = await size()
  const changes = await rowsOf(ws, 'segment_change')

  const lines = await rebuild(ws)
  expect(JSON.parse(lines[0] as string)).toEqual({ share: 0 })
  expect(JSON.parse(lines.at(-1) as string)).toMatchObject({ result: { events: people * 4 + 1 } })
  expect(await answers(ws)).toEqual(before)
  const { first, second } = await inBothOrders(ws.ch)
  expect(first.n).toBe(people * 4 + 1)
  expect(second).toEqual(first)
  expect(await size()).toBe(sizeBefore)
  expect(await rowsOf(ws, 'segment_change')).toBe(changes)
  // It goes on as if nothing had been: the next event of a known person lands in its timeline.
  await ws.send({ type: 'track', event: 'Afterwards', userId: 'u1', messageId: 'after' })
  await ws.settled()
  expect((await ws.call('GET', '/api/profiles?identifier=user_id:u3')).body).toMatchObject({
    items: [{ id: expect.any(String) }],
  })
})

test('only the instance token may rebuild', async () => {
  const ws = await startRestartable()
  expect((await ws.call('POST', '/api/instance/rebuild')).status).toBe(403)
  expect((await ws.call('POST', '/api/instance/backup')).status).toBe(403)
})

test('an event keeps its unit although its identifier was blocked since', async () => {
  const ws = await startRestartable()
  await ws.send({ type: 'track', event: 'x', userId: 'tester', messageId: 'm1' })
  await ws.settled()
  const unit = async () => (await ws.ch.query<{ unit: number }>('SELECT unit FROM events'))[0]?.unit
  const before = await unit()
  expect(before).toBeGreaterThan(0)
  const blocked = await ws.call('PUT', '/api/identity-kinds/user_id', {
    class: 'login',
    priority: 100,
    limit: 1,
    blocked: ['tester'],
  })
  expect(blocked.status).toBeLessThan(300)
  await rebuild(ws)
  expect(await unit()).toBe(before)
})

const damages: [name: string, harm: (app: RestartableApp) => Promise<unknown>][] = [
  [
    'a range of events is gone',
    (app) =>
      app.ch.command('ALTER TABLE events DELETE WHERE seq BETWEEN 10 AND 14 SETTINGS mutations_sync = 2'),
  ],
  [
    'events are there twice',
    (app) => app.ch.command('INSERT INTO events SELECT * FROM events WHERE seq BETWEEN 10 AND 14'),
  ],
  ['every event is gone', (app) => app.ch.command('TRUNCATE TABLE events')],
  [
    'some people are gone',
    (app) => app.ch.command('ALTER TABLE people DELETE WHERE person % 3 = 0 SETTINGS mutations_sync = 2'),
  ],
  ['redirects are gone', (app) => app.ch.command('TRUNCATE TABLE unit_person')],
  ['owners of devices are gone', (app) => app.ch.command('TRUNCATE TABLE device_owner')],
  [
    'moments of activity are gone',
    (app) =>
      app.ch.command('ALTER TABLE unit_activity DELETE WHERE unit % 2 = 0 SETTINGS mutations_sync = 2'),
  ],
  [
    'everything is gone',
    async (app) => {
      for (const table of [
        'events',
        'people',
        'unit_person',
        'unit_person_base',
        'device_owner',
        'unit_activity',
        'segment_member',
        'order_report',
      ])
        await app.ch.command(`TRUNCATE TABLE ${table}`)
    },
  ],
]

test('a start finds what ClickHouse lost and ships only that again; status never runs ahead', {
  timeout: 120_000,
}, async () => {
  const ws = await startRestartable()
  await aStory(ws)
  const before = await answers(ws)
  for (const [name, harm] of damages) {
    await ws.restart(() => harm(ws))
    await ws.settled()
    expect({ name, answers: await answers(ws) }).toEqual({ name, answers: before })
  }
})

test('an undamaged start ships nothing again', async () => {
  const ws = await startRestartable()
  await aStory(ws)
  const parts = () =>
    ws.ch.query(`SELECT table, name, rows FROM system.parts WHERE active AND database = currentDatabase()
      AND table IN ('events', 'people', 'unit_person', 'device_owner', 'unit_activity') ORDER BY table, name`)
  for (const table of ['events', 'people', 'unit_person', 'device_owner', 'unit_activity'])
    await ws.ch.command(`OPTIMIZE TABLE ${table} FINAL`)
  const before = await parts()
  await ws.restart()
  await ws.settled()
  expect(await parts()).toEqual(before)
})

test('a rebuild that breaks off is taken up again: at once by the projector, after a restart by the start', {
  timeout: 120_000,
}, async () => {
  const plan: FaultPlan = {}
  const ws = await startRestartable({ ch: faulty(plan) })
  await aStory(ws)
  const before = await answers(ws)
  const breakOnce = (table: string) => {
    let left = 1
    plan.fail = (name) => (name === table && left-- > 0 ? 'before' : undefined)
  }
  breakOnce('people')
  expect(JSON.parse((await rebuild(ws)).at(-1) as string)).toHaveProperty('problem')
  await ws.settled()
  expect(await answers(ws)).toEqual(before)
  plan.fail = (name) => (name === 'events' ? 'before' : undefined)
  expect(JSON.parse((await rebuild(ws)).at(-1) as string)).toHaveProperty('problem')
  const { accepted, projected } = await ws.status()
  expect(projected).toBeLessThan(accepted)
  await ws.restart(async () => {
    delete plan.fail
  })
  await ws.settled()
  expect(await answers(ws)).toEqual(before)
})
