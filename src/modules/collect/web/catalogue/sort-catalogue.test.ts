import { expect, test } from 'vitest'
import type { CatalogueItem } from '#modules/collect/contract.ts'
import { chooseRows } from './sort-catalogue.ts'

const item = (name: string, more: Partial<CatalogueItem> = {}): CatalogueItem => ({
  name,
  type: 'track',
  count: 1,
  people: 1,
  firstSeen: null,
  lastSeen: null,
  labels: { zh: '', en: '' },
  inherited: { labels: { zh: '', en: '' }, description: '', from: null },
  description: '',
  owner: null,
  hidden: false,
  days: [0, 0],
  ...more,
})
const items = [
  item('Order Completed', { count: 5, days: [1, 0], lastSeen: '2026-01-02T00:00:00Z' }),
  item('Lead Created', { count: 9, days: [0, 2], lastSeen: '2026-01-01T00:00:00Z', description: '表单提交' }),
  item('Debug', { count: 5, hidden: true }),
]
const titles = {
  event: (name: string) => (name === 'Lead Created' ? 'Anfrage' : name),
  eventAlias: (name: string) => (name === 'Lead Created' ? '留资 liuzi lz' : ''),
}
const names = (wanted: Partial<Parameters<typeof chooseRows>[1]>) =>
  chooseRows(items, { q: '', hidden: false, sort: '-count', ...wanted }, titles).map((one) => one.name)

test('hidden ones only on demand, words of name and description', () => {
  expect(names({})).toEqual(['Lead Created', 'Order Completed'])
  expect(names({ hidden: true })).toEqual(['Lead Created', 'Debug', 'Order Completed'])
  expect(names({ q: ' 表单 ' })).toEqual(['Lead Created'])
  expect(names({ q: 'liuzi' })).toEqual(['Lead Created'])
  expect(names({ q: 'ORDER' })).toEqual(['Order Completed'])
})

test('each order both ways; never seen is the longest ago', () => {
  expect(names({ hidden: true, sort: 'name' })).toEqual(['Lead Created', 'Debug', 'Order Completed'])
  expect(names({ hidden: true, sort: '-lastSeen' })).toEqual(['Order Completed', 'Lead Created', 'Debug'])
  expect(names({ hidden: true, sort: 'recent' })).toEqual(['Debug', 'Order Completed', 'Lead Created'])
  expect(names({ hidden: true, sort: 'count' })).toEqual(['Debug', 'Order Completed', 'Lead Created'])
})
