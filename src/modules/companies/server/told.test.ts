import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Belonging,
  belongs,
  sayBelongs,
  type Traits,
  tellTrait,
  titleOf,
} from '#modules/companies/server/told.ts'

const time = fc.integer({ min: 1, max: 6 })
const messageId = fc.constantFrom('a', 'b', 'c', 'd', 'e')

test('what a company is follows from the set of what was told, in whatever order and however often', () => {
  const told = fc.record({
    name: fc.constantFrom('plan', 'size'),
    value: fc.constantFrom<unknown>('x', 'y', 1, null),
    time,
    messageId,
  })
  const all = fc.uniqueArray(told, {
    selector: (one) => `${one.name} ${one.time} ${one.messageId}`,
    maxLength: 12,
  })
  fc.assert(
    fc.property(
      all.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
      ),
      ([list, mixed]) => {
        const traits: Traits = {}
        for (const one of mixed) tellTrait(traits, one.name, [one.value, one.time, one.messageId])
        for (const name of new Set(list.map((one) => one.name))) {
          // Naive: the last of all in order.
          const last = list
            .filter((one) => one.name === name)
            .sort((a, b) => a.time - b.time || (a.messageId < b.messageId ? -1 : 1))
            .at(-1)
          expect(traits[name]).toEqual([last?.value, last?.time, last?.messageId])
        }
      },
    ),
  )
})

test('where somebody belongs follows from the set of calls and from when they were taken out', () => {
  const call = fc.record({
    time,
    messageId,
    title: fc.option(fc.constantFrom('CEO', 'CTO'), { nil: undefined }),
  })
  const calls = fc.uniqueArray(call, {
    selector: (one) => `${one.time} ${one.messageId}`,
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(
      calls.chain((list) =>
        fc.tuple(
          fc.constant(list),
          fc.shuffledSubarray(list, { minLength: list.length }),
          fc.option(fc.nat({ max: list.length }), { nil: undefined }),
        ),
      ),
      ([list, mixed, cut]) => {
        let state: Belonging | undefined
        let removed: number | undefined
        for (const [at, said] of mixed.entries()) {
          if (at === cut && state) {
            removed = Math.max(3, state.last + 1)
            state = { ...state, removedAt: removed }
          }
          state = sayBelongs(state, said)
        }
        const counted = list
          .filter((one) => removed === undefined || one.time > removed)
          .sort((a, b) => a.time - b.time || (a.messageId < b.messageId ? -1 : 1))
        expect(state && belongs(state)).toBe(counted.length > 0)
        if (counted.length === 0 || !state) return
        expect(state.since).toBe(counted[0]?.time)
        expect(titleOf(state)).toBe(counted.filter((one) => one.title !== undefined).at(-1)?.title ?? null)
      },
    ),
  )
})
