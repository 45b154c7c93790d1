import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { DAY, shanghaiDate, shanghaiHour } from './calendar.ts'
import { demoBatches } from './demo-batches.ts'
import type { Message } from './message.ts'

const end = new Date('2026-11-22T09:30:00Z')
const small = { end, people: 2000, events: 40_000, seed: 1 }
const told = all(small)
const distinct = [...new Map(told.map((message) => [message.messageId, message])).values()]

function all(options: Parameters<typeof demoBatches>[0]): Message[] {
  return [...demoBatches(options)].flatMap(({ batch }) => batch)
}

function hashOf(messages: Message[]): string {
  return createHash('sha256').update(JSON.stringify(messages)).digest('hex').slice(0, 16)
}

/** The person of the story is the third part of a message id. */
function who(message: Message): string {
  return message.messageId.split('-')[2] ?? ''
}

function peopleWho(event: string): number {
  return new Set(distinct.filter((message) => message.event === event).map(who)).size
}

test('the same options tell the same story, to the byte, on every machine', () => {
  expect(hashOf(all(small))).toBe(hashOf(told))
  expect({ first: hashOf(told.slice(0, 1000)), whole: hashOf(told) }).toMatchInlineSnapshot(`
    {
      "first": "89586bdb97590d6d",
      "whole": "5255e6c7e7dddeef",
    }
  `)
})

test('another seed and another end tell another one', () => {
  const first = (options: object) => hashOf(demoBatches({ ...small, ...options }).next().value?.batch ?? [])
  expect(new Set([first({}), first({ seed: 2 }), first({ end: new Date(end.getTime() - DAY) })]).size).toBe(3)
})

test('the number of distinct messages is the one asked for, and everybody appears', () => {
  expect(distinct).toHaveLength(small.events)
  expect(new Set(distinct.map(who)).size).toBe(small.people)
})

test.each([
  { people: 1, events: 100 },
  { people: 7, events: 3 },
  { people: 40, events: 9000 },
])('a tiny story comes to its end: %o', (size) => {
  const messages = all({ ...small, ...size })
  expect(new Set(messages.map(who)).size).toBe(size.people)
})

test('batches have the size asked for and come in order of sending', () => {
  const batches = [...demoBatches({ ...small, batchSize: 700 })]
  expect(new Set(batches.slice(0, -1).map(({ batch }) => batch.length))).toEqual(new Set([700]))
  const times = batches.map(({ at }) => at.getTime())
  expect(times).toEqual([...times].sort((a, b) => a - b))
})

test('every message is one that the tracking API takes', () => {
  for (const message of told) {
    expect(message.messageId).toMatch(/^qh1-\w+-\w+-\w+$/)
    expect(message.anonymousId ?? message.userId).toBeTruthy()
    if (message.type === 'track') expect(message.event).toBeTruthy()
    if (message.type === 'page' || message.type === 'screen') expect(message.name).toBeTruthy()
    if (message.type === 'identify') expect(message.traits).toBeTruthy()
    if (message.type === 'alias') expect(message.previousId).toMatch(/^legacy_/)
    if (message.type === 'group') expect(message.groupId).toMatch(/^org_/)
    expect(message.context.library).toBeTruthy()
  }
  expect(new Set(told.map((message) => message.type)).size).toBe(6)
})

test('times lie within the 180 days, but for the devices whose clock is ahead', () => {
  const times = distinct.map((message) => Date.parse(message.timestamp))
  const first = Math.min(...times.slice(0, 1000))
  expect(end.getTime() - first).toBeGreaterThan(178.5 * DAY)
  expect(end.getTime() - first).toBeLessThanOrEqual(180 * DAY)
  expect(times.every((time) => time <= end.getTime() + 3 * DAY)).toBe(true)
  expect(times.filter((time) => time > end.getTime()).length).toBeLessThan(20)
})

test('an identity is never lost to a placeholder: a good id or a phone is always there', () => {
  const placeholders = new Set([
    'null',
    '0000',
    'anonymous',
    'undefined',
    '00000000-0000-0000-0000-000000000000',
  ])
  const spoilt = distinct.filter(
    (m) => placeholders.has(m.userId ?? '') || placeholders.has(m.anonymousId ?? ''),
  )
  expect(spoilt.length).toBeGreaterThan(5)
  for (const { anonymousId, userId, traits } of spoilt) {
    const good = [anonymousId, userId].some((id) => id !== undefined && !placeholders.has(id))
    expect(good || typeof traits?.phone === 'string').toBe(true)
  }
})

test('a retry repeats id, time and content', () => {
  const bodies = new Map<string, string>()
  for (const message of told) {
    const body = JSON.stringify(message)
    expect(bodies.get(message.messageId) ?? body).toBe(body)
    bodies.set(message.messageId, body)
  }
  expect((told.length - distinct.length) / distinct.length).toBeCloseTo(0.005, 2)
})

test('the funnel narrows step by step', () => {
  const share = (event: string) => peopleWho(event) / small.people
  expect(share('Lead Form Submitted')).toBeCloseTo(0.36, 1)
  expect(share('Signed Up')).toBeCloseTo(0.33, 1)
  expect(share('Trial Booked')).toBeGreaterThan(0.14)
  expect(share('Trial Attended') / share('Trial Booked')).toBeGreaterThan(0.5)
  expect(share('Trial Attended') / share('Trial Booked')).toBeLessThan(0.8)
  expect(share('Order Completed')).toBeGreaterThan(0.05)
  expect(share('Order Completed')).toBeLessThan(0.11)
  expect(share('Order Refunded')).toBeLessThan(share('Order Completed') / 5)
  expect(share('Lesson Completed')).toBeGreaterThan(share('Order Completed') * 0.8)
})

test('evenings are busy and nights are quiet, in Shanghai', () => {
  const hours = Array.from({ length: 24 }, () => 0)
  for (const message of distinct) {
    const hour = shanghaiHour(Date.parse(message.timestamp))
    hours[hour] = (hours[hour] ?? 0) + 1
  }
  expect(hours.indexOf(Math.max(...hours))).toBeGreaterThanOrEqual(18)
  expect(Math.max(...hours)).toBeGreaterThan(20 * Math.min(...hours))
})

test('the days of 双11 stand out', () => {
  const on = (date: string) => distinct.filter((m) => shanghaiDate(Date.parse(m.timestamp)) === date).length
  expect(on('2026-11-10')).toBeGreaterThan(1.2 * on('2026-11-17'))
})

test('the hours of the last, unfinished day are as busy as those of the days before', () => {
  const end = new Date('2026-11-19T00:00:00Z') // Thursday, 8:00 in Shanghai
  const hour = 3_600_000
  const counts = new Map<number, number>()
  for (const { batch } of demoBatches({ seed: 1, people: 4000, events: 300_000, end }))
    for (const { timestamp } of batch) {
      const ago = Math.floor((end.getTime() - Date.parse(timestamp)) / hour)
      counts.set(ago, (counts.get(ago) ?? 0) + 1)
    }
  const of = (day: number) =>
    Array.from({ length: 8 }, (_, at) => counts.get(day * 24 + at) ?? 0).reduce((a, b) => a + b)
  const usual = (of(1) + of(2) + of(7)) / 3
  expect(of(0) / usual).toBeGreaterThan(0.5)
  expect(of(0) / usual).toBeLessThan(1.6)
})
