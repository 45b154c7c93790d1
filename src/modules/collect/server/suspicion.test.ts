import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSuspicion } from '#modules/collect/server/suspicion.ts'

/** Projects a log whose rows may fail, as the projector does; answers the tries, and the rows that were given up. */
function project(
  rows: number,
  bad: ReadonlySet<number>,
  failsAt: (tryNumber: number) => boolean = () => false,
) {
  const suspicion = createSuspicion()
  const log = Array.from({ length: rows }, (_, at) => ({ seq: at + 1 }))
  const givenUp: number[] = []
  let done = 0
  let tries = 0
  while (done < rows && tries < 10_000) {
    tries++
    const given = suspicion.narrow(log.slice(done, done + 512))
    if (suspicion.isCornered) {
      const seq = given[0]?.seq as number
      expect(given).toHaveLength(1)
      if (bad.has(seq)) givenUp.push(seq)
    }
    const fails = given.some(({ seq }) => bad.has(seq) && !givenUp.includes(seq))
    if (fails || failsAt(tries)) suspicion.failed(given)
    else {
      done = given.at(-1)?.seq as number
      suspicion.passed(done)
    }
  }
  return { done, tries, givenUp, isSearching: suspicion.isSearching }
}

test('exactly the rows that fail are cornered, in order, and the search is over afterwards', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 900 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 900 })),
      (rows, bad) => {
        const wanted = bad.filter((seq) => seq <= rows).sort((a, b) => a - b)
        const { done, givenUp, isSearching } = project(rows, new Set(wanted))
        expect({ done, givenUp, isSearching }).toEqual({ done: rows, givenUp: wanted, isSearching: false })
      },
    ),
  )
})

test('one bad row among 512 costs 37 tries at most', () => {
  for (let seq = 1; seq <= 512; seq++) expect(project(512, new Set([seq])).tries).toBeLessThanOrEqual(37)
})

test('two failures that pass by themselves narrow nothing; more of them only slow it down', () => {
  expect(project(512, new Set(), (at) => at <= 2).tries).toBe(3)
  const { done, givenUp } = project(512, new Set(), (at) => at % 3 !== 0)
  expect({ done, givenUp }).toEqual({ done: 512, givenUp: [] })
})
