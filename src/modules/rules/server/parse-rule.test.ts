import { expect, test } from 'vitest'
import { AppError } from '#platform/errors.ts'
import type { Rule } from '../contract.ts'
import { parseRule } from './parse-rule.ts'

const issueRule: Rule = {
  all: [
    { attr: 'city', op: 'eq', value: 'Beijing' },
    { any: [{ tag: 'high intent' }, { segment: 'seg_x' }] },
    { not: { event: 'Order Refunded' } },
    {
      event: 'Order Completed',
      where: [{ prop: 'revenue', op: 'gte', value: 100 }],
      count: { op: 'gte', value: 2 },
      within: { last: 30, unit: 'day' },
    },
    {
      event: 'Order Completed',
      agg: { fn: 'sum', prop: 'revenue', op: 'gt', value: 1000 },
      within: { from: '2026-01-01', to: '2026-03-31' },
    },
    {
      sequence: [{ event: 'Course Viewed' }, { event: 'Cart Added' }, { not_event: 'Order Completed' }],
      within: { last: 7, unit: 'day' },
      gap: { value: 3, unit: 'day' },
    },
  ],
}

function faultOf(json: unknown): unknown {
  try {
    parseRule(json)
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule.malformed' && error.kind === 'invalid')
      return error.details.path
    throw error
  }
  return undefined
}

test('the example of the contract is a rule', () => {
  expect(parseRule(issueRule)).toBe(issueRule)
})

const inAll = (leaf: unknown): unknown => ({ all: [{ tag: 'x' }, leaf] })
const at = (path: string): string => `/all/1${path}`

test.each([
  ['no rule at all', 'text', ''],
  ['missing', undefined, ''],
  ['a list', [], ''],
  ['an unknown kind', inAll({ atr: 'x' }), at('')],
  ['an unknown key', inAll({ tag: 'x', colour: 1 }), at('/colour')],
  ['an unknown operator', inAll({ attr: 'x', op: 'like', value: 'y' }), at('/op')],
  ['a missing operand', inAll({ attr: 'x', op: 'eq' }), at('/value')],
  ['an operand where none belongs', inAll({ attr: 'x', op: 'exists', value: 1 }), at('/value')],
  ['a list for eq', inAll({ attr: 'x', op: 'eq', value: ['a'] }), at('/value')],
  ['no list for in', inAll({ attr: 'x', op: 'in', value: 'a' }), at('/value')],
  ['a null inside a list', inAll({ attr: 'x', op: 'in', value: ['a', null] }), at('/value')],
  ['an infinite number', inAll({ attr: 'x', op: 'eq', value: Number.POSITIVE_INFINITY }), at('/value')],
  ['between of mixed types', inAll({ attr: 'x', op: 'between', value: [1, 'b'] }), at('/value')],
  ['a bad regular expression', inAll({ attr: 'x', op: 'matches', value: '(' }), at('/value')],
  ['lookahead, which RE2 lacks', inAll({ attr: 'x', op: 'matches', value: 'a(?=b)' }), at('/value')],
  ['a regex past its length', inAll({ attr: 'x', op: 'matches', value: 'a'.repeat(257) }), at('/value')],
  ['a where that is no list', inAll({ event: 'E', where: {} }), at('/where')],
  [
    'an operator inside where',
    inAll({ event: 'E', where: [{ prop: 'p', op: 'no', value: 1 }] }),
    at('/where/0/op'),
  ],
  [
    'a group inside where',
    inAll({ event: 'E', where: [{ any: [{ prop: 'p', op: 'gt', value: true }] }] }),
    at('/where/0/any/0/value'),
  ],
  ['a negative count', inAll({ event: 'E', count: { op: 'gte', value: -1 } }), at('/count/value')],
  ['a count by contains', inAll({ event: 'E', count: { op: 'contains', value: 1 } }), at('/count/op')],
  [
    'an unknown aggregate',
    inAll({ event: 'E', agg: { fn: 'median', prop: 'p', op: 'gt', value: 1 } }),
    at('/agg/fn'),
  ],
  [
    'a sum compared with text',
    inAll({ event: 'E', agg: { fn: 'sum', prop: 'p', op: 'gt', value: 'x' } }),
    at('/agg/value'),
  ],
  [
    'a sum by starts_with',
    inAll({ event: 'E', agg: { fn: 'sum', prop: 'p', op: 'starts_with', value: 'x' } }),
    at('/agg/op'),
  ],
  ['a window without ends', inAll({ event: 'E', within: {} }), at('/within')],
  ['an impossible date', inAll({ event: 'E', within: { from: '2026-02-31' } }), at('/within/from')],
  ['an unknown unit', inAll({ event: 'E', within: { last: 1, unit: 'year' } }), at('/within/unit')],
  ['a window of nothing', inAll({ event: 'E', within: { last: 0, unit: 'day' } }), at('/within/last')],
  ['an empty sequence', inAll({ sequence: [] }), at('/sequence')],
  [
    'a sequence that starts with not_event',
    inAll({ sequence: [{ not_event: 'E' }] }),
    at('/sequence/0/not_event'),
  ],
  ['a key with a slash', inAll({ tag: 'x', 'a/b~c': 1 }), at('/a~1b~0c')],
])('%s is refused with its path', (_, json, path) => {
  expect(faultOf(json)).toBe(path)
})

test('depth and number of conditions are bounded, also for hostile nesting', () => {
  let deep: unknown = { tag: 'x' }
  for (let i = 0; i < 100_000; i++) deep = { not: deep }
  expect(faultOf(deep)).toBe('/not'.repeat(8))
  let where: unknown = { prop: 'p', op: 'exists' }
  for (let i = 0; i < 100_000; i++) where = { not: where }
  expect(faultOf({ event: 'E', where: [where] })).toBe(`/where/0${'/not'.repeat(8)}`)
  expect(faultOf({ all: Array.from({ length: 200 }, () => ({ tag: 'x' })) })).toBe('/all/199')
})
