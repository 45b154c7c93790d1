import type { CompanyTest, EventLeaf, OwnerTest, Rule, SequenceLeaf, Step, Test, Where } from '../contract.ts'
import { childPath, childrenOf, isList, type Pointer } from './edit-rule.ts'
import { takesNoValue } from './operators-for.ts'

/** A rule without its unfinished lines, and for each node kept: its pointer there → its pointer in the draft. */
export type FinishedPart = { rule: Rule; places: Map<Pointer, Pointer>; unfinished: Pointer[] }

/** What can already be counted while somebody is still writing: blank lines change nothing until they are filled in. */
export function finishedPart(draft: Rule): FinishedPart {
  const places = new Map<Pointer, Pointer>()
  const unfinished: Pointer[] = []
  const rule = keep(draft, '', '', places, unfinished) ?? { all: [] }
  places.set('', '')
  return { rule, places, unfinished }
}

function keep(
  node: Rule,
  from: Pointer,
  to: Pointer,
  places: Map<Pointer, Pointer>,
  unfinished: Pointer[],
): Rule | undefined {
  if ('not' in node) {
    const inner = keep(node.not, `${from}/not`, `${to}/not`, places, unfinished)
    if (inner) places.set(to, from)
    return inner && { not: inner }
  }
  if (isList(node)) {
    const kept: Rule[] = []
    for (const [i, child] of childrenOf(node).entries()) {
      const rule = keep(child, childPath(from, node, i), childPath(to, node, kept.length), places, unfinished)
      if (rule) kept.push(rule)
    }
    if (kept.length === 0 && from !== '') return undefined
    places.set(to, from)
    return 'all' in node || kept.length === 0 ? { all: kept } : { any: kept }
  }
  if (!isFinished(node)) {
    unfinished.push(from)
    return undefined
  }
  places.set(to, from)
  return node
}

/** Has the line all it needs to be asked? */
export function isFinished(leaf: Exclude<Rule, { all: Rule[] } | { any: Rule[] } | { not: Rule }>): boolean {
  if ('attr' in leaf) return leaf.attr !== '' && isTestFinished(leaf)
  if ('tag' in leaf) return leaf.tag !== ''
  if ('segment' in leaf) return leaf.segment !== ''
  if ('list' in leaf) return leaf.list !== ''
  if ('owner' in leaf) return isOwnerFinished(leaf.owner)
  if ('consent' in leaf) return leaf.consent.topic !== ''
  if ('reachable' in leaf) return leaf.reachable.topic !== ''
  if ('company' in leaf) return isCircleFinished(leaf.company)
  if ('household' in leaf) return isCircleFinished(leaf.household)
  return 'event' in leaf ? isEventFinished(leaf) : isSequenceFinished(leaf)
}

const isOwnerFinished = (test: OwnerTest): boolean =>
  'in' in test ? test.in.length > 0 : !('departments' in test) || test.departments.length > 0

const isCircleFinished = ({ where, title, people, did }: CompanyTest): boolean =>
  areFinished(where) &&
  (!title || isTestFinished(title)) &&
  (!people || isTestFinished(people)) &&
  (!did || isEventFinished(did))

function isEventFinished(leaf: EventLeaf): boolean {
  const { count, agg } = leaf
  return (
    leaf.event !== '' &&
    areFinished(leaf.where) &&
    (!count || isTestFinished(count)) &&
    (!agg || (agg.prop !== '' && isTestFinished(agg))) &&
    isWindowFinished(leaf.within)
  )
}

const isSequenceFinished = (leaf: SequenceLeaf): boolean =>
  leaf.sequence.every(isStepFinished) && isWindowFinished(leaf.within)
const isStepFinished = (step: Step): boolean =>
  ('event' in step ? step.event : step.not_event) !== '' && areFinished(step.where)
const areFinished = (where: Where[] = []): boolean => where.every(isWhereFinished)

function isWhereFinished(where: Where): boolean {
  if ('all' in where) return where.all.every(isWhereFinished)
  if ('any' in where) return where.any.every(isWhereFinished)
  if ('not' in where) return isWhereFinished(where.not)
  return where.prop !== '' && isTestFinished(where)
}

const isWindowFinished = (within: EventLeaf['within']): boolean =>
  within === undefined || 'last' in within || within.from !== undefined || within.to !== undefined

export function isTestFinished({ op, value }: Test): boolean {
  if (takesNoValue(op)) return true
  if (op === 'between') return Array.isArray(value) && value.length === 2 && value.every((end) => end !== '')
  if (op === 'in' || op === 'not_in') return Array.isArray(value) && value.length > 0
  return value !== undefined && value !== '' && !Array.isArray(value)
}
