import { expect, test } from 'vitest'
import { ImportSpec, type Preview } from '../contract.ts'
import { changeKind, changeUse, draftOf, isSameSpec, savedSpecOf, specOf } from './import-draft.ts'

const preview = {
  sheet: null,
  mappings: [],
  columns: [{ name: 'ID' }, { name: 'City' }, { name: 'When' }],
  suggestion: {
    kind: 'people',
    key: { column: 'ID', kind: 'user_id' },
    columns: { ID: { identifier: 'user_id' }, City: { attribute: 'city' }, When: { skip: true } },
  },
} as unknown as Preview

test('a suggestion becomes a spec the server takes, without the key and what is left out', () => {
  const spec = specOf(draftOf(preview), preview, true)
  expect(ImportSpec.parse(spec)).toEqual(spec)
  expect(spec).toMatchObject({ dry_run: true, columns: { City: { attribute: 'city' } } })
  expect(Object.keys(spec.columns)).toEqual(['City'])
})

test('another kind turns attributes into properties and back, and keeps their names', () => {
  const events = changeKind(draftOf(preview), 'events')
  expect(events.columns.City).toEqual({ property: 'city' })
  const timed = {
    ...events,
    columns: { ...events.columns, When: changeUse('When', { skip: true }, 'event') },
  }
  expect(changeKind(timed, 'people').columns).toMatchObject({
    City: { attribute: 'city' },
    When: { attribute: 'When' },
  })
})

test('options that stand on their defaults or do not belong to the kind are not sent', () => {
  const draft = { ...draftOf(preview), event: 'Bought', date_order: 'dmy' as const }
  expect(specOf(draft, preview, false)).not.toHaveProperty('event')
  expect(specOf(changeKind(draft, 'events'), preview, false)).toMatchObject({
    event: 'Bought',
    date_order: 'dmy',
  })
})

test('a mapping saved for the same columns is taken, and leaves out columns it does not know', () => {
  const draft = { ...draftOf(preview), tags: ['Leads'], mode: 'create' as const }
  const saved = { spec: savedSpecOf(draft, preview), same: true, columns: ['ID', 'City', 'When'] }
  const later = {
    ...preview,
    columns: [...preview.columns, { name: 'row' }],
    mappings: [saved],
  } as unknown as Preview
  expect(draftOf(later)).toMatchObject({
    ...{ tags: ['Leads'], mode: 'create' },
    columns: {
      ID: { identifier: 'user_id' },
      City: { attribute: 'city' },
      When: { skip: true },
      row: { skip: true },
    },
  })
  expect(draftOf(later, true)).toMatchObject({ tags: [], mode: 'both' })
})

test('a mapping is known again in another order of its members, and not when it says something else', () => {
  const spec = savedSpecOf(draftOf(preview), preview)
  const turned = Object.fromEntries(Object.entries(spec).toReversed()) as typeof spec
  const { column, kind } = spec.key
  expect(isSameSpec({ ...turned, key: { kind, column } }, spec)).toBe(true)
  expect(isSameSpec({ ...spec, columns: { City: { attribute: 'town' } } }, spec)).toBe(false)
  expect(isSameSpec({ ...spec, tags: ['Leads'] }, spec)).toBe(false)
})
