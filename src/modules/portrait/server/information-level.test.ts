import fc from 'fast-check'
import { expect, test } from 'vitest'
import { levels } from '#modules/portrait/contract.ts'
import { informationLevel, type KnownFacts } from '#modules/portrait/server/information-level.ts'

const facts: KnownFacts = {
  hasLogin: true,
  hasContact: false,
  tags: 1,
  segments: 0,
  attributes: new Set(['name', 'city']),
  recentEvents: 3,
  activeDays: 3,
  orders: 1,
  hasOrigin: true,
}
const important = ['name', 'city', 'grade', 'school']
const levelOf = (change: Partial<KnownFacts>, names = important) =>
  informationLevel({ ...facts, ...change }, names)
const missing = (change: Partial<KnownFacts>, names = important) =>
  levelOf(change, names)
    .checks.filter((check) => !check.met)
    .map((check) => check.code)

test('each level needs what it says, and everything of those below', () => {
  expect(levelOf({}).level).toBe('medium')
  expect(missing({})).toEqual(['all_attributes', 'contact'])
  expect(levelOf({ hasContact: true, attributes: new Set(important) }).level).toBe('high')
  expect(levelOf({ attributes: new Set(['name']) }).level).toBe('low')
  expect(levelOf({ recentEvents: 2 }).level).toBe('low')
  expect(levelOf({ tags: 0 }).level).toBe('low')
  expect(levelOf({ tags: 0, segments: 1 }).level).toBe('medium')
  expect(levelOf({ hasLogin: false }).level).toBe('none')
})

test('what is unknown is named once, at the level it is needed for first', () => {
  const unknownAt = (known: string[]) =>
    levelOf({ attributes: new Set(known) }).checks.flatMap((check) =>
      check.attributes?.length ? [[check.code, ...check.attributes]] : [],
    )
  expect(unknownAt(['name'])).toEqual([['some_attributes', 'city', 'grade', 'school']])
  expect(unknownAt(['name', 'city'])).toEqual([['all_attributes', 'grade', 'school']])
  expect(unknownAt(important)).toEqual([])
})

test('nothing is asked that nobody chose or the reader may not see', () => {
  expect(levelOf({ hasContact: true, attributes: new Set() }, []).level).toBe('high')
  expect(missing({ hasContact: true, orders: undefined }, [])).toEqual([])
})

test('to know more never lowers the level', () => {
  const order = (level: (typeof levels)[number]) => levels.indexOf(level)
  const some = fc.record({
    hasLogin: fc.boolean(),
    hasContact: fc.boolean(),
    tags: fc.nat(2),
    segments: fc.nat(2),
    attributes: fc.subarray(important).map((names) => new Set(names)),
    recentEvents: fc.nat(5),
    activeDays: fc.nat(5),
    orders: fc.option(fc.nat(2), { nil: undefined }),
    hasOrigin: fc.boolean(),
  })
  fc.assert(
    fc.property(some, some, (a, b) => {
      const more: KnownFacts = {
        hasLogin: a.hasLogin || b.hasLogin,
        hasContact: a.hasContact || b.hasContact,
        tags: a.tags + b.tags,
        segments: a.segments + b.segments,
        attributes: new Set([...a.attributes, ...b.attributes]),
        recentEvents: a.recentEvents + b.recentEvents,
        activeDays: a.activeDays + b.activeDays,
        orders: a.orders === undefined ? undefined : a.orders + (b.orders ?? 0),
        hasOrigin: a.hasOrigin || b.hasOrigin,
      }
      expect(order(informationLevel(more, important).level)).toBeGreaterThanOrEqual(
        order(informationLevel(a, important).level),
      )
    }),
  )
})
