import { expect, test } from 'vitest'
import { refuseCycle } from '#modules/segments/server/check-rule.ts'
import { reviewsOf } from '#modules/segments/server/membership/affected-segments.ts'
import { dependentsOf, knowSegments } from '#modules/segments/server/rule-book.ts'

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

test('dependents are found through others', () => {
  expect(dependentsOf(segments, 'orders')).toEqual(new Set(['loyal', 'quiet']))
  expect(dependentsOf(segments, 'quiet')).toEqual(new Set())
})

test('a circle is refused wherever it closes', () => {
  expect(() => refuseCycle('orders', { any: [{ segment: 'quiet' }] }, rows)).toThrow(/\/any\/0\/segment/)
  expect(() => refuseCycle('orders', { segment: 'orders' }, rows)).toThrow(/circle/)
  expect(() => refuseCycle('quiet', { segment: 'orders' }, rows)).not.toThrow()
})
