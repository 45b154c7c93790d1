import { expect, test } from 'vitest'

const parts = import.meta.glob<string>('./*/**/*.tsx', { query: '?raw', import: 'default', eager: true })

// Parts of the page itself, which stand on no board.
const ofPage = /^\.\/(saved|bar|people)\//

test('results of analyses never ask the address: they stand on boards, too', () => {
  const faults = Object.entries(parts)
    .filter(([file, text]) => !ofPage.test(file) && /analyticsRoute|useSearch\(/.test(text))
    .map(([file]) => file)
  expect(Object.keys(parts).length).toBeGreaterThan(20)
  expect(faults).toEqual([])
})
