import { expect, test } from 'vitest'
import type { Attribute } from '../../attribute-shapes.ts'
import { chooseAttributes } from './choose-attributes.ts'

const attribute = (name: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  label: null,
  labels: { zh: '', en: '' },
  description: '',
  type: 'text',
  declared: false,
  options: [],
  refersTo: null,
  personal: false,
  searchable: false,
  group: '',
  archived: false,
  people: 0,
  misfits: 0,
  examples: [],
  ...more,
})
const items = [
  attribute('x_grade', { labels: { zh: '年级', en: 'School year' }, label: '年级', people: 3, misfits: 1 }),
  attribute('old', { archived: true, people: 9 }),
  attribute('zip', { description: 'Postcode', people: 5 }),
]
const all = { q: '', misfits: false, archived: false, sort: 'name' as const }
const names = (choice: Partial<Parameters<typeof chooseAttributes>[1]>) =>
  chooseAttributes(items, { ...all, ...choice }).map((one) => one.name)

test('attributes are found by both labels, archived ones on request, sorted as asked', () => {
  expect(names({ q: 'school' })).toEqual(['x_grade'])
  expect(names({ q: '年级' })).toEqual(['x_grade'])
  expect(names({ q: 'postcode' })).toEqual(['zip'])
  expect(names({ misfits: true })).toEqual(['x_grade'])
  expect(names({ sort: '-people' })).toEqual(['zip', 'x_grade'])
  expect(names({ archived: true, sort: '-people' })).toEqual(['old', 'zip', 'x_grade'])
})
