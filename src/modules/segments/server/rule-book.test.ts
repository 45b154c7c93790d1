import { expect, test } from 'vitest'
import { refuseCycle } from '#modules/segments/server/check-rule.ts'
import { affectedBy } from '#modules/segments/server/membership/affected-segments.ts'
import { dependentsOf, knowSegments } from '#modules/segments/server/rule-book.ts'

const row = (id: string, rule: unknown, state: 'live' | 'building' = 'live') => ({
  id,
  num: 1,
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
const affected = (events: string[], state = false) =>
  affectedBy({ segments }, { events: new Set(events), state }).map((one) => one.id)

test('an event concerns the rules that read it, through other segments too', () => {
  expect(affected(['Order Completed'])).toEqual(['orders', 'loyal', 'quiet'])
  expect(affected(['Bought'])).toEqual(['views'])
  expect(affected(['Else'])).toEqual([])
})

test('a changed person concerns every live segment', () => {
  expect(affected([], true)).toEqual(['orders', 'loyal', 'quiet', 'views'])
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
