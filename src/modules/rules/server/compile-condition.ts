import type { Rule } from '../contract.ts'
import { childrenOf } from './evaluate.ts'
import { leafKindOf } from './leaf-kinds.ts'
import { refuseSegmentCycle } from './leaf-segment.ts'
import type { Compilation, Condition } from './sql-compilation.ts'
import { join } from './sql-compilation.ts'

/** A rule as a boolean expression over the columns `a…` (person) and `e…` (events) that it registers on the way. */
export function compileCondition(c: Compilation, rule: Rule, open: readonly string[] = []): Condition {
  if ('all' in rule || 'any' in rule || 'not' in rule) {
    return group(
      rule,
      childrenOf(rule).map(([, child]) => compileCondition(c, child, open)),
    )
  }
  if ('segment' in rule) refuseSegmentCycle(open, rule.segment)
  const inner = 'segment' in rule ? [...open, rule.segment] : open
  return leafKindOf(rule).compile(rule, c, (other) => compileCondition(c, other, inner))
}

function group(rule: Rule, parts: Condition[]): Condition {
  const eventsOnly = parts.every((part) => part.eventsOnly)
  if ('not' in rule) {
    const [part] = parts as [Condition]
    return { sql: `(NOT ${part.sql})`, idle: part.idle === undefined ? undefined : !part.idle, eventsOnly }
  }
  const isAll = 'all' in rule
  const sql = join(
    parts.map((part) => part.sql),
    isAll ? 'AND' : 'OR',
  )
  return { sql, idle: idleOf(parts, isAll), eventsOnly }
}

// Three-valued: one false decides an `all`, one true an `any`, whatever the undefined ones turn out to be.
function idleOf(parts: Condition[], isAll: boolean): boolean | undefined {
  if (parts.some((part) => part.idle === !isAll)) return !isAll
  return parts.every((part) => part.idle === isAll) ? isAll : undefined
}

/** The conditions of an outermost `all` that people without events cannot meet: they thin out the aggregation. */
export function requiredEventConditions(c: Compilation, rule: Rule): string[] {
  if ('all' in rule) return rule.all.flatMap((child) => requiredEventConditions(c, child))
  const condition = compileCondition(c, rule)
  return condition.eventsOnly && condition.idle === false ? [condition.sql] : []
}
