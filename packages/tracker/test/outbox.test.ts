import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Answer } from '../src/device.ts'
import { bytesOf, createOutbox, type Drop, type OutboxOptions } from '../src/outbox.ts'
import { memoryStore } from '../src/store.ts'
import { fakeDevice, fakeServer } from './fake-device.ts'

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 10, 1) }))
afterEach(() => vi.useRealTimers())

function open(
  answers: Answer[] = [],
  more: Partial<OutboxOptions> = {},
  shared: Parameters<typeof fakeDevice>[1] = {},
) {
  const server = fakeServer(...answers)
  const device = fakeDevice(server, shared)
  const drops: Drop[] = []
  const options: OutboxOptions = {
    writeKey: 'wk',
    host: 'https://crm.example',
    maxQueueBytes: 1e6,
    flushMs: 500,
    maySend: () => true,
    onDrop: (drop) => drops.push(drop),
    ...more,
  }
  return { server, device, drops, options, outbox: createOutbox(device, device.queue, options) }
}

const message = (n: number, text = '') => ({ messageId: `m${n}`, text })
const ids = (items: { messageId: string }[]) => items.map((one) => one.messageId)
const upTo = (count: number) => Array.from({ length: count }, (_, n) => `m${n}`)

test('calls are gathered, sent in order, in requests of at most 50 items and 60 kB, and then forgotten', async () => {
  const { server, device, outbox } = open()
  for (let n = 0; n < 120; n++) outbox.add(message(n, n < 4 ? 'é'.repeat(15_000) : ''))
  expect(server.requests).toEqual([])
  await vi.advanceTimersByTimeAsync(1000)
  expect(ids(server.taken())).toEqual(upTo(120))
  expect(server.requests.map((one) => one.items.length)).toEqual([1, 1, 1, 1 + 49, 50, 17])
  expect(server.requests.every((one) => one.size < 64_000)).toBe(true)
  expect(device.queue.names()).toEqual([])
})

test('no answer, 408, 429, 5xx: waits longer each time and loses nothing', async () => {
  const failures = [0, 408, 429, 500, 502, 503, 504].map((status) => ({ status }))
  const { server, outbox, drops } = open(failures)
  outbox.add(message(0))
  const times: number[] = []
  while (server.taken().length === 0 && times.length < 5000) {
    const before = server.requests.length
    await vi.advanceTimersByTimeAsync(100)
    if (server.requests.length > before) times.push(Date.now())
  }
  expect(server.requests).toHaveLength(8)
  const gaps = times.slice(1).map((time, i) => time - (times[i] as number))
  for (const [i, gap] of gaps.entries()) {
    expect(gap).toBeGreaterThanOrEqual(Math.min(1000 * 2 ** i, 60_000) / 2 - 200)
    expect(gap).toBeLessThanOrEqual(Math.min(1000 * 2 ** i, 60_000) + 400)
  }
  expect(drops).toEqual([])
})

test('`Retry-After` holds for every page of the origin, and calls made meanwhile do not shorten it', async () => {
  const shared = { queue: memoryStore(), locked: {} }
  const { server, outbox } = open([{ status: 429, retryAfter: 30 }], {}, shared)
  outbox.add(message(0))
  await vi.advanceTimersByTimeAsync(1000)
  const second = open([], {}, shared)
  second.outbox.wake()
  for (let n = 1; n < 20; n++) {
    outbox.add(message(n))
    await vi.advanceTimersByTimeAsync(1000)
  }
  expect(server.requests).toHaveLength(1)
  expect(second.server.requests).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(15_000)
  expect([...ids(server.taken()), ...ids(second.server.taken())].sort()).toEqual(upTo(20).sort())
})

test('a lost connection is tried again at once when the network is back', async () => {
  const { server, device, outbox } = open(Array.from({ length: 6 }, () => ({ status: 0 })))
  outbox.add(message(0))
  await vi.advanceTimersByTimeAsync(40_000)
  const before = server.requests.length
  server.answers.length = 0
  device.online = false
  await vi.advanceTimersByTimeAsync(300_000)
  expect(server.requests).toHaveLength(before)
  device.online = true
  outbox.wake()
  await vi.advanceTimersByTimeAsync(100)
  expect(ids(server.taken())).toEqual(['m0'])
})

test.each([401, 403, 404, 422])('%i: dropped and told, and the next calls are sent', async (status) => {
  const { server, device, drops, outbox } = open([{ status }])
  outbox.add(message(0))
  await vi.advanceTimersByTimeAsync(1000)
  expect(drops).toEqual([{ reason: 'refused', status, messages: 1 }])
  expect(device.queue.names()).toEqual([])
  outbox.add(message(1))
  await vi.advanceTimersByTimeAsync(1000)
  expect(ids(server.taken())).toEqual(['m1'])
})

