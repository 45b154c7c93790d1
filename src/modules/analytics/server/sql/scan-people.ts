import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

/**
 * Every FROM people of this module that is about who people are: the workspace, nobody in the bin, within the caller's
 * data scope. The audience is a column, `mine`, so that a group can be held against everyone.
 */
export function scanPeople(inquiry: Inquiry, columns: readonly string[]): string {
  inquiry.reads.people()
  const mine = inquiry.whom.length === 0 ? '1' : inquiry.whom.join(' AND ')
  const select = ['person', `(${mine}) AS mine`, ...columns].join(',\n  ')
  const ws = inquiry.bindings.bind('UInt32', inquiry.ctx.workspace.num)
  return `SELECT ${select}\nFROM people FINAL\nWHERE ws = ${ws} AND deleted = 0 AND ${inquiry.scope}`
}
