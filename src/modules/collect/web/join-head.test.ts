import { expect, test } from 'vitest'
import { joinHead } from './join-head.ts'

const item = (id: string, outcome = 'stored') => ({ id, outcome })
const page = (ids: string[], next: string | null) => ({
  items: ids.map((id) => item(id)),
  newest: ids[0] ?? null,
  next,
})
const ids = (pages: { items: { id: string }[] }[]) =>
  pages.flatMap((one) => one.items.map((entry) => entry.id))

test('what is new comes on top, and what is in both is shown once, as it is now', () => {
  const known = { pages: [page(['9:1', '9:0'], '9:0'), page(['8:0'], null)], pageParams: [undefined, '9:0'] }
  const fresh = {
    ...page(['10:0', '9:1', '9:0'], '9:0'),
    items: [item('10:0'), item('9:1', 'rejected'), item('9:0')],
  }
  const joined = joinHead(known, fresh)
  expect(ids(joined.pages)).toEqual(['10:0', '9:1', '9:0', '8:0'])
  expect(joined.pages[0]?.items[1]?.outcome).toBe('rejected')
  expect(joined.pages[0]?.next).toBe('9:0')
})

test('a fresh page that pushes older rows out leaves them on the page', () => {
  const known = { pages: [page(['9:1', '9:0'], '9:0')], pageParams: [undefined] }
  expect(ids(joinHead(known, page(['10:1', '10:0', '9:1'], '9:1')).pages)).toEqual([
    '10:1',
    '10:0',
    '9:1',
    '9:0',
  ])
})

test('when more came than one page holds, the list starts anew rather than with a hole', () => {
  const known = { pages: [page(['9:0'], '9:0')], pageParams: [undefined] }
  expect(ids(joinHead(known, page(['100:1', '100:0'], '100:0')).pages)).toEqual(['100:1', '100:0'])
})

test('a sparse filter joins when the fresh page looked far enough down', () => {
  const known = { pages: [page(['9:0'], '3:0')], pageParams: [undefined] }
  expect(ids(joinHead(known, page(['90:0'], '8:2')).pages)).toEqual(['90:0', '9:0'])
  expect(ids(joinHead(known, page([], null)).pages)).toEqual(['9:0'])
})
