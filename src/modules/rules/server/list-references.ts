import type { CompanyTest, EventLeaf, HouseholdTest, Rule, Where } from '../contract.ts'
import { childrenOf } from './evaluate.ts'

export type References = {
  attributes: Set<string>
  tags: Set<string>
  segments: Set<string>
  /** Lists and snapshots named by themselves. */
  lists: Set<string>
  /** Event name → the property paths tested on it. */
  events: Map<string, Set<string>>
  /** Whether it asks for companies or households, and what others in them did. */
  circles: { asked: boolean; counted: boolean; events: Set<string> }
  /** Whether it asks what somebody said about being spoken to, or who can be reached. */
  consents: boolean
}

/** What a rule mentions by itself; other segments are named, not opened. Tells which rules an event or trait can touch. */
export function listReferences(rule: Rule): References {
  const found: References = {
    attributes: new Set(),
    tags: new Set(),
    segments: new Set(),
    lists: new Set(),
    events: new Map(),
    circles: { asked: false, counted: false, events: new Set() },
    consents: false,
  }
  visit(found, rule)
  return found
}

function visit(found: References, rule: Rule): void {
  for (const [, child] of childrenOf(rule)) visit(found, child)
  if ('attr' in rule) found.attributes.add(rule.attr)
  if ('tag' in rule) found.tags.add(rule.tag)
  if ('segment' in rule) found.segments.add(rule.segment)
  if ('list' in rule) found.lists.add(rule.list)
  if ('event' in rule) visitEvent(found, rule)
  if ('consent' in rule || 'reachable' in rule) found.consents = true
  if ('company' in rule) visitCircle(found, rule.company)
  if ('household' in rule) visitCircle(found, rule.household)
  if (!('sequence' in rule)) return
  for (const step of rule.sequence)
    visitProps(found, 'event' in step ? step.event : step.not_event, step.where)
}

function visitCircle({ circles }: References, test: CompanyTest | HouseholdTest): void {
  circles.asked = true
  if (test.people !== undefined || test.did !== undefined) circles.counted = true
  if (test.did !== undefined) circles.events.add(test.did.event)
}

function visitEvent(found: References, leaf: EventLeaf): void {
  visitProps(found, leaf.event, leaf.where)
  if (leaf.agg !== undefined) found.events.get(leaf.event)?.add(leaf.agg.prop)
}

function visitProps(found: References, event: string, where: readonly Where[] = []): void {
  const props = found.events.get(event) ?? new Set<string>()
  found.events.set(event, props)
  for (const node of where) addProps(props, node)
}

function addProps(props: Set<string>, node: Where): void {
  if ('prop' in node) props.add(node.prop)
  else
    for (const child of 'all' in node ? node.all : 'any' in node ? node.any : [node.not])
      addProps(props, child)
}
