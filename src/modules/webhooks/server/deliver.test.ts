import { expect, test } from 'vitest'
import { verdictOn } from '#modules/webhooks/server/deliver.ts'

const failed = (status: number | null, retryAfter?: number) => ({ isDelivered: false, status, retryAfter })

test('a failure waits as long as the schedule says, or longer when the receiver asks for it', () => {
  expect(verdictOn(failed(500), 1, 1000, 0)).toEqual({ state: 'waiting', nextAt: 6000 })
  expect(verdictOn(failed(null), 2, 0, 1)).toEqual({ state: 'waiting', nextAt: 330_000 })
  expect(verdictOn(failed(429, 60_000), 1, 0, 0)).toEqual({ state: 'waiting', nextAt: 60_000 })
  expect(verdictOn(failed(503, 60_000), 3, 0, 0)).toEqual({ state: 'waiting', nextAt: 1_800_000 })
})

test('a redirect is a failure like another', () => {
  expect(verdictOn(failed(302), 1, 0, 0)).toEqual({ state: 'waiting', nextAt: 5000 })
})

test('after the tenth try, or when the receiver is gone, it is over', () => {
  expect(verdictOn(failed(500), 9, 0, 0).state).toBe('waiting')
  expect(verdictOn(failed(500), 10, 0, 0)).toEqual({ state: 'failed' })
  expect(verdictOn(failed(410), 1, 0, 0)).toEqual({ state: 'failed' })
  expect(verdictOn({ isDelivered: true, status: 204, retryAfter: undefined }, 10, 0, 0)).toEqual({
    state: 'delivered',
  })
})