test.each([400, 413])('%i: one broken item is found and dropped, the others arrive', async (status) => {
  const { server, drops, outbox } = open()
  const hear = server.hear
  server.hear = (body) => {
    if (!body.includes('broken')) return hear(body)
    return { status }
  }
  for (let n = 0; n < 40; n++) outbox.add(message(n, n === 17 ? 'broken' : ''))
  await vi.advanceTimersByTimeAsync(5000)
  expect(ids(server.taken())).toEqual(upTo(40).filter((id) => id !== 'm17'))
  expect(drops).toEqual([{ reason: 'refused', status, messages: 1 }])
})

test('the queue is bounded in bytes: the oldest go, and that is told', async () => {
  const { server, device, drops, outbox } = open([], { maxQueueBytes: 10_000 })
  device.online = false
  for (let n = 0; n < 50; n++) outbox.add(message(n, '中'.repeat(300)))
  const kept = device.queue.names().reduce((sum, name) => sum + bytesOf(device.queue.get(name) ?? ''), 0)
  expect(kept).toBeLessThanOrEqual(10_000)
  expect(kept).toBeGreaterThan(8_000)
  device.online = true
  outbox.wake()
  await vi.advanceTimersByTimeAsync(1000)
  const taken = ids(server.taken())
  expect(taken).toEqual(upTo(50).slice(-taken.length))
  expect(drops.reduce((sum, one) => sum + one.messages, 0)).toBe(50 - taken.length)
})

test('what a page before left behind is sent by the next', async () => {
  const queue = memoryStore()
  const first = open([], {}, { queue })
  first.outbox.add(message(0))
  const second = open([], {}, { queue })
  second.outbox.wake()
  await vi.advanceTimersByTimeAsync(100)
  expect(ids(second.server.taken())).toEqual(['m0'])
})

test('leaving: what no request carries yet is handed over once, in pieces a browser takes; it stays until answered', async () => {
  const queue = memoryStore()
  const other = open([], { flushMs: 1e6 }, { queue })
  other.outbox.add(message(99))
  const { device, outbox } = open([], {}, { queue })
  outbox.add(message(0))
  void outbox.flush() // under way: this one and the other tab's
  await vi.advanceTimersByTimeAsync(5)
  for (let n = 1; n < 4; n++) outbox.add(message(n, 'x'.repeat(40_000)))
  outbox.leave()
  outbox.leave()
  const handed = device.beacons.flatMap((body) => ids(JSON.parse(body).batch))
  expect(handed).toEqual(['m1', 'm2', 'm3'])
  expect(device.beacons.every((body) => body.length < 64_000)).toBe(true)
  expect(queue.names()).toHaveLength(5)
})

test('a page that is kept whole and comes back sends what it had only handed over', async () => {
  const { server, device, outbox } = open()
  outbox.add(message(0))
  outbox.leave()
  await vi.advanceTimersByTimeAsync(2000)
  expect(server.requests).toHaveLength(0)
  outbox.wake()
  await vi.advanceTimersByTimeAsync(100)
  expect(ids(server.taken())).toEqual(['m0'])
  expect(device.queue.names()).toEqual([])
})

// Whatever the servers answer: everything is taken at least once or told as dropped, and nothing stays behind.
test('any answers, two tabs: added = taken + dropped, nothing taken twice', async () => {
  const answer = fc.record(
    {
      status: fc.constantFrom(200, 0, 408, 429, 500, 503, 400, 401, 413),
      retryAfter: fc.integer({ min: 1, max: 90 }),
    },
    { requiredKeys: ['status'] },
  )
  const step = fc.record({ tab: fc.nat(1), items: fc.nat(60), ms: fc.nat(5000), leave: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(
      fc.array(answer, { maxLength: 12 }),
      fc.array(step, { maxLength: 12 }),
      async (answers, steps) => {
        const shared = { queue: memoryStore(), locked: {} }
        const tabs = [open([], {}, shared), open([], {}, shared)] as const
        for (const tab of tabs) tab.server.answers = answers
        let added = 0
        for (const { tab, items, ms } of steps) {
          for (let n = 0; n < items; n++) tabs[tab as 0 | 1].outbox.add(message(added++))
          await vi.advanceTimersByTimeAsync(ms)
        }
        for (let n = 0; n < 400 && shared.queue.names().some((name) => name > '0'); n++)
          await vi.advanceTimersByTimeAsync(10_000)
        const taken = tabs.flatMap((tab) => ids(tab.server.taken()))
        const dropped = tabs.flatMap((tab) => tab.drops).reduce((sum, one) => sum + one.messages, 0)
        expect(new Set(taken).size).toBe(taken.length)
        expect(taken.length + dropped).toBe(added)
      },
    ),
    { numRuns: 60 },
  )
})

const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code))

test('bytes are those of UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const json = JSON.stringify(text)
      expect(bytesOf(json)).toBe(new TextEncoder().encode(json).length)
    }),
  )
})
