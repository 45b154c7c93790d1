import { expect, test } from 'vitest'
import { chooseColumns, needsLastSeen } from '#modules/exports/server/choose-columns.ts'

const person = {
  id: 'per_1',
  name: 'Li',
  identifiers: [
    { kind: 'user_id', value: 'u1' },
    { kind: 'email', value: 'a@example.org' },
    { kind: 'email', value: 'b@example.org' },
  ],
  tags: ['vip'],
  firstSeen: '2026-01-01T00:00:00.000Z',
  lastSeen: null,
  attributes: { email: 'a@example.org', city: '北京', 'address.zip': '100000', 'address.city': '北京' },
}
const available = {
  kinds: ['anonymous_id', 'email', 'user_id', 'crm'],
  attributes: ['email', 'city', 'address.zip', 'address.city'],
}
const rowOf = (wanted?: string[]) =>
  chooseColumns(wanted, available).map((column) => [column.title, column.read(person)])

test('without a choice everything is there once, identifiers before attributes', () => {
  expect(rowOf()).toEqual([
    ['id', 'per_1'],
    ['name', 'Li'],
    ['user_id', 'u1'],
    ['email', ['a@example.org', 'b@example.org']],
    ['crm', undefined],
    ['anonymous_id', undefined],
    ['tags', ['vip']],
    ['firstSeen', '2026-01-01T00:00:00.000Z'],
    ['lastSeen', undefined],
    ['address.city', '北京'],
    ['address.zip', '100000'],
    ['city', '北京'],
  ])
})

test('a choice keeps its order; an object stands for its parts, an unknown name for nothing', () => {
  expect(rowOf(['city', 'address', 'nobody', 'city', 'constructor'])).toEqual([
    ['city', '北京'],
    ['address.city', '北京'],
    ['address.zip', '100000'],
    ['nobody', undefined],
    ['constructor', undefined],
  ])
})

test('the last moment is looked up only where it is asked for', () => {
  expect(needsLastSeen(chooseColumns(['id', 'lastSeen'], available))).toBe(true)
  expect(needsLastSeen(chooseColumns(['id'], available))).toBe(false)
})
