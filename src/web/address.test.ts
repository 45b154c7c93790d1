import { expect, test } from 'vitest'
import { addressOf } from '#web/api-client.ts'

test('parameters are escaped and empty query members left out', () => {
  expect(
    addressOf(
      '/api/profiles/:id/timeline',
      { id: 'per_1/2' },
      { limit: 50, cursor: undefined, search: '', q: '李 雯' },
    ),
  ).toBe('/api/profiles/per_1%2F2/timeline?limit=50&q=%E6%9D%8E+%E9%9B%AF')
})
