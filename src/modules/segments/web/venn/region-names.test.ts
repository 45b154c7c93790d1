import { expect, test } from 'vitest'
import { regionNames, regionRule } from './region-names.ts'

test('a region is in some segments and in none of the others', () => {
  expect(regionRule(['a', 'b', 'c'], [0, 2])).toEqual({
    all: [{ segment: 'a' }, { not: { segment: 'b' } }, { segment: 'c' }],
  })
  expect(regionNames(['A', 'B', 'C'], [1])).toEqual({ inside: ['B'], outside: ['A', 'C'] })
})
