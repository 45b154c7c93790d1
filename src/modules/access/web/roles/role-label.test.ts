import { expect, test } from 'vitest'
import { inRoleOrder, roleLabel } from './role-label.ts'

test('built-in roles are named in the reader’s language, by key or by their English name', () => {
  expect(roleLabel({ name: 'Owner', builtin: 'owner' }, 'zh')).toBe('所有者')
  expect(roleLabel('Sales rep', 'zh')).toBe('销售')
  expect(roleLabel('Sales rep', 'en')).toBe('Sales rep')
})

test('an own role keeps its name, even that of a built-in one', () => {
  expect(roleLabel({ name: 'Owner', builtin: null }, 'zh')).toBe('Owner')
  expect(roleLabel('教务', 'en')).toBe('教务')
})

test('built-in roles come first, the owner before all, own ones keep their order', () => {
  const roles = [null, 'viewer', null, 'owner', 'admin'].map((builtin, at) => ({ builtin, at }))
  expect(inRoleOrder(roles).map((role) => role.at)).toEqual([3, 4, 1, 0, 2])
})
