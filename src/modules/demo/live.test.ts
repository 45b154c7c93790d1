import { expect, test } from 'vitest'
import { liveMessages, startLive } from './live.ts'
import { demoBatches } from './story/demo-batches.ts'

// So few that nobody would notice more: the stream is lively.
const options = { seed: 1, people: 3000, events: 6000, end: new Date('2026-11-22T09:30:00Z') }
const after = (seconds: number) => new Date(options.end.getTime() + seconds * 1000)

function listen(from: number, to: number, step = 1) {
  const state = startLive(options)
  const heard = []
  for (let second = from; second <= to; second += step) heard.push(...liveMessages(state, after(second)))
  return heard
}

test('what a second brings depends on nothing but the seed and that second', () => {
  const long = listen(100, 400)
  const joinedLate = listen(300, 400)
  expect(joinedLate.length).toBeGreaterThan(10)
  expect(long.slice(-joinedLate.length)).toEqual(joinedLate)
})

test('a slower beat brings the same messages', () => {
  expect(listen(100, 400, 10).slice(-500)).toEqual(listen(100, 400).slice(-500))
})

test('a message every few seconds at least, one a second at most, by day', () => {
  const perSecond = listen(0, 1800).length / 1800
  expect(perSecond).toBeGreaterThan(0.2)
  expect(perSecond).toBeLessThan(1.2)
})

test('of a large story it brings what is usual, so that no hour of it looks like an incident', () => {
  const large = { ...options, events: 1_000_000 }
  const state = startLive(large)
  let heard = 0
  for (let second = 0; second < 86_400; second++) heard += liveMessages(state, after(second)).length
  let usual = 0
  for (const { batch } of demoBatches({ ...large, events: 100_000 }))
    for (const { timestamp } of batch) {
      const before = large.end.getTime() - Date.parse(timestamp)
      if (before > 86_400_000 && before <= 8 * 86_400_000) usual += 10 / 7
    }
  expect(heard / usual).toBeGreaterThan(0.6)
  expect(heard / usual).toBeLessThan(1.5)
})

test('messages are never of the future, and no id comes twice', () => {
  const state = startLive(options)
  const ids = new Set<string>()
  let count = 0
  for (let second = 0; second < 600; second++) {
    for (const message of liveMessages(state, after(second))) {
      expect(Date.parse(message.timestamp)).toBeLessThan(after(second).getTime())
      ids.add(message.messageId)
      count++
    }
  }
  expect(ids.size).toBe(count)
})

test('a clock that jumps, either way, neither floods nor repeats', () => {
  const state = startLive(options)
  liveMessages(state, after(10))
  expect(liveMessages(state, after(86_400)).length).toBeLessThan(40)
  expect(liveMessages(state, after(86_395))).toEqual([])
})

test('the people of the story go on, and new ones come', () => {
  const known = new Set<string>()
  for (const { batch } of demoBatches({ ...options, events: 100 }))
    for (const m of batch) known.add(m.anonymousId ?? '')
  const heard = listen(0, 600).filter((message) => message.anonymousId)
  const old = heard.filter((message) => known.has(message.anonymousId ?? '')).length
  expect(old / heard.length).toBeGreaterThan(0.5)
  expect(old / heard.length).toBeLessThan(0.95)
})
