import type { z } from 'zod'
import { AppError } from '#platform/errors.ts'
import type { Aggregate, Operator, Rule, Where } from '../contract.ts'
import { ruleLimits, ruleParts } from '../contract.ts'
import { compileRegex } from './compile-regex.ts'

type Path = (string | number)[]
type Fault = { path: Path; reason: string; message: string }
type Walk = { nodes: number }

/** Checks any JSON as a rule; throws `rule.malformed` (422) with the JSON pointer and the reason of the first fault. */
export function parseRule(json: unknown): Rule {
  const fault = findFault(json)
  if (fault === undefined) return json as Rule
  throw malformed(fault)
}

function malformed(fault: Fault): AppError {
  const path = toPointer(fault.path)
  return new AppError(
    'rule.malformed',
    'invalid',
    `The rule is not valid at ${path || '/'}: ${fault.message}`,
    {
      details: { path, reason: fault.reason },
    },
  )
}

/** Checks a list of conditions on properties or attributes, as `parseRule` does a rule. */
export function parseWhere(json: unknown): Where[] {
  const fault = Array.isArray(json)
    ? whereFault({ nodes: 0 }, json, [])
    : { path: [], reason: 'invalid_type', message: 'a list of conditions is expected' }
  if (fault === undefined) return json as Where[]
  throw malformed(fault)
}

function findFault(json: unknown): Fault | undefined {
  return nodeFault({ nodes: 0 }, json, [], 1)
}

