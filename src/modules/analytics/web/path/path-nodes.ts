import { exitItem, otherItem, type PathEdge, type PathGroup, type PathQuestion } from '../../contract/path.ts'
import type { StateEvent } from '../question-state.ts'

export type PathNode = { id: string; place: number; item: string; value: number }

export function readNode(id: string): { place: number; item: string } {
  const at = id.indexOf('_')
  return { place: Number(id.slice(0, at)), item: id.slice(at + 1) }
}

export const isOwn = (item: string): boolean => item !== exitItem && item !== otherItem

/** Nodes in the order they are drawn: by place, the fullest first, what is no item last. */
export function nodesOf(edges: readonly PathEdge[]): PathNode[] {
  const flow = new Map<string, { in: number; out: number }>()
  const add = (id: string, side: 'in' | 'out', value: number) => {
    const own = flow.get(id) ?? { in: 0, out: 0 }
    own[side] += value
    flow.set(id, own)
  }
  for (const { source, target, value } of edges) {
    add(source, 'out', value)
    add(target, 'in', value)
  }
  const rank = ({ item }: PathNode) => (item === exitItem ? 2 : item === otherItem ? 1 : 0)
  return [...flow]
    .map(([id, sides]) => ({ id, ...readNode(id), value: Math.max(sides.in, sides.out) }))
    .toSorted((a, b) => a.place - b.place || rank(a) - rank(b) || b.value - a.value)
}

/** Items by how much goes through them: the first ones get a colour of their own, the same at every place. */
export function itemOrder(nodes: readonly PathNode[]): string[] {
  const sums = new Map<string, number>()
  for (const { item, value } of nodes) if (isOwn(item)) sums.set(item, (sums.get(item) ?? 0) + value)
  return [...sums].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([item]) => item)
}

/** The items most paths to a node have in turn; from a node of the first place on, also the one most go to. */
export function mainWay(edges: readonly PathEdge[], id: string): string[] {
  const own = edges
    .filter(({ source, target }) => isOwn(readNode(source).item) && isOwn(readNode(target).item))
    .toSorted((a, b) => b.value - a.value)
  const way = [id]
  for (let at = id; ; ) {
    const before = own.find(({ target }) => target === at)
    if (before === undefined) break
    at = before.source
    way.unshift(at)
  }
  const next = way.length === 1 ? own.find(({ source }) => source === id) : undefined
  return [...way, ...(next ? [next.target] : [])].map((one) => readNode(one).item)
}

/** An item as the step of a funnel; undefined where its group cannot be said as events. */
export function stepOf(
  item: string,
  by: PathQuestion['by'],
  groups: readonly PathGroup[],
  events: readonly string[],
): StateEvent | undefined {
  const group = groups.find(({ name }) => name === item)
  if (by !== 'event') {
    const tests = (group?.patterns ?? [item]).map((pattern) => testOf(by.prop, pattern, group !== undefined))
    const [first] = tests
    if (first === undefined || tests.includes(undefined)) return undefined
    const where = tests.length === 1 ? [first] : [{ any: tests }]
    return { event: null, where: where as NonNullable<StateEvent['where']> }
  }
  if (!group) return { event: item }
  const [first, ...or] = events.filter((event) => group.patterns.some((one) => fits(event, one)))
  if (first === undefined) return undefined
  return { event: first, ...(or.length > 0 ? { or: or.slice(0, 20).map((event) => ({ event })) } : {}) }
}

function testOf(prop: string, pattern: string, isPattern: boolean) {
  const parts = isPattern ? pattern.split('*') : [pattern]
  const [first = '', last = ''] = parts
  if (parts.length === 1) return { prop, op: 'eq', value: first }
  return parts.length === 2 && last === '' && first !== ''
    ? { prop, op: 'starts_with', value: first }
    : undefined
}

export function fits(text: string, pattern: string): boolean {
  const quoted = pattern.split('*').map((part) => part.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'))
  return new RegExp(`^(?:${quoted.join('[\\s\\S]*')})$`).test(text)
}
