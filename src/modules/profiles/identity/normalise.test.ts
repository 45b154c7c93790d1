import { expect, test } from 'vitest'
import { defaultIdentitySettings as settings } from './kind-rules.ts'
import { normaliseIdentifier } from './normalise.ts'

function value(kind: string, raw: unknown): string {
  const found = normaliseIdentifier(settings, kind, raw)
  return 'identifier' in found ? found.identifier.value : `rejected: ${found.rejected}`
}

test.each([
  [' Ann.Lee@Example.COM ', 'ann.lee@example.com'],
  ['ann@localhost', 'rejected: not_an_email'],
  ['a@x.cn, b@x.cn', 'rejected: not_an_email'],
])('mail %j', (raw, expected) => expect(value('email', raw)).toBe(expected))

test.each([
  ['138 0013 8000', '+8613800138000'],
  ['+86 138-0013-8000', '+8613800138000'],
  ['0086 13800138000', '+8613800138000'],
  ['+1 (415) 555-2671', '+14155552671'],
  [13800138000, '+8613800138000'],
  ['8801#', 'rejected: not_a_phone'],
  ['88012', '88012'],
  ['call me', 'rejected: not_a_phone'],
  ['00000000000', 'rejected: blocked'],
  ['11111111', 'rejected: blocked'],
])('phone %j', (raw, expected) => expect(value('phone', raw)).toBe(expected))

test.each([
  'null',
  'NULL',
  ' undefined ',
  'None',
  'NaN',
  '0',
  '-1',
  '0000-0000',
  'anonymous',
  'Guest',
  '[object Object]',
  'true',
])('%j is no identifier of any kind', (raw) => {
  for (const kind of ['user_id', 'anonymous_id', 'crm']) expect(value(kind, raw)).toBe('rejected: blocked')
})

test('ids keep their case, lose outer blanks, and are one Unicode spelling', () => {
  expect(value('user_id', '  Ann-01 ')).toBe('Ann-01')
  expect(value('user_id', 'Cafe\u0301')).toBe('Caf\u00e9')
  expect(value('user_id', 42)).toBe('42')
})

test('what is no text, or too long, is refused with the reason', () => {
  expect(value('user_id', { id: 1 })).toBe('rejected: not_text')
  expect(value('user_id', true)).toBe('rejected: not_text')
  expect(value('user_id', null)).toBe('rejected: empty')
  expect(value('user_id', '  ')).toBe('rejected: empty')
  expect(value('user_id', 'x'.repeat(513))).toBe('rejected: too_long')
  expect(value('user_id', 'x'.repeat(512))).toHaveLength(512)
})

test('a workspace blocks values for all kinds or for one', () => {
  const { kinds } = settings
  const own = {
    ...settings,
    blocked: ['test'],
    kinds: { ...kinds, phone: { ...kinds.phone!, blocked: ['13800138000'] } },
  }
  expect(normaliseIdentifier(own, 'user_id', 'Test')).toEqual({ rejected: 'blocked' })
  expect(normaliseIdentifier(own, 'phone', '13800138000')).toEqual({ rejected: 'blocked' })
  expect(normaliseIdentifier(own, 'user_id', '13800138000')).toHaveProperty('identifier')
})
