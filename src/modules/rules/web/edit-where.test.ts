import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Where } from '../contract.ts'
import { asGroup, fromGroup, replaceWhere } from './edit-where.ts'

const { where } = fc.letrec<{ where: Where }>((tie) => ({
  where: fc.oneof(
    { maxDepth: 4 },
    fc.record({ prop: fc.constantFrom('a', 'b', 'c'), op: fc.constant('exists' as const) }),
    fc.array(tie('where'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('where'), { maxLength: 3 }).map((any) => ({ any })),
    tie('where').map((not) => ({ not })),
  ),
}))

/** What a restriction says of an event that has exactly these properties. */
function holds(one: Where, present: ReadonlySet<string>): boolean {
  if ('prop' in one) return present.has(one.prop)
  if ('all' in one) return one.all.every((inner) => holds(inner, present))
  if ('any' in one) return one.any.some((inner) => holds(inner, present))
  return !holds(one.not, present)
}

test('a group read and written again means the same', () => {
  const properties = fc.subarray(['a', 'b', 'c'])
  fc.assert(
    fc.property(where, properties, (one, names) => {
      const group = asGroup(one)
      const again = group ? fromGroup(group) : one
      expect(group === undefined).toBe('prop' in one)
      expect(holds(again, new Set(names))).toBe(holds(one, new Set(names)))
    }),
  )
})

test('a group goes when its last test goes', () => {
  const test = { prop: 'a', op: 'exists' } as const
  expect(replaceWhere([test, { any: [test] }], 1, { any: [] })).toEqual([test])
  expect(replaceWhere([test, { any: [test] }], 0, undefined)).toEqual([{ any: [test] }])
  expect(replaceWhere([test], 0, { not: { any: [] } })).toEqual([])
})
