import type { Rule } from '#modules/rules/contract.ts'
import { compileMany, listReferences, parseRule } from '#modules/rules/index.ts'
import { dependentsOf, knowSegments, type WorkspaceRules } from '#modules/segments/server/rule-book.ts'
import type { RuleRow } from '#modules/segments/server/segment-store.ts'
import { AppError } from '#platform/errors.ts'

/**
 * JSON to a rule whose segments exist; each fault is 422 with the path of the condition. `lists` are the lists and
 * snapshots it may name by themselves: none in a saved rule, which says a list as the segment it is.
 */
export function checkRule(
  json: unknown,
  known: ReadonlySet<string>,
  lists: ReadonlySet<string> = none,
): { rule: Rule; uses: Set<string> } {
  const rule = parseRule(json)
  const { segments: uses, lists: named } = listReferences(rule)
  for (const id of named)
    if (!lists.has(id))
      throw faultAt(
        rule,
        id,
        'rule.malformed',
        'unknown_list',
        'there is no such list or snapshot, or it cannot be named in a saved rule: name a list as a segment',
      )
  for (const id of uses)
    if (!known.has(id))
      throw faultAt(rule, id, 'rule.malformed', 'unknown_segment', 'there is no such segment')
  return { rule, uses }
}

/** Would this rule, saved under this id, close a circle? `others` are the live segments of the workspace. */
export function refuseCycle(id: string, rule: Rule, others: readonly RuleRow[]): void {
  const rows = [
    ...others.filter((row) => row.id !== id),
    { id, num: 0, kind: 'rule' as const, rule, state: 'building' as const },
  ]
  const segments = knowSegments(rows)
  const dependents = dependentsOf(segments, id)
  for (const used of segments.get(id)?.uses ?? [])
    if (used === id || dependents.has(used))
      throw faultAt(
        rule,
        used,
        'segment.cycle',
        'segment_cycle',
        'these segments would refer to each other in a circle',
      )
}

/** Compiles once, so that a rule the engine could not be asked is refused when it is saved. */
export function refuseTooLarge(rule: Rule, rules: WorkspaceRules, now: number): void {
  compileMany([rule], rules.env(now), { persons: [0], units: [0] })
}

const none: ReadonlySet<string> = new Set()

function faultAt(rule: Rule, segment: string, code: string, reason: string, message: string): AppError {
  const path = pathOf(rule, segment, '') ?? ''
  return new AppError(code, 'invalid', `The rule is not valid at ${path || '/'}: ${message}`, {
    details: { path, reason, segment },
  })
}

function pathOf(rule: Rule, segment: string, path: string): string | undefined {
  if ('segment' in rule) return rule.segment === segment ? `${path}/segment` : undefined
  if ('list' in rule) return rule.list === segment ? `${path}/list` : undefined
  if ('not' in rule) return pathOf(rule.not, segment, `${path}/not`)
  const group = 'all' in rule ? rule.all : 'any' in rule ? rule.any : []
  const name = 'all' in rule ? 'all' : 'any'
  for (const [i, child] of group.entries()) {
    const found = pathOf(child, segment, `${path}/${name}/${i}`)
    if (found !== undefined) return found
  }
  return undefined
}
