import { expect, test } from 'vitest'
import { createPasswordGate } from '#modules/access/server/login/password-gate.ts'

test('knows a password again, also when typed in another Unicode form', async () => {
  const gate = createPasswordGate()
  const stored = await gate.hash('caf\u00e9 caf\u00e9')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await gate.verify(stored, 'cafe\u0301 cafe\u0301')).toBe(true)
  expect(await gate.verify(stored, 'cafe cafe')).toBe(false)
})

test('an account that does not exist never has the right password', async () => {
  const gate = createPasswordGate()
  expect(await gate.verify(undefined, 'anything')).toBe(false)
})

test('a burst is cut at the gate, and the gate opens again', async () => {
  const gate = createPasswordGate()
  const results = await Promise.allSettled(Array.from({ length: 25 }, () => gate.hash('pass phrase')))
  const refused = results.filter((result) => result.status === 'rejected')
  expect(refused).toHaveLength(25 - 2 - 16)
  expect(refused.every((result) => result.reason.kind === 'limited')).toBe(true)
  expect(await gate.verify(await gate.hash('pass phrase'), 'pass phrase')).toBe(true)
})
