import type { PlanContent, PlanEvent, PlanProperty, ViolationReason } from '#modules/plans/contract.ts'
import { type Canonical, type CanonicalRecord, flatten, matchesRegex } from '#modules/rules/index.ts'

export type Fault = { property: string; reason: ViolationReason }
export type CompiledPlan = {
  mode: PlanContent['mode']
  marksUnplanned: boolean
  events: ReadonlyMap<string, PlanEvent>
}
type Judged = { type: string; name: string; propertiesText: string }

const judgedTypes = new Set(['track', 'page', 'screen'])

export function compilePlan(content: PlanContent): CompiledPlan {
  return {
    mode: content.mode,
    marksUnplanned: content.unplanned === 'mark',
    events: new Map(content.events.map((event) => [event.name, event])),
  }
}

/** What the plan has against an event; a function of the plan and the event alone. */
export function judgeEvent(plan: CompiledPlan, event: Judged): Fault[] {
  if (!judgedTypes.has(event.type)) return []
  const expected = plan.events.get(event.name)
  if (!expected) return plan.marksUnplanned ? [{ property: '', reason: 'unplanned' }] : []
  if (expected.properties.length === 0) return []
  const values = flatten(JSON.parse(event.propertiesText) as object)
  return expected.properties.flatMap((property) => {
    const reason = faultOf(property, values)
    return reason ? [{ property: property.path, reason }] : []
  })
}

/** Only what an event lacks or has wrong blocks it; that the plan does not know it does not. */
export const isBlocking = (plan: CompiledPlan, faults: readonly Fault[]): boolean =>
  plan.mode === 'block' && faults.some((fault) => fault.reason !== 'unplanned')

/** The first thing wrong: a value of the wrong type is not also one that is not allowed. */
function faultOf(property: PlanProperty, values: CanonicalRecord): ViolationReason | undefined {
  const value = Object.hasOwn(values, property.path) ? values[property.path] : undefined
  if (value === undefined) return property.required ? 'missing' : undefined
  if (property.type !== 'any' && typeOf(value) !== property.type) return 'wrong_type'
  const parts = Array.isArray(value) ? value : [value]
  const { allowed, pattern } = property
  if (allowed.length > 0 && !parts.every((part) => allowed.includes(part))) return 'not_allowed'
  if (pattern && !parts.every((part) => matchesRegex(String(part), pattern))) return 'pattern'
  return undefined
}

function typeOf(value: Canonical): 'text' | 'number' | 'boolean' | 'list' {
  if (Array.isArray(value)) return 'list'
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean'
}
