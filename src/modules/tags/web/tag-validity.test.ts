import { expect, test } from 'vitest'
import { whenGiven } from './tag-validity.ts'

test('a tag is given from its first moment until its end, which is over already', () => {
  const tag = {
    validity: { from: '2026-03-01T00:00:00Z', until: '2026-04-01T00:00:00Z', days: null },
  }
  const at = (time: string) => whenGiven(tag, Date.parse(time))
  expect([at('2026-02-28T23:59:59Z'), at('2026-03-01T00:00:00Z'), at('2026-04-01T00:00:00Z')]).toEqual([
    'later',
    'now',
    'over',
  ])
  expect(whenGiven({ validity: { from: null, until: null, days: 3 } }, 0)).toBe('now')
})
