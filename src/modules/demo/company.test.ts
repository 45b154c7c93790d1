import { expect, test } from 'vitest'
import { builtInRoles } from '#modules/access/permissions.ts'
import { demoDepartments, demoMembers, demoRoles, demoSourceOf } from './company.ts'
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

test('each source carries a good part of the messages, a repeat comes through the same one', () => {
  const end = new Date('2026-11-22T09:30:00Z')
  const batches = [...demoBatches({ end, people: 300, events: 4_000, seed: 1 })].flatMap(({ batch }) => batch)
  const through = Map.groupBy(batches, demoSourceOf)
  expect([...through.keys()].toSorted()).toEqual(['app', 'mobile', 'site'])
  for (const messages of through.values()) expect(messages.length).toBeGreaterThan(batches.length * 0.1)
  const sources = Map.groupBy(batches, ({ messageId }) => messageId)
  for (const copies of sources.values()) expect(new Set(copies.map(demoSourceOf)).size).toBe(1)
})
