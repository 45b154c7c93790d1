import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMask } from '#modules/profiles/server/masking/mask.ts'
import { looksPersonal, maskInText, maskMail, maskPhone, maskText } from './mask-value.ts'
import '#test/fixed-seed.ts'

const rules = {
  names: new Set(['phone', 'email', 'parent phone', 'id card']),
  isContact: (kind: string) => ['phone', 'email', 'wechat'].includes(kind),
}
const mask = createMask(rules)

test('a phone keeps three digits and the last four, a mail its first sign and its domain', () => {
  expect(['13800138000', '+8613800138000', '138 0013 8000'].map(maskPhone)).toEqual(
    Array(3).fill('138****8000'),
  )
  expect(maskPhone('+12025550123')).toBe('+120****0123')
  expect([maskPhone('62345678'), maskPhone('12345')]).toEqual(['****5678', '****45'])
  expect([maskMail('lee@qq.com'), maskMail('李@例子.中国')]).toEqual(['l***@qq.com', '李***@例子.中国'])
  expect([maskText('李雯'), maskText('𠮷田'), maskText(' ')]).toEqual(['李***', '𠮷***', ' '])
})

test('mail addresses and phones are found by their look, numbers of orders are not', () => {
  expect(maskInText('请回拨 13800138000，或 write to lee@qq.com.')).toBe(
    '请回拨 138****8000，或 write to l***@qq.com.',
  )
  expect(maskInText('tel:+86 138 0013 8000')).toBe('tel:138****8000')
  // As the French and many others write them: never four digits in a row.
  expect(maskInText('ring +33 6 12 34 56 78 then')).not.toContain('12 34')
  for (const kept of ['20261128123456', 'order 1700000000000', '2026-11-28', '199.00', 'a@b', '12345'])
    expect(maskInText(kept)).toBe(kept)
  expect([looksPersonal('Yes'), looksPersonal('13800138000'), looksPersonal(13800138000)]).toEqual([
    false,
    true,
    true,
  ])
})

test('by kind, by name at any depth, by value', () => {
  expect(mask.identifier({ kind: 'wechat', value: 'lee_wen' }).value).toBe('l***')
  expect(mask.identifier({ kind: 'user_id', value: 'u1' }).value).toBe('u1')
  expect(mask.identifier({ kind: 'user_id', value: '13800138000' }).value).toBe('138****8000')
  expect(
    mask.json({ traits: { 'Parent Phone': '010-1234', 'id card': { no: '1101', ok: true } }, n: 1 }),
  ).toEqual({
    traits: { 'Parent Phone': '0***', 'id card': { no: '1***', ok: '***' } },
    n: 1,
  })
  const theirs = mask.knowing(['+8613800138000', 'lee_wen', 30, 'A'])
  expect(
    theirs.json({ a: 'by 13800138000', b: 13800138000, c: 'LEE_WEN!', d: 30, e: 'A', f: '138-0013-8000' }),
  ).toEqual({
    a: 'by 138****8000',
    b: '138****8000',
    c: 'l***!',
    d: 30,
    e: 'A',
    f: '138****8000',
  })
})

const phone = fc.stringMatching(/^1[3-9]\d{9}$/)
const mail = fc.stringMatching(/^[a-z][a-z0-9._-]{2,8}@[a-z]{2,8}\.(com|cn)$/)

test('whatever it stands in, no full phone or mail is left', () => {
  fc.assert(
    fc.property(phone, mail, fc.string(), fc.json(), (number, address, around, json) => {
      const theirs = mask.knowing([`+86${number}`, address])
      const value = {
        [`key ${number}`]: [`${around}${address}`, { number: Number(number), text: `${around} ${number}` }],
        deep: { list: [JSON.parse(json), address.toUpperCase()], whole: `+86 ${number}` },
      }
      const shown = JSON.stringify(theirs.json(value)).toLowerCase()
      expect(shown).not.toContain(number)
      expect(shown).not.toContain(address)
    }),
  )
})
