import { expect, test } from 'vitest'
import type { Rule } from '#modules/rules/contract.ts'
import { renameTag } from '#modules/segments/server/tag-mentions.ts'

test('a tag gets its new name wherever the rule says it, and nothing else does', () => {
  const rule: Rule = {
    all: [
      { tag: 'old' },
      { not: { any: [{ tag: 'old' }, { tag: 'older' }] } },
      { attr: 'tag', op: 'eq', value: 'old' },
      { event: 'old', where: [{ prop: 'tag', op: 'eq', value: 'old' }] },
      { segment: 'old' },
    ],
  }
  expect(renameTag(rule, 'old', 'new')).toEqual({
    all: [
      { tag: 'new' },
      { not: { any: [{ tag: 'new' }, { tag: 'older' }] } },
      { attr: 'tag', op: 'eq', value: 'old' },
      { event: 'old', where: [{ prop: 'tag', op: 'eq', value: 'old' }] },
      { segment: 'old' },
    ],
  })
})
