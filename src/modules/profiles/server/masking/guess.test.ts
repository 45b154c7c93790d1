import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countedOf } from '#modules/profiles/server/masking/guess.ts'
import { maskPhone } from '#modules/profiles/server/masking/mask-value.ts'

const key = Buffer.alloc(32, 7)
const count = (...values: string[]) =>
  countedOf(
    key,
    1,
    values.map((value) => ({ kind: 'phone', value })),
  )
const digit = fc.integer({ min: 0, max: 9 })
const mobile = fc.array(digit, { minLength: 9, maxLength: 9 }).map((rest) => `13${rest.join('')}`)

test('a value counts once, however it is spelled and whatever it is called', () => {
  fc.assert(
    fc.property(mobile, (phone) => {
      const spaced = `${phone.slice(0, 3)} ${phone.slice(3, 7)}-${phone.slice(7)}`
      expect(count(phone, `+86${phone}`, `86${phone}`, `0086 ${phone}`, spaced)).toHaveLength(1)
    }),
  )
  expect(count('Lee@QQ.com', ' lee@qq.com ')).toHaveLength(1)
  expect(count('+12025550123', '2025550123')).toHaveLength(2)
})

test('two numbers share a look exactly when their masks are the same', () => {
  fc.assert(
    fc.property(mobile, mobile, (a, b) => {
      const [x, y] = [count(a)[0], count(b)[0]]
      expect(x?.look === y?.look).toBe(maskPhone(a) === maskPhone(b))
    }),
  )
  expect(count('13800138000')[0]?.most).toBeLessThan(count('a@qq.com')[0]?.most ?? 0)
})

test('what is kept of a value depends on the key and on the workspace', () => {
  const [one] = count('13800138000')
  const phone = [{ kind: 'phone', value: '13800138000' }]
  expect(countedOf(Buffer.alloc(32, 8), 1, phone)[0]?.value).not.toBe(one?.value)
  expect(countedOf(key, 2, phone)[0]?.value).not.toBe(one?.value)
})
