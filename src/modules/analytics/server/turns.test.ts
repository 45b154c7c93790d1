import { expect, test } from 'vitest'
import { openTurns } from '#modules/analytics/server/turns.ts'

const ctx = (num: number, signal?: AbortSignal) => ({
  workspace: { num, id: `w${num}`, timezone: 'UTC' },
  ...(signal ? { signal } : {}),
})

test('three at once, the rest in order, other workspaces at once', async () => {
  const inTurn = openTurns()
  const order: string[] = []
  const gates = Array.from({ length: 6 }, () => Promise.withResolvers<void>())
  const ask = (name: string, at: number, workspace = 1) =>
    inTurn(ctx(workspace), async () => {
      order.push(name)
      await gates[at]?.promise
    })
  const running = ['a', 'b', 'c', 'd', 'e'].map((name, at) => ask(name, at))
  const other = ask('other', 5, 2)
  await Promise.resolve()
  await new Promise(setImmediate)
  expect(order).toEqual(['a', 'b', 'c', 'other'])
  gates[1]?.resolve()
  await running[1]
  await new Promise(setImmediate)
  expect(order).toEqual(['a', 'b', 'c', 'other', 'd'])
  for (const gate of gates) gate.resolve()
  await Promise.all([...running, other])
  expect(order.at(-1)).toBe('e')
})

test('who hangs up leaves the line, and one more than may wait is told so', async () => {
  const inTurn = openTurns()
  const gate = Promise.withResolvers<void>()
  const running = Array.from({ length: 3 }, () => inTurn(ctx(1), () => gate.promise))
  const stop = new AbortController()
  const gone = inTurn(ctx(1, stop.signal), async () => undefined)
  const waiting = Array.from({ length: 59 }, () => inTurn(ctx(1), async () => undefined))
  await expect(inTurn(ctx(1), async () => undefined)).rejects.toMatchObject({
    code: 'analytics.too_many_questions',
  })
  stop.abort()
  await expect(gone).rejects.toMatchObject({ code: 'analytics.cancelled' })
  const late = inTurn(ctx(1), async () => 'late')
  gate.resolve()
  await Promise.all([...running, ...waiting])
  expect(await late).toBe('late')
})

test('a question that fails makes room', async () => {
  const inTurn = openTurns()
  for (let at = 0; at < 5; at++)
    await expect(inTurn(ctx(1), () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await inTurn(ctx(1), async () => 'yes')).toBe('yes')
})
