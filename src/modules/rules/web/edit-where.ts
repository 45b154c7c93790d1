import type { PropTest, Where } from '../contract.ts'
import type { GroupKind } from './edit-rule.ts'

export const blankTest: PropTest = { prop: '', op: 'eq' }

/** A restriction is a test of one property or a group; a negated test shows as a group of one. */
export type WhereGroup = { kind: GroupKind; tests: Where[] }

export function asGroup(where: Where): WhereGroup | undefined {
  if ('prop' in where) return undefined
  if ('all' in where) return { kind: 'all', tests: where.all }
  if ('any' in where) return { kind: 'any', tests: where.any }
  const inner = asGroup(where.not)
  if (inner?.kind === 'any') return { kind: 'none', tests: inner.tests }
  if (inner?.kind === 'all') return { kind: 'notAll', tests: inner.tests }
  // not (not …) and not (a test): one line that must not hold.
  return { kind: 'none', tests: [where.not] }
}

export function fromGroup({ kind, tests }: WhereGroup): Where {
  if (kind === 'none') return { not: { any: tests } }
  if (kind === 'notAll') return { not: { all: tests } }
  return kind === 'all' ? { all: tests } : { any: tests }
}

/** The list with another restriction in this place, or without it; a group that lost its last test goes with it. */
export function replaceWhere(list: Where[], index: number, next: Where | undefined): Where[] {
  const isEmpty = next === undefined || asGroup(next)?.tests.length === 0
  return list.toSpliced(index, 1, ...(isEmpty ? [] : [next]))
}
