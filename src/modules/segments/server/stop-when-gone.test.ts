import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { stopWhenGone } from '#modules/segments/server/stop-when-gone.ts'
import { systemCtx } from '#platform/context.ts'

function connection(writableFinished: boolean) {
  const raw = Object.assign(new EventEmitter(), { writableFinished })
  const ctx = systemCtx({ num: 1, id: 'ws_1', timezone: 'UTC' }, 0, 'test')
  return { raw, signal: stopWhenGone(ctx, { raw } as never).signal }
}

test('the question is dropped when the client hangs up before the answer', () => {
  const { raw, signal } = connection(false)
  expect(signal?.aborted).toBe(false)
  raw.emit('close')
  expect(signal?.aborted).toBe(true)
})

test('an answered request that closes is no reason to stop anything', () => {
  const { raw, signal } = connection(true)
  raw.emit('close')
  expect(signal?.aborted).toBe(false)
})
