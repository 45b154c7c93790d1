import { beforeEach, expect, test, vi } from 'vitest'
import { lastVisits, noteVisit } from './visits.ts'

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
})

test('records are remembered latest first, each once, and for their visitor alone', () => {
  for (const path of ['/people/per_1', '/people', '/segments/new', '/segments/seg_1', '/people/per_1'])
    noteVisit('me', path)
  expect(lastVisits('me')).toEqual([
    { kind: 'person', id: 'per_1' },
    { kind: 'segment', id: 'seg_1' },
  ])
  expect(lastVisits('you')).toEqual([])
})

test('eight are kept, and what somebody else wrote there is nothing', () => {
  for (let i = 0; i < 20; i++) noteVisit('me', `/people/per_${i}`)
  expect(lastVisits('me').map((one) => one.id)).toEqual(
    [19, 18, 17, 16, 15, 14, 13, 12].map((i) => `per_${i}`),
  )
  localStorage.setItem('headwater.visits.me', '{"a":1}')
  expect(lastVisits('me')).toEqual([])
  localStorage.setItem('headwater.visits.me', 'no json')
  expect(lastVisits('me')).toEqual([])
})
