import { expect, test } from 'vitest'
import { blankLine } from './edit-rule.ts'
import { readRule } from './read-rule.ts'

test('drafts with blank lines of every kind are read back', () => {
  const lines = (['attr', 'tag', 'segment', 'event', 'sequence', 'group'] as const).map(blankLine)
  const draft = { all: [...lines, { event: '', agg: { fn: 'sum', prop: '', op: 'gte' }, within: {} }] }
  expect(readRule(draft)).toEqual(draft)
})

test('what would break the editor is refused', () => {
  for (const bad of [
    null,
    5,
    {},
    { all: 5 },
    { all: [null] },
    { attr: 3, op: 'eq' },
    { event: 'x', where: {} },
    { event: 'x', where: [{ prop: 1 }] },
    { event: 'x', within: 'yesterday' },
    { sequence: [] },
    { sequence: ['x'] },
    { not: { what: 1 } },
    { tag: 'x', more: true },
  ]) {
    expect(readRule(bad), JSON.stringify(bad)).toBeUndefined()
  }
})
