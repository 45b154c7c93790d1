import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packNumbers, unpackNumbers } from '#modules/segments/server/snapshots/pack-numbers.ts'

test('what is packed comes out as it went in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.maxSafeNat()), async (numbers) => {
      const ascending = [...numbers].sort((a, b) => a - b)
      expect(await unpackNumbers(await packNumbers(ascending))).toEqual(ascending)
    }),
  )
})
