import { expect, test } from 'vitest'
import { fillFrom } from './fill-from.ts'

const seen = (path: string, count: number, ...types: ('text' | 'number')[]) => ({
  path,
  count,
  types: types.map((type) => ({ type, count })),
  examples: [],
})

test('what always came is required, what came as several types may be any, what is planned stays', () => {
  const entry = {
    sampled: 10,
    properties: [seen('sku', 10, 'text'), seen('amount', 9, 'number', 'text'), seen('old', 3, 'text')],
  }
  expect(fillFrom(entry, [{ path: 'old' }]).map((one) => [one.path, one.type, one.required])).toEqual([
    ['sku', 'text', true],
    ['amount', 'any', false],
  ])
})