function toPointer(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function nodeFault(walk: Walk, json: unknown, path: Path, depth: number): Fault | undefined {
  const kind = kindOf(json, [
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
    'consent',
    'reachable',
  ] as const)
  if (kind === undefined) return fault(path, 'unknown_condition', 'this is no known kind of condition')
  const broken = countFault(walk, path, depth) ?? shapeFault(ruleParts[kind], json, path)
  if (broken !== undefined) return broken
  const node = json as Record<string, unknown>
  if (kind === 'all' || kind === 'any')
    return firstFault(node[kind] as unknown[], (child, i) =>
      nodeFault(walk, child, [...path, kind, i], depth + 1),
    )
  if (kind === 'not') return nodeFault(walk, node.not, [...path, 'not'], depth + 1)
  if (kind === 'attr') return testFault(node, path)
  if (kind === 'event') return eventFault(walk, node, path)
  if (kind === 'sequence') return sequenceFault(walk, node, path)
  if (kind === 'company' || kind === 'household')
    return circleFault(walk, node[kind] as Node, [...path, kind])
  return undefined
}

type Node = Record<string, unknown>

function circleFault(walk: Walk, { where, title, people, did }: Node, path: Path): Fault | undefined {
  return (
    whereFault(walk, where, [...path, 'where']) ??
    (title === undefined ? undefined : testFault(title as Node, [...path, 'title'])) ??
    (people === undefined ? undefined : countTestFault(people, [...path, 'people'])) ??
    (did === undefined ? undefined : eventFault(walk, did as Node, [...path, 'did']))
  )
}

function eventFault(walk: Walk, node: Record<string, unknown>, path: Path): Fault | undefined {
  return (
    whereFault(walk, node.where, [...path, 'where']) ??
    (node.count === undefined ? undefined : countTestFault(node.count, [...path, 'count'])) ??
    (node.agg === undefined ? undefined : aggregateFault(node.agg, [...path, 'agg'])) ??
    windowFault(node.within, [...path, 'within'])
  )
}

function sequenceFault(walk: Walk, node: Record<string, unknown>, path: Path): Fault | undefined {
  const steps = node.sequence as unknown[]
  return (
    firstFault(steps, (step, i) => stepFault(walk, step, [...path, 'sequence', i], i === 0)) ??
    windowFault(node.within, [...path, 'within'])
  )
}

function stepFault(walk: Walk, step: unknown, path: Path, isFirst: boolean): Fault | undefined {
  const kind = kindOf(step, ['event', 'not_event'] as const)
  if (kind === undefined) return fault(path, 'unknown_step', 'a step is an event or a not_event')
  if (isFirst && kind === 'not_event')
    return fault([...path, 'not_event'], 'first_step_not_event', 'the first step must be an event')
  const broken =
    countFault(walk, path, 1) ?? shapeFault(kind === 'event' ? ruleParts.step : ruleParts.notStep, step, path)
  return broken ?? whereFault(walk, (step as { where?: unknown }).where, [...path, 'where'])
}

function whereFault(walk: Walk, where: unknown, path: Path): Fault | undefined {
  if (where === undefined) return undefined
  return firstFault(where as unknown[], (test, i) => whereNodeFault(walk, test, [...path, i], 1))
}

function whereNodeFault(walk: Walk, json: unknown, path: Path, depth: number): Fault | undefined {
  const kind = kindOf(json, ['all', 'any', 'not', 'prop'] as const)
  if (kind === undefined) return fault(path, 'unknown_condition', 'this is no condition on a property')
  const broken = countFault(walk, path, depth) ?? shapeFault(ruleParts[kind], json, path)
  if (broken !== undefined) return broken
  const node = json as Record<string, unknown>
  if (kind === 'not') return whereNodeFault(walk, node.not, [...path, 'not'], depth + 1)
  if (kind === 'prop') return testFault(node, path)
  return firstFault(node[kind] as unknown[], (child, i) =>
    whereNodeFault(walk, child, [...path, kind, i], depth + 1),
  )
}

function windowFault(json: unknown, path: Path): Fault | undefined {
  if (json === undefined) return undefined
  return shapeFault(
    kindOf(json, ['last'] as const) ? ruleParts.lastWindow : ruleParts.datedWindow,
    json,
    path,
  )
}

function countTestFault(test: unknown, path: Path): Fault | undefined {
  const { op, value } = test as { op: Operator; value: unknown }
  const isCount = (item: unknown): boolean => Number.isSafeInteger(item) && (item as number) >= 0
  const items = Array.isArray(value) ? value : [value]
  return (
    operandFault(op, value, path) ??
    (items.every(isCount)
      ? undefined
      : fault([...path, 'value'], 'operand_not_count', 'a count is a whole number ≥ 0'))
  )
}

function aggregateFault(agg: unknown, path: Path): Fault | undefined {
  const { fn, op, value } = agg as { fn: Aggregate; op: Operator; value: unknown }
  if (fn === 'first' || fn === 'last') return testFault(agg as Record<string, unknown>, path)
  const wrongOp = shapeFault(ruleParts.event.shape.count.unwrap(), { op, value }, path)
  if (wrongOp !== undefined) return wrongOp
  const items = Array.isArray(value) ? value : [value]
  return (
    operandFault(op, value, path) ??
    (items.every((item) => typeof item === 'number')
      ? undefined
      : fault([...path, 'value'], 'operand_not_number', `${fn} is compared with numbers`))
  )
}

function testFault(test: Record<string, unknown>, path: Path): Fault | undefined {
  const op = test.op as Operator
  const broken = operandFault(op, test.value, path)
  if (broken !== undefined || op !== 'matches') return broken
  const message = compileRegex(test.value as string)
  return typeof message === 'string' ? fault([...path, 'value'], 'regex_invalid', message) : undefined
}

function operandFault(op: Operator, value: unknown, path: Path): Fault | undefined {
  const wanted = wantedOperand(op, value)
  return wanted === undefined ? undefined : fault([...path, 'value'], 'operand_type', `${op} needs ${wanted}`)
}

function wantedOperand(op: Operator, value: unknown): string | undefined {
  const isOrdered = typeof value === 'string' || typeof value === 'number'
  switch (op) {
    case 'exists':
    case 'not_exists':
    case 'this_month':
      return value === undefined ? undefined : 'no value'
    case 'eq':
    case 'ne':
      return isOrdered || typeof value === 'boolean' ? undefined : 'a text, a number or true/false'
    case 'in':
    case 'not_in':
      return Array.isArray(value) ? undefined : 'a list'
    case 'between':
      return isPair(value) ? undefined : 'a list of two numbers or two texts'
    case 'starts_with':
    case 'ends_with':
    case 'matches':
      return typeof value === 'string' ? undefined : 'a text'
    default:
      return isOrdered ? undefined : 'a text or a number'
  }
}

function isPair(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [low, high] = value as unknown[]
  return typeof low === typeof high && (typeof low === 'number' || typeof low === 'string')
}

function countFault(walk: Walk, path: Path, depth: number): Fault | undefined {
  if (depth > ruleLimits.depth) return fault(path, 'too_deep', `nested deeper than ${ruleLimits.depth}`)
  if (++walk.nodes > ruleLimits.nodes)
    return fault(path, 'too_many', `more than ${ruleLimits.nodes} conditions`)
  return undefined
}

function kindOf<K extends string>(json: unknown, kinds: readonly K[]): K | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  return kinds.find((kind) => Object.hasOwn(json, kind))
}

function shapeFault(schema: z.ZodType, json: unknown, path: Path): Fault | undefined {
  const parsed = schema.safeParse(json)
  if (parsed.success) return undefined
  const issue = parsed.error.issues[0]
  if (issue === undefined) return fault(path, 'invalid', 'not valid')
  const own = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  return fault([...path, ...own, ...extra], issue.code, issue.message)
}

function firstFault<T>(
  items: T[],
  faultOf: (item: T, index: number) => Fault | undefined,
): Fault | undefined {
  for (const [index, item] of items.entries()) {
    const found = faultOf(item, index)
    if (found !== undefined) return found
  }
  return undefined
}

function fault(path: Path, reason: string, message: string): Fault {
  return { path, reason, message }
}
