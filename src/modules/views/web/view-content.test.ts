import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asAddress, isSame, tidy } from './view-content.ts'

test('a view is unchanged whatever the order of its keys, and edited as soon as one value differs', () => {
  expect(
    isSame(
      { q: 'a', rule: { all: [{ attr: 'x', op: 'eq' }] } },
      { rule: { all: [{ op: 'eq', attr: 'x' }] }, q: 'a' },
    ),
  ).toBe(true)
  expect(isSame({ q: '', sort: undefined }, {})).toBe(true)
  expect(isSame({ columns: 'a,b' }, { columns: 'b,a' })).toBe(false)
  expect(isSame({ filter: false }, {})).toBe(false)
})

test('going to a view sets what it has and clears everything else', () => {
  const keys = ['q', 'sort', 'columns']
  const value = fc.option(fc.string({ minLength: 1 }), { nil: undefined })
  const content = fc.record({ q: value, sort: value, columns: value })
  fc.assert(
    fc.property(content, content, (before, view) => {
      const after = { ...before, ...asAddress(keys, tidy(view)) }
      expect(isSame(after, view)).toBe(true)
    }),
  )
})
