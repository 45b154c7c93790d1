import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodePath,
  encodePath,
  flatten,
  flattenCounted,
  flattenLimits,
  inferType,
  readNumber,
  toCanonicalJson,
} from './canonical.ts'

test('nested objects become dotted paths and lists of objects one list per path', () => {
  const flat = flatten({
    utm: { source: 'ads' },
    products: [
      { sku: 'a', price: 1 },
      { sku: 'b', price: 2.5 },
    ],
    none: null,
  })
  expect({ ...flat }).toEqual({ 'utm.source': 'ads', 'products.sku': ['a', 'b'], 'products.price': [1, 2.5] })
})

test('of two spellings of one path the first wins', () => {
  expect({ ...flatten({ a: { b: 1 }, 'a.b': 2 }) }).toEqual({ 'a.b': 1 })
  expect({ ...flatten({ 'a.b': 2, a: { b: 1 } }) }).toEqual({ 'a.b': 2 })
})

test('a list of several types becomes text, an empty list and what is no JSON value are missing', () => {
  const flat = flatten({
    mixed: [1, 'a', true, null],
    empty: [],
    nan: Number.NaN,
    inf: Number.POSITIVE_INFINITY,
    nested: [[1], [2, 3]],
  })
  expect({ ...flat }).toEqual({ mixed: ['1', 'a', 'true'], nested: [1, 2, 3] })
})

test('a key named __proto__ is a value like any other', () => {
  const flat = flatten(JSON.parse('{"__proto__":{"admin":true},"constructor":"c"}') as object)
  expect(Object.entries(flat)).toEqual([
    ['__proto__.admin', true],
    ['constructor', 'c'],
  ])
  expect(({} as Record<string, unknown>).admin).toBeUndefined()
})

test('limits leave values out and count them', () => {
  const many = Object.fromEntries(Array.from({ length: flattenLimits.paths + 3 }, (_, i) => [`k${i}`, i]))
  expect(flattenCounted(many).dropped).toBe(3)
  let deep: object = { leaf: 1 }
  for (let i = 0; i < 50_000; i++) deep = { d: deep }
  expect(flattenCounted(deep)).toEqual({ values: {}, dropped: 1 })
})

test('JSON for ClickHouse marks every number as one with a fraction', () => {
  expect(toCanonicalJson({ a: 5, b: -0.5, c: [1, 2.5], d: 1e21, e: 'x"', f: true, g: [] })).toBe(
    '{"a":5.0,"b":-0.5,"c":[1.0,2.5],"d":1e+21,"e":"x\\"","f":true}',
  )
})

test('a stored path holds nothing that ends an identifier and reads back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (path) => {
      const stored = encodePath(path)
      expect(stored).toMatch(/^[A-Za-z0-9_ .$?\-%\u0080-\uffff]*$/)
      expect(decodePath(stored)).toBe(path.toWellFormed())
    }),
  )
})

test('types are inferred from the stored value', () => {
  expect([inferType('x'), inferType(1), inferType(true), inferType(['a']), inferType([1])]).toEqual([
    'text',
    'number',
    'boolean',
    'text_list',
    'number_list',
  ])
})

test('text reads as a number only in plain decimal or exponent form', () => {
  expect(['5', ' 5.50 ', '-1e3', '+7', '007'].map(readNumber)).toEqual([5, 5.5, -1000, 7, 7])
  expect(['', '5.', '.5', '0x10', '1,000', '¥5', 'Infinity', 'NaN', '1e999', '5\n'].map(readNumber)).toEqual(
    Array(10).fill(undefined),
  )
})
