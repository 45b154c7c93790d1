import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Rule } from '../contract.ts'
import {
  childrenOf,
  groupKind,
  insertAt,
  isList,
  moveLine,
  negate,
  nodeAt,
  positive,
  replaceAt,
  withGroupKind,
} from './edit-rule.ts'
import { finishedPart } from './finished-part.ts'

const rule: Rule = {
  all: [
    { attr: 'city', op: 'eq', value: '北京' },
    { not: { any: [{ tag: 'VIP' }, { segment: 'seg_1' }] } },
    { event: 'Order Completed' },
  ],
}

const leaf: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    attr: fc.constantFrom('', 'city'),
    op: fc.constant('eq' as const),
    value: fc.constantFrom('', 'x', 3),
  }),
  fc.record({ tag: fc.constantFrom('', 'VIP') }),
  fc.record({ event: fc.constantFrom('', 'Order Completed') }),
)
const anyRule = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ not: tie('rule') }),
  ),
})).rule

test('a line is found, changed and taken out by the pointer the server uses', () => {
  expect(nodeAt(rule, '/all/1/not/any/0')).toEqual({ tag: 'VIP' })
  const changed = replaceAt(rule, '/all/1/not/any/0', { tag: '高意向' })
  expect(nodeAt(changed, '/all/1/not/any/0')).toEqual({ tag: '高意向' })
  expect(nodeAt(rule, '/all/1/not/any/0')).toEqual({ tag: 'VIP' })
  expect(nodeAt(replaceAt(rule, '/all/0', undefined), '/all/0')).toEqual(nodeAt(rule, '/all/1'))
})

test('lines move inside their list and stop at its ends', () => {
  expect(nodeAt(moveLine(rule, '/all/0', 1), '/all/1')).toEqual(nodeAt(rule, '/all/0'))
  expect(moveLine(rule, '/all/0', -1)).toEqual(rule)
  expect(moveLine(rule, '/all/2', 1)).toEqual(rule)
})

test('a line is added inside a negated group', () => {
  const grown = insertAt(rule, '/all/1/not', 2, { tag: 'new' })
  expect(nodeAt(grown, '/all/1/not/any/2')).toEqual({ tag: 'new' })
})

test('the four ways a group reads survive the round trip', () => {
  for (const kind of ['all', 'any', 'none', 'notAll'] as const) {
    const group = withGroupKind(rule, kind)
    expect(groupKind(group)).toBe(kind)
    const { inner } = positive(group)
    expect(isList(inner) && childrenOf(inner)).toHaveLength(3)
  }
})

test('negating turns a line around, twice turns it back', () => {
  fc.assert(
    fc.property(anyRule, (any) => {
      expect(positive(negate(negate(any)))).toEqual(positive(any))
      expect(positive(negate(any)).negated).toBe(!positive(any).negated)
    }),
  )
})

test('putting a node back where it was changes nothing', () => {
  fc.assert(
    fc.property(anyRule, (any) => {
      for (const [, place] of finishedPart(any).places)
        expect(replaceAt(any, place, nodeAt(any, place))).toEqual(any)
    }),
  )
})

test('the finished part keeps every finished line, drops the others, and knows where each came from', () => {
  fc.assert(
    fc.property(anyRule, (draft) => {
      const { rule: kept, places } = finishedPart(draft)
      expect(finishedPart(kept)).toMatchObject({ rule: kept, unfinished: [] })
      for (const [to, from] of places) {
        const node = nodeAt(kept, to)
        if (node && !isList(node) && !('not' in node)) expect(node).toEqual(nodeAt(draft, from))
      }
    }),
  )
  expect(finishedPart({ all: [{ tag: '' }, { tag: 'VIP' }] })).toEqual({
    rule: { all: [{ tag: 'VIP' }] },
    places: new Map([
      ['', ''],
      ['/all/0', '/all/1'],
    ]),
    unfinished: ['/all/0'],
  })
})
