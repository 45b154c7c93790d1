import { expect, test } from 'vitest'
import { builtInRoles } from '#modules/access/permissions.ts'
import { demoDepartments, demoMembers, demoOwnerOf, demoRoles, demoSourceOf } from './company.ts'
import { demoBatches } from './story/demo-batches.ts'

test('every member has a role, a department and a manager that exist', () => {
  const roles = [...Object.keys(builtInRoles), ...demoRoles.map(({ name }) => name)]
  const departments = demoDepartments.map(({ name }) => name)
  const emails = demoMembers.map(({ email }) => email)
  expect(new Set(emails).size).toBe(emails.length)
  for (const { role, department, manager } of demoMembers) {
    expect(roles).toContain(role)
    expect(departments).toContain(department)
    if (manager) expect(emails).toContain(manager)
  }
})

test('people are looked after by colleagues that exist, by city or by what they learn; the rest by nobody', () => {
  const owners = [
    demoOwnerOf({ city: '杭州', tags: ['高意向'] }),
    demoOwnerOf({ city: '深圳', tags: ['在读'] }),
    demoOwnerOf({ city: '上海', tags: ['企业'] }),
    demoOwnerOf({ city: '成都', tags: ['在读', '续报'] }),
  ]
  const emails = demoMembers.map(({ email }) => email)
  expect(new Set(owners).size).toBe(4)
  for (const owner of owners) expect(emails).toContain(owner)
  expect(demoOwnerOf({ city: '北京', tags: ['高意向'] })).toBeUndefined()
  expect(demoOwnerOf({ city: undefined, tags: [] })).toBeUndefined()
})

test('each source carries a good part of the messages, a repeat comes through the same one', () => {
  const end = new Date('2026-11-22T09:30:00Z')
  const batches = [...demoBatches({ end, people: 300, events: 4_000, seed: 1 })].flatMap(({ batch }) => batch)
  const through = Map.groupBy(batches, demoSourceOf)
  expect([...through.keys()].toSorted()).toEqual(['app', 'mobile', 'site'])
  for (const messages of through.values()) expect(messages.length).toBeGreaterThan(batches.length * 0.1)
  const sources = Map.groupBy(batches, ({ messageId }) => messageId)
  for (const copies of sources.values()) expect(new Set(copies.map(demoSourceOf)).size).toBe(1)
})
