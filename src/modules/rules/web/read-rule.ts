import { type Rule, ruleLimits, ruleParts } from '../contract.ts'

const kinds = [
  'all',
  'any',
  'not',
  'attr',
  'tag',
  'segment',
  'list',
  'owner',
  'event',
  'sequence',
  'company',
  'household',
] as const

/**
 * Is this JSON shaped like a rule, unfinished lines included? Enough to draw it safely when it comes from an address
 * or was typed; the server judges it fully.
 */
export function readRule(json: unknown, depth = 0): Rule | undefined {
  if (json === null || typeof json !== 'object' || depth > ruleLimits.depth) return undefined
  const kind = kinds.find((key) => key in json)
  if (!kind) return undefined
  const node = json as Record<string, unknown>
  if (kind === 'all' || kind === 'any') {
    const list = node[kind]
    return Array.isArray(list) && list.every((child) => readRule(child, depth + 1))
      ? (json as Rule)
      : undefined
  }
  if (kind === 'not') return readRule(node.not, depth + 1) && (json as Rule)
  if (kind === 'owner') return ruleParts.owner.safeParse(node).success ? (json as Rule) : undefined
  if (kind === 'company' || kind === 'household') return isCircle(kind, node) ? (json as Rule) : undefined
  return isLeaf(kind, node) ? (json as Rule) : undefined
}

/** Names may still be blank in a draft, so they are filled in before the shape is judged. */
function isLeaf(
  kind: 'attr' | 'tag' | 'segment' | 'list' | 'event' | 'sequence',
  node: Record<string, unknown>,
): boolean {
  if (typeof node[kind] !== 'string' && kind !== 'sequence') return false
  const filled =
    kind === 'sequence'
      ? node
      : { ...node, [kind]: 'x', ...(isObject(node.agg) ? { agg: { ...node.agg, prop: 'x' } } : {}) }
  if (!ruleParts[kind].safeParse(filled).success) return false
  const steps = kind === 'sequence' ? (node.sequence as unknown[]) : [node]
  return isWindow(node.within) && steps.every((step) => isObject(step) && isStep(step, kind))
}

function isCircle(kind: 'company' | 'household', node: Record<string, unknown>): boolean {
  const test = node[kind]
  if (!isObject(test)) return false
  const { did } = test
  const filled = isObject(did) ? { ...test, did: { ...did, event: 'x' } } : test
  if (!ruleParts[kind].safeParse({ [kind]: filled }).success) return false
  const areWheres = (where: unknown) => where === undefined || (Array.isArray(where) && where.every(isWhere))
  if (!areWheres(test.where)) return false
  return !isObject(did) || (typeof did.event === 'string' && areWheres(did.where) && isWindow(did.within))
}

function isStep(step: Record<string, unknown>, kind: string): boolean {
  const isNamed = kind !== 'sequence' || typeof step.event === 'string' || typeof step.not_event === 'string'
  return isNamed && (step.where === undefined || (Array.isArray(step.where) && step.where.every(isWhere)))
}

function isWhere(where: unknown): boolean {
  if (!isObject(where)) return false
  if (Array.isArray(where.all)) return where.all.every(isWhere)
  if (Array.isArray(where.any)) return where.any.every(isWhere)
  if ('not' in where) return isWhere(where.not)
  return ruleParts.prop.safeParse({ ...where, prop: 'x' }).success && typeof where.prop === 'string'
}

function isWindow(within: unknown): boolean {
  if (within === undefined) return true
  if (!isObject(within)) return false
  if ('last' in within) return ruleParts.lastWindow.safeParse(within).success
  return Object.entries(within).every(
    ([key, value]) => (key === 'from' || key === 'to') && typeof value === 'string',
  )
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
