import { expect, test } from 'vitest'
import { ImportSpec } from '#modules/imports/contract.ts'
import { judgeEntry, type Known, type SeenKeys } from '#modules/imports/server/judge-entry.ts'

const spec = (more: object = {}) =>
  ImportSpec.parse({ kind: 'people', key: { column: 'a', kind: 'user_id' }, ...more })
const entry = (value: string, attributes: Record<string, unknown>, content: number) => ({
  lines: [2],
  reading: {
    ...{
      number: 2,
      key: { kind: 'user_id', value },
      others: [],
      attributes,
      properties: {},
      event: null,
      time: null,
    },
    ...{ notes: [], content },
  },
})
const known: Known = new Map([
  ['user_id:old', { attributes: { city: 'Paris' }, identifiers: new Set(['user_id:old']) }],
])
const judge = (given: ImportSpec, rows: ReturnType<typeof entry>[]) => {
  const seen: SeenKeys = new Map()
  return rows.map((row) => {
    const verdict = judgeEntry(given, row, known, seen)
    return verdict.outcome === 'skipped' ? verdict.code : verdict.outcome
  })
}

test('new, known, unchanged and repeated people', () => {
  const rows = [
    entry('new', { city: 'Rome' }, 1),
    entry('new', { city: 'Rome' }, 1),
    entry('new', { city: 'Oslo' }, 2),
    entry('new', { city: 'Rome' }, 1),
    entry('old', { city: 'Paris' }, 3),
    entry('old', { city: 'Paris' }, 3),
    entry('old', { city: 'Nice' }, 4),
    entry('old', { city: 'Paris' }, 3),
  ]
  const written = ['created', 'repeated_row', 'updated', 'updated']
  const old = ['nothing_to_change', 'repeated_row', 'updated', 'updated']
  expect(judge(spec(), rows)).toEqual([...written, ...old])
  expect(judge(spec({ mode: 'create' }), rows)).toEqual(['created', ...Array(7).fill('already_known')])
  expect(judge(spec({ mode: 'update' }), rows)).toEqual([...Array(4).fill('not_known'), ...old])
})
