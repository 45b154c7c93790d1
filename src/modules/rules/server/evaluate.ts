import type { Rule } from '../contract.ts'
import type { Person, RuleEnv, Seen, Verdict } from './leaf.ts'
import { earlier } from './leaf.ts'
import { leafKindOf } from './leaf-kinds.ts'
import { refuseSegmentCycle } from './leaf-segment.ts'

/** Does the rule hold for this person at `env.now`? */
export function evaluate(rule: Rule, person: Person, env: RuleEnv): boolean {
  return judgeWith(person, env, [])(rule).holds
}

/** The earliest moment after `env.now` at which the answer may change without new data; undefined when none. */
export function nextFlip(rule: Rule, person: Person, env: RuleEnv): number | undefined {
  return judgeWith(person, env, [])(rule).flipsAt
}

/** A node of the rule with its answer; `path` is the JSON pointer of the node in the rule. */
export type Explanation = { path: string; holds: boolean; rule: Rule; seen: Seen; children: Explanation[] }

/** The same tree as the rule with ✓ or ✗ and the value seen at each node; other segments are opened up. */
export function explain(rule: Rule, person: Person, env: RuleEnv): Explanation {
  return explainNode(rule, '', person, env, [])
}

function explainNode(
  rule: Rule,
  path: string,
  person: Person,
  env: RuleEnv,
  open: readonly string[],
): Explanation {
  const { holds, seen } = judgeWith(person, env, open)(rule)
  const children = childrenOf(rule).map(([key, child]) =>
    explainNode(child, `${path}${key}`, person, env, open),
  )
  const other = 'segment' in rule ? env.segments(rule.segment) : undefined
  if ('segment' in rule && other !== undefined)
    children.push(explainNode(other, `${path}/segment`, person, env, [...open, rule.segment]))
  return { path, holds, rule, seen, children }
}

/** Nested rules with the part of the JSON pointer that leads to them. */
export function childrenOf(rule: Rule): [string, Rule][] {
  if ('all' in rule) return rule.all.map((child, i) => [`/all/${i}`, child])
  if ('any' in rule) return rule.any.map((child, i) => [`/any/${i}`, child])
  return 'not' in rule ? [['/not', rule.not]] : []
}

// No short cut at the first ✗: the earliest flip needs every branch.
function judgeWith(person: Person, env: RuleEnv, open: readonly string[]): (rule: Rule) => Verdict {
  return (rule) => {
    if ('all' in rule || 'any' in rule || 'not' in rule) return judgeGroup(rule, judgeWith(person, env, open))
    if ('segment' in rule) refuseSegmentCycle(open, rule.segment)
    const inner = 'segment' in rule ? [...open, rule.segment] : open
    return leafKindOf(rule).evaluate(rule, person, env, judgeWith(person, env, inner))
  }
}

function judgeGroup(rule: Rule, judge: (rule: Rule) => Verdict): Verdict {
  const verdicts = childrenOf(rule).map(([, child]) => judge(child))
  const flipsAt = verdicts.reduce<number | undefined>(
    (soonest, verdict) => earlier(soonest, verdict.flipsAt),
    undefined,
  )
  if ('not' in rule) return { holds: !verdicts[0]?.holds, seen: null, flipsAt }
  const holds =
    'all' in rule ? verdicts.every((verdict) => verdict.holds) : verdicts.some((verdict) => verdict.holds)
  return { holds, seen: null, flipsAt }
}
