import { expect, test } from 'vitest'
import { bodyOf, linesOf } from './people-values.ts'

test('pasted text is taken apart by lines, commas and tabs of both languages', () => {
  expect(linesOf(' a \r\n\nb,c，d；e\tf ')).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

test('only what adds may create, and a segment is a rule', () => {
  const values = { how: 'paste', kind: 'phone', values: '1\n2', create: true } as const
  const identifiers = ['1', '2'].map((value) => ({ kind: 'phone', value }))
  expect(bodyOf(values, true)).toEqual({ identifiers, create: true })
  expect(bodyOf(values, false)).toEqual({ identifiers })
  expect(bodyOf({ ...values, how: 'segment', segment: 's' }, true)).toEqual({ rule: { segment: 's' } })
})
