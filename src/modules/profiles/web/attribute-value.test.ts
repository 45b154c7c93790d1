import { expect, test } from 'vitest'
import type { Profile } from '../contract.ts'
import { attributeOf, contactOf, flatAttributes, valueText } from './attribute-value.ts'

const profile: Profile = {
  id: 'per_1',
  name: '13800138000',
  identifiers: [
    { kind: 'anonymous_id', value: 'a-1' },
    { kind: 'phone', value: '13800138000' },
    { kind: 'email', value: 'li@qq.com' },
  ],
  attributes: { 'a.b': 1, utm: { source: 'douyin', deep: { x: [1, 2] } }, gone: null },
  masked: [],
  tags: [],
  owner: null,
  firstSeen: null,
  lastSeen: null,
}

test('a dotted name finds plain keys first, then nested values, never the prototype', () => {
  expect(attributeOf(profile, 'a.b')).toBe(1)
  expect(attributeOf(profile, 'utm.source')).toBe('douyin')
  expect(attributeOf(profile, 'utm.none.x')).toBeUndefined()
  expect(attributeOf(profile, 'constructor')).toBeUndefined()
})

test('nested attributes are listed flat, empty ones left out', () => {
  expect(flatAttributes(profile.attributes)).toEqual([
    ['a.b', 1],
    ['utm.source', 'douyin'],
    ['utm.deep.x', [1, 2]],
  ])
})

test('the contact is not the name again', () => {
  expect(contactOf(profile)).toBe('li@qq.com')
})

test('values read as words', () => {
  const sayings = { yes: '是', no: '否', separator: '、' }
  expect([
    valueText(true, sayings),
    valueText(['a', 1], sayings),
    valueText({ a: 1 }, sayings),
    valueText(null, sayings),
  ]).toEqual(['是', 'a、1', '{"a":1}', ''])
})
