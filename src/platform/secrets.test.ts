import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSecretBox } from '#platform/secrets.ts'

const key = randomBytes(32)
const box = openSecretBox(key)

test('what was sealed opens in its place, under its key, and nowhere else', () => {
  const sealed = box.seal('1|endpoint|secret|wh_1', 'whsec_密钥')
  expect(openSecretBox(key).open('1|endpoint|secret|wh_1', sealed)).toBe('whsec_密钥')
  expect(sealed).not.toContain('whsec')
  const unreadable = expect.objectContaining({ code: 'secret.unreadable' })
  expect(() => box.open('2|endpoint|secret|wh_1', sealed)).toThrow(unreadable)
  expect(() => openSecretBox(randomBytes(32)).open('1|endpoint|secret|wh_1', sealed)).toThrow(unreadable)
})

test('every altered byte is noticed, and so is what is too short to be one', () => {
  const bytes = Buffer.from(box.seal('p', 'secret'), 'base64')
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes)
    altered[at] = (altered[at] as number) ^ 1
    expect(() => box.open('p', altered.toString('base64'))).toThrow()
  }
  for (const short of ['', 'AAAA', bytes.subarray(0, 20).toString('base64')])
    expect(() => box.open('p', short)).toThrow(expect.objectContaining({ code: 'secret.unreadable' }))
})

test('the same secret never looks the same twice', () => {
  expect(box.seal('p', 'secret')).not.toBe(box.seal('p', 'secret'))
})
