import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countSegments } from './sms-segments.ts'

test.each([
  ['', 'gsm', 0, 0],
  ['a'.repeat(160), 'gsm', 160, 1],
  ['a'.repeat(161), 'gsm', 161, 2],
  ['a'.repeat(306), 'gsm', 306, 2],
  ['a'.repeat(307), 'gsm', 307, 3],
  [`${'a'.repeat(159)}€`, 'gsm', 161, 2],
  // The euro does not fit into the last place of the first part.
  [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm', 306, 3],
  ['中'.repeat(70), 'ucs2', 70, 1],
  ['中'.repeat(71), 'ucs2', 71, 2],
  ['中'.repeat(134), 'ucs2', 134, 2],
  ['中'.repeat(135), 'ucs2', 135, 3],
  [`${'中'.repeat(66)}😀${'中'.repeat(66)}`, 'ucs2', 134, 3],
])('%#: encoding, places and parts', (text, encoding, characters, segments) => {
  expect(countSegments(text)).toEqual({ encoding, characters, segments })
})

test('parts are as many as a sender makes that fills one after another', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '€', '[', '中', '😀', '\n'), maxLength: 400 }),
      (text) => {
        const counted = countSegments(text)
        const wide = /[中😀]/u.test(text)
        const parts: number[] = []
        for (const one of text) {
          const size = wide ? one.length : /[€[]/.test(one) ? 2 : 1
          const last = parts.length - 1
          if (last >= 0 && (parts[last] ?? 0) + size <= (wide ? 67 : 153))
            parts[last] = (parts[last] ?? 0) + size
          else parts.push(size)
        }
        const whole = parts.reduce((a, b) => a + b, 0)
        const expected = whole <= (wide ? 70 : 160) ? Math.min(1, whole) : parts.length
        expect(counted.segments).toBe(expected)
      },
    ),
  )
})
