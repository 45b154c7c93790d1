import { expect, test } from 'vitest'
import { shareWork } from '#modules/analytics/server/kept/shared-work.ts'

const work = () => {
  const end = Promise.withResolvers<string>()
  const seen = { begun: 0, aborted: false }
  return {
    ...{ end, seen },
    run: (signal: AbortSignal) => {
      seen.begun++
      signal.addEventListener('abort', () => {
        seen.aborted = true
      })
      return end.promise
    },
  }
}

test('who asks for the same meanwhile gets the same; afterwards it is computed again', async () => {
  const shared = shareWork()
  const one = work()
  const both = [shared('k', undefined, one.run), shared('k', undefined, one.run)]
  one.end.resolve('first')
  expect(await Promise.all(both)).toEqual(['first', 'first'])
  expect(one.seen.begun).toBe(1)
  const two = work()
  two.end.resolve('second')
  expect(await shared('k', undefined, two.run)).toBe('second')
})

test('one who leaves takes it from nobody; the last who leaves ends it', async () => {
  const shared = shareWork()
  const one = work()
  const [a, b] = [new AbortController(), new AbortController()]
  const first = shared('k', a.signal, one.run)
  const second = shared('k', b.signal, one.run)
  a.abort()
  await expect(first).rejects.toMatchObject({ code: 'analytics.cancelled' })
  expect(one.seen.aborted).toBe(false)
  b.abort()
  await expect(second).rejects.toMatchObject({ code: 'analytics.cancelled' })
  expect(one.seen.aborted).toBe(true)
  // Who comes now does not join what was given up.
  const two = work()
  two.end.resolve('anew')
  expect(await shared('k', undefined, two.run)).toBe('anew')
})

test('a failure is told to everybody who waits, and is not kept', async () => {
  const shared = shareWork()
  const one = work()
  const both = [shared('k', undefined, one.run), shared('k', undefined, one.run)]
  one.end.reject(new Error('no'))
  for (const waiting of both) await expect(waiting).rejects.toThrow('no')
  const two = work()
  two.end.resolve('well')
  expect(await shared('k', undefined, two.run)).toBe('well')
})
