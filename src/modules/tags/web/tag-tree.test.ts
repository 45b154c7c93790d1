import { expect, test } from 'vitest'
import type { Tag } from '#modules/tags/contract.ts'
import { namesBelow, placeTags } from './tag-tree.ts'

const tag = (name: string, parent: string | null = null): Tag => ({
  id: `tag_${name}`,
  name,
  parent,
  description: '',
  color: null,
  owner: null,
  category: false,
  validity: { from: null, until: null, days: null },
  people: 0,
  share: 0,
  usedBy: 0,
  lastAssignedAt: null,
  createdAt: '2026-01-01T00:00:00Z',
  archivedAt: null,
})
const tags = [tag('vip', 'value'), tag('value'), tag('channel'), tag('douyin', 'channel'), tag('gold', 'vip')]
const shown = (query: string) => placeTags(tags, query, 'en').map((one) => `${one.depth}${one.tag.name}`)

test('children follow their parents, siblings by name', () => {
  expect(shown('')).toEqual(['0channel', '1douyin', '0value', '1vip', '2gold'])
})

test('a match is shown below its parents and without its siblings', () => {
  expect(shown('GOLD')).toEqual(['0value', '1vip', '2gold'])
  expect(shown('nothing')).toEqual([])
})

test('a tag whose parent is not in the list stands at the top', () => {
  expect(placeTags([tag('lost', 'gone')], '', 'en').map((one) => one.depth)).toEqual([0])
})

test('a tag cannot go below itself or what is below it', () => {
  expect([...namesBelow(tags, 'value')]).toEqual(['value', 'vip', 'gold'])
})
