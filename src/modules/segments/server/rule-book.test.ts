import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refuseCycle } from '#modules/segments/server/check-rule.ts'
import { joinChanges, reviewsOf } from '#modules/segments/server/membership/affected-segments.ts'
import { dependentsOf, knowSegments } from '#modules/segments/server/rule-book.ts'
import type { PeopleChange } from '#slots/people-change.ts'

const row = (id: string, rule: unknown, state: 'live' | 'building' = 'live') => ({
  id,
  num: 1,
  kind: 'rule' as const,
  rule: rule as never,
  state,
})
const rows = [
  row('orders', { event: 'Order Completed' }),
  row('loyal', { all: [{ segment: 'orders' }, { attr: 'city', op: 'exists' }] }),
  row('quiet', { not: { segment: 'loyal' } }),
  row('views', {
    sequence: [{ event: 'Viewed' }, { not_event: 'Bought' }],
    within: { last: 1, unit: 'day' },
  }),
  row('new', { event: 'Viewed' }, 'building'),
]
const segments = knowSegments(rows)
const reviews = (events: string[], state: number[] = []) =>
  reviewsOf({ segments }, { events: new Set(events), persons: new Set([1, 2]), state: new Set(state) }).map(
    (review) => [review.segments.map((one) => one.id).join(' '), review.persons.join(' ')],
  )

test('an event concerns the rules that read it, through other segments too', () => {
  expect(reviews(['Order Completed'])).toEqual([['orders loyal quiet', '1 2']])
  expect(reviews(['Bought'])).toEqual([['views', '1 2']])
  expect(reviews(['Else'])).toEqual([])
})

test('whose state changed concerns every live segment, the others only what they did', () => {
  expect(reviews([], [1])).toEqual([['orders loyal quiet views', '1']])
  expect(reviews(['Bought'], [1])).toEqual([
    ['orders loyal quiet views', '1'],
    ['views', '2'],
  ])
})

test('whoever may be concerned is looked at, in few queries, also when each did something else', () => {
  const names = ['Order Completed', 'Viewed', 'Bought', 'Else']
  const set = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 12 }).map((all) => new Set(all))
  const did = fc.array(fc.tuple(fc.constantFrom(...names), set), { maxLength: 6 }).map((all) => new Map(all))
  const change = fc.record({ did, state: set })
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(1, 3, 50_000),
      (ones, least) => {
        const [joined] = joinChanges(
          ones.map(({ did, state }) => ({
            workspace: 1,
            persons: new Set([...state, ...[...did.values()].flatMap((some) => [...some])]),
            events: new Set(did.keys()),
            did,
            state,
          })),
        )
        const reviewed = reviewsOf({ segments }, joined as PeopleChange, least)
        const pairs = new Set(
          reviewed.flatMap((review) =>
            review.segments.flatMap((segment) => review.persons.map((person) => `${segment.id} ${person}`)),
          ),
        )
        const needed = [...segments.values()]
          .filter((segment) => segment.state === 'live')
          .flatMap((segment) =>
            ones.flatMap(({ did, state }) => [
              ...[...state].map((person) => `${segment.id} ${person}`),
              ...[...did].flatMap(([event, persons]) =>
                segment.events.has(event) ? [...persons].map((person) => `${segment.id} ${person}`) : [],
              ),
            ]),
          )
        expect(needed.filter((pair) => !pairs.has(pair))).toEqual([])
        expect(reviewed.length).toBeLessThanOrEqual(10)
        const persons = reviewed.flatMap((review) => review.persons)
        expect(new Set(persons).size).toBe(persons.length)
      },
    ),
  )
})

test('people who did different things are asked about apart where that saves enough', () => {
  const did = new Map([
    ['Order Completed', new Set([1, 2, 3])],
    ['Viewed', new Set([3, 4, 5])],
  ])
  const change = {
    did,
    events: new Set(did.keys()),
    persons: new Set([1, 2, 3, 4, 5]),
    state: new Set<number>(),
  }
  const shown = (least: number) =>
    reviewsOf({ segments }, change, least).map(
      (review) => `${review.segments.map((one) => one.id).join(' ')}: ${review.persons.join(' ')}`,
    )
  expect(shown(1000)).toEqual(['orders loyal quiet views: 4 5 1 2 3'])
  expect(shown(3)).toEqual(['views: 4 5', 'orders loyal quiet views: 1 2 3'])
  expect(shown(1)).toEqual(['views: 4 5', 'orders loyal quiet: 1 2', 'orders loyal quiet views: 3'])
})

test('dependents are found through others', () => {
  expect(dependentsOf(segments, 'orders')).toEqual(new Set(['loyal', 'quiet']))
  expect(dependentsOf(segments, 'quiet')).toEqual(new Set())
})

test('a circle is refused wherever it closes', () => {
  expect(() => refuseCycle('orders', { any: [{ segment: 'quiet' }] }, rows)).toThrow(/\/any\/0\/segment/)
  expect(() => refuseCycle('orders', { segment: 'orders' }, rows)).toThrow(/circle/)
  expect(() => refuseCycle('quiet', { segment: 'orders' }, rows)).not.toThrow()
})
