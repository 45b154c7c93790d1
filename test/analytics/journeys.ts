import fc from 'fast-check'
import { DateTime } from 'luxon'
import type { TestApp, TestWorkspace } from '#test/start-test-app.ts'

/** What a reference reads: events with whose they are now, and people with their attributes. */
export type Told = {
  person: string
  event: string
  time: number
  messageId: string
  props: Record<string, unknown>
  /** Of the clock it was sent by, as the tracker said. */
  sentFrom?: string | undefined
}
export type World = {
  ws: TestWorkspace
  zone: string
  events: Told[]
  people: Map<string, { attrs: Record<string, unknown>; tags: string[]; firstSeen: string }>
}

type Message = Record<string, unknown> & { messageId: string }
type Journey = {
  /** Whose account is used, by number; undefined: nobody is logged in. */
  user: number | undefined
  /** Which browser; the first few are shared by everybody. */
  device: number
  event: string
  moment: number
  props: Record<string, unknown>
}

export const eventNames = ['Viewed', 'Added', 'Order Completed', '退款']
export const props = ['channel', 'revenue', 'plan', 'order_id']
export const cities = ['北京', 'Delhi', 'New York']

// Nothing, zones whose clocks change by an hour and by half of one, and what nobody knows.
const clocks = [
  undefined,
  'Asia/Tokyo',
  'Europe/Berlin',
  undefined,
  'Nowhere/Land',
  'Australia/Lord_Howe',
  '+08:00',
]
const homes = [undefined, 'Pacific/Auckland', 'no zone', 'America/New_York']

const users = 40
const devices = 55

const anyProps = fc.record(
  {
    channel: fc.constantFrom<unknown>('paid', 'organic', 'mail "x"', '', 7, 1.5, true, ['a', 'b'], '抖音'),
    // Text that reads as a number, lists and things that are none: all come from real trackers.
    revenue: fc.oneof(
      fc.integer({ min: -50, max: 900 }),
      fc.integer({ min: 1, max: 9999 }).map((n) => n / 100),
      fc.constantFrom<unknown>('12.5', 'free', [3, 4.25], 0.1, 0.2),
    ),
    plan: fc.constantFrom('a', 'b'),
    order_id: fc.integer({ min: 1, max: 30 }).map((n) => `o${n}`),
  },
  { requiredKeys: [] },
)

const anyJourney = (moments: number): fc.Arbitrary<Journey> =>
  fc.record({
    user: fc.option(fc.nat({ max: users - 1 }), { nil: undefined }),
    device: fc.nat({ max: devices - 1 }),
    event: fc.constantFrom(...eventNames),
    moment: fc.nat({ max: moments - 1 }),
    props: anyProps,
  })

/**
 * A workspace whose history went through the real collector: ties of time, equal messages sent again, events that come
 * late, browsers that several people use, accounts that turn out to be one person, in any zone. Whose an event is, is
 * read from the timelines, which ask Postgres for it and not the dictionaries an analysis asks.
 */
export async function makeWorld(
  app: TestApp,
  zone: string,
  { size = 1500, seed = 7 }: { size?: number; seed?: number } = {},
): Promise<World> {
  const ws = await app.workspace()
  await ws.call('PATCH', '/api/workspace', { timezone: zone })
  const moments = momentsOf(zone)
  const journeys = fc.sample(anyJourney(moments.length), { numRuns: size, seed })
  const messages = journeys.map((one, at) => messageOf(one, at, moments))
  const identifies = Array.from({ length: users }, (_, user) => identifyOf(user, moments))
  // Late: the order they are sent in has nothing to do with their times. Again: every seventh comes twice.
  const all = [...messages, ...identifies, ...messages.filter((_, at) => at % 7 === 0)]
  for (let at = 0; at < all.length; at += 100) await ws.send(...all.slice(at, at + 100))
  await ws.settled()
  for (let pair = 0; pair < 4; pair++) await merge(ws, `u${pair * 2}`, `u${pair * 2 + 1}`)
  await ws.settled()
  const merged = (await pages<{ identifiers: { kind: string }[] }>(ws, '/api/profiles')).filter(
    ({ identifiers }) => identifiers.filter(({ kind }) => kind === 'user_id').length > 1,
  )
  if (merged.length === 0) throw new Error('nobody was merged')
  const sent = new Map(messages.map((message) => [message.messageId, message]))
  return { ws, zone, ...(await readBack(ws, sent)) }
}

