import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { expect, test } from 'vitest'
import { DAY, dayOf } from './calendar.ts'
import { castPerson, makeStory, phoneOf } from './cast-person.ts'
import { channels, TENCENT_FAILS_FROM } from './channels.ts'
import { planLife } from './plan-life.ts'

const story = makeStory({ seed: 1, people: 20_000, end: new Date('2026-11-22T09:30:00Z') })
const cast = Array.from({ length: story.people }, (_, index) => castPerson(story, index))
const lives = cast.map((person) => planLife(story, person))

test('phones are valid, and one belongs to one household', () => {
  const numbers = Array.from({ length: 3000 }, (_, index) => phoneOf(index))
  expect(new Set(numbers).size).toBe(3000)
  for (const number of numbers) expect(parsePhoneNumberFromString(number, 'CN')?.isValid(), number).toBe(true)
})

test('children of one family share phone, city, surname and tablet, but have names and logins of their own', () => {
  const families = Map.groupBy(
    cast.filter((person) => person.family),
    (person) => person.phone,
  )
  expect(families.size).toBeGreaterThan(50)
  for (const children of families.values()) {
    expect(children).toHaveLength(children[0]?.family?.size ?? 0)
    expect(new Set(children.map((child) => child.devices.at(-1)?.id)).size).toBe(1)
    expect(new Set(children.map((child) => child.city)).size).toBe(1)
    expect(new Set(children.map((child) => child.userId)).size).toBe(children.length)
    expect(new Set(children.map((child) => child.name)).size).toBe(children.length)
  }
})

test('a device belongs to one person, unless it is the tablet of a family', () => {
  const ids = cast.flatMap((person) =>
    person.devices.filter((device) => device !== person.family?.tablet).map(({ id }) => id),
  )
  expect(new Set(ids).size).toBe(ids.length)
})

test('channels have the share that the table gives them', () => {
  for (const channel of channels) {
    const share = cast.filter((person) => person.channel === channel).length / cast.length
    expect(Math.abs(share - channel.share)).toBeLessThan(0.012)
  }
})

test('channels differ in quality: an invited friend buys three times as often as a click on a short video', () => {
  const rate = (key: string) => {
    const from = lives.filter(
      (life) => life[0]?.person.channel.key === key && !life[0].person.veteran && !life[0].person.family,
    )
    return from.filter((life) => life.some((chapter) => chapter.kind === 'order')).length / from.length
  }
  expect(rate('referral')).toBeGreaterThan(3 * rate('douyin'))
  expect(rate('baidu')).toBeGreaterThan(1.4 * rate('douyin'))
})

test('leads from Tencent break away on the day its landing page breaks', () => {
  const rate = (from: number, to: number) => {
    const met = lives.filter((life) => {
      const { person, at } = life[0] ?? {}
      const day = dayOf(story.calendar, at ?? 0)
      return person?.channel.key === 'tencent' && !person.family && !person.veteran && day >= from && day < to
    })
    return met.filter((life) => life.some((chapter) => chapter.kind === 'lead')).length / met.length
  }
  expect(rate(0, TENCENT_FAILS_FROM)).toBeGreaterThan(0.3)
  expect(rate(TENCENT_FAILS_FROM, 170)).toBeLessThan(0.1)
})

test('a life goes its way in order: no trial before an account, no lesson before an order', () => {
  const before = {
    'trial-book': 'register',
    'trial-attend': 'trial-book',
    order: 'register',
    lesson: 'order',
    refund: 'order',
    cancel: 'order',
  }
  for (const life of lives) {
    const seen = new Set<string>()
    for (const { kind, person } of life) {
      const needed = before[kind as keyof typeof before]
      if (needed && !person.veteran) expect(seen, `${kind} of ${person.index}`).toContain(needed)
      seen.add(kind)
    }
  }
})

test('people come all through the story, students of old in its first week', () => {
  for (const person of cast) {
    expect(person.arrivedAt).toBeLessThan(story.calendar.end)
    if (person.veteran) expect(person.arrivedAt).toBeLessThan(story.calendar.start + 7 * DAY)
  }
  const days = new Set(cast.map((person) => dayOf(story.calendar, person.arrivedAt)))
  expect(days.size).toBe(180)
})
