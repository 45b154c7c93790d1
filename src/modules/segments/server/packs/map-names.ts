import type { Rule, Step } from '#modules/rules/contract.ts'

/** Other names for what a rule says; what is not in a map keeps its name. */
export type NameMap = {
  segments?: ReadonlyMap<string, string>
  tags?: Readonly<Record<string, string>>
  attributes?: Readonly<Record<string, string>>
  events?: Readonly<Record<string, string>>
}

/** The same rule with other names. */
export function mapNames(rule: Rule, map: NameMap): Rule {
  if ('all' in rule) return { ...rule, all: rule.all.map((child) => mapNames(child, map)) }
  if ('any' in rule) return { ...rule, any: rule.any.map((child) => mapNames(child, map)) }
  if ('not' in rule) return { ...rule, not: mapNames(rule.not, map) }
  if ('tag' in rule) return { ...rule, tag: named(map.tags, rule.tag) }
  if ('attr' in rule) return { ...rule, attr: named(map.attributes, rule.attr) }
  if ('segment' in rule) return { ...rule, segment: map.segments?.get(rule.segment) ?? rule.segment }
  if ('event' in rule) return { ...rule, event: named(map.events, rule.event) }
  if ('sequence' in rule) return { ...rule, sequence: rule.sequence.map((step) => mapStep(step, map)) }
  if ('company' in rule) return { company: mapCircle(rule.company, map) }
  if ('household' in rule) return { household: mapCircle(rule.household, map) }
  return rule
}

/** Of a company or household only what its people did has a name of the workspace. */
function mapCircle<T extends { did?: { event: string } | undefined }>(circle: T, { events }: NameMap): T {
  const { did } = circle
  return did === undefined ? circle : { ...circle, did: { ...did, event: named(events, did.event) } }
}

const mapStep = (step: Step, { events }: NameMap): Step =>
  'event' in step
    ? { ...step, event: named(events, step.event) }
    : { ...step, not_event: named(events, step.not_event) }

const named = (names: Readonly<Record<string, string>> | undefined, name: string): string =>
  names !== undefined && Object.hasOwn(names, name) ? (names[name] as string) : name
