import { expect, test } from 'vitest'
import { nameKinds } from './name-kinds.ts'

test('a column that is only said to be an identifier is of the kind that goes without saying', () => {
  const spec = {
    kind: 'people',
    key: { column: '编号', kind: 'crm_id' },
    columns: {
      编号: 'identifier',
      手机号: { identifier: true },
      'E-Mail': 'identifier',
      'Prospect ID': 'identifier',
      城市: 'attribute',
      旧号: { identifier: 'old_id' },
    },
  }
  expect(nameKinds(spec)).toEqual({
    ...spec,
    columns: {
      编号: { identifier: 'crm_id' },
      手机号: { identifier: 'phone' },
      'E-Mail': { identifier: 'email' },
      'Prospect ID': { identifier: 'prospect_id' },
      城市: 'attribute',
      旧号: { identifier: 'old_id' },
    },
  })
})

test.each([null, 1, [], {}, { columns: [] }, { columns: { a: null }, key: 3 }])(
  'what is no spec is left to the check: %j',
  (given) => {
    expect(nameKinds(given)).toEqual(given)
  },
)