/** Few moments, so that many events share one; midnights and the hours in which clocks are changed among them. */
function momentsOf(zone: string): number[] {
  const day = (iso: string) => DateTime.fromISO(iso, { zone }).toMillis()
  const random = fc.sample(fc.integer({ min: day('2026-01-20'), max: day('2026-04-20') }), {
    numRuns: 160,
    seed: 3,
  })
  const edges = ['2026-02-01', '2026-02-02', '2026-03-01', '2026-03-09', '2026-03-29', '2026-03-30'].map(day)
  const nights = ['2026-03-08T06:30:00Z', '2026-03-08T07:00:00Z', '2026-03-29T00:59:59.999Z'].map(Date.parse)
  return [...random, ...edges, ...edges.map((edge) => edge - 1), ...nights]
}

function messageOf(journey: Journey, at: number, moments: readonly number[]): Message {
  const { user, device, event, moment, props: properties } = journey
  return {
    type: 'track',
    messageId: `m${at}`,
    event,
    // Timelines have names of their own for entries; by this one an event is known again.
    properties: { ...properties, number: `m${at}` },
    timestamp: new Date(moments[moment] as number).toISOString(),
    context: { timezone: clocks[at % clocks.length] },
    ...(user === undefined ? {} : { userId: `u${user}` }),
    anonymousId: `d${device}`,
  }
}

/** Each account has a browser of its own, and tells where it lives. */
function identifyOf(user: number, moments: readonly number[]): Message {
  return {
    type: 'identify',
    messageId: `i${user}`,
    userId: `u${user}`,
    anonymousId: `d${15 + user}`,
    timestamp: new Date(moments[user % moments.length] as number).toISOString(),
    traits: {
      timezone: homes[user % homes.length],
      ...(user % 4 === 3
        ? {}
        : { city: cities[user % 3], likes: user % 3 === 0 ? ['maths', 'art'] : ['art'] }),
    },
  }
}

async function merge(ws: TestWorkspace, into: string, other: string): Promise<void> {
  const find = async (id: string) => {
    const { body } = await ws.call<{ items: { id: string; identifiers: { value: string }[] }[] }>(
      'GET',
      `/api/profiles?search=${id}&limit=1000`,
    )
    return body.items.find((one) => one.identifiers.some(({ value }) => value === id))?.id
  }
  const [kept, gone] = [await find(into), await find(other)]
  if (kept === undefined || gone === undefined || kept === gone) return
  const { status, body } = await ws.call('POST', `/api/profiles/${kept}/merge`, { with: gone })
  if (status !== 200) throw new Error(JSON.stringify(body))
}

type Page<T> = { items: T[]; next: string | null }

async function pages<T>(ws: TestWorkspace, url: string): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const reply: { status: number; body: Page<T> } = await ws.call(
      'GET',
      `${url}?limit=1000&cursor=${cursor}`,
    )
    const { status, body } = reply
    if (status !== 200) throw new Error(JSON.stringify(body))
    items.push(...body.items)
    cursor = body.next
  }
  return items
}

async function readBack(ws: TestWorkspace, sent: ReadonlyMap<string, Message>) {
  const events: Told[] = []
  const people: World['people'] = new Map()
  type Entry = { properties: Record<string, unknown> }
  type Person = { id: string; attributes: Record<string, unknown>; tags: string[]; firstSeen: string }
  for (const { id, attributes, tags, firstSeen } of await pages<Person>(ws, '/api/profiles')) {
    people.set(id, { attrs: attributes, tags, firstSeen })
    for (const { properties } of await pages<Entry>(ws, `/api/profiles/${id}/timeline`)) {
      const messageId = String(properties.number)
      const message = sent.get(messageId)
      if (!message) continue
      events.push({
        ...{ person: id, messageId, event: String(message.event) },
        time: Date.parse(String(message.timestamp)),
        props: message.properties as Record<string, unknown>,
        sentFrom: (message.context as { timezone?: string }).timezone,
      })
    }
  }
  if (events.length !== sent.size) throw new Error(`${events.length} of ${sent.size} events found again`)
  return { events, people }
}
