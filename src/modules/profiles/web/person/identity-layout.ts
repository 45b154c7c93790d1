import type { Identifier, IdentityGraph } from '../../contract.ts'
import { identifierKey } from './identifier-text.ts'

export const nodeSize = { width: 168, height: 44, gapX: 48, gapY: 14 } as const

export type PlacedNode = { key: string; x: number; y: number; node: IdentityGraph['nodes'][number] }
export type PlacedEdge = { key: string; path: string; byHand: boolean; title: string; ends: [string, string] }
export type IdentityLayout = { nodes: PlacedNode[]; edges: PlacedEdge[]; width: number; height: number }

const columnOf = ({ kind }: Identifier) => (kind === 'anonymous_id' ? 2 : kind === 'user_id' ? 0 : 1)

/** Logins left, contacts in the middle, devices right; what joined two as a line between them, each pair once. */
export function layOutIdentity(graph: IdentityGraph): IdentityLayout {
  const { width, height, gapX, gapY } = nodeSize
  const filled = [0, 1, 2].filter((column) =>
    graph.nodes.some((node) => columnOf(node.identifier) === column),
  )
  const nodes = filled.flatMap((column, at) =>
    graph.nodes
      .filter((node) => columnOf(node.identifier) === column)
      .map((node, row) => ({
        key: identifierKey(node.identifier),
        x: at * (width + gapX),
        y: row * (height + gapY),
        node,
      })),
  )
  const places = new Map(nodes.map((one) => [one.key, one]))
  const edges = new Map<string, PlacedEdge>()
  const join = (a: string, b: string, title: string, byHand: boolean) => {
    const [from, to] = [places.get(a), places.get(b)].toSorted((x, y) => (x?.x ?? 0) - (y?.x ?? 0))
    const key = [a, b].toSorted().join('\n')
    if (from && to && from !== to && !edges.has(key))
      edges.set(key, { key, path: curve(from, to), byHand, title, ends: [from.key, to.key] })
  }
  for (const { a, b, rule, source } of graph.links)
    join(identifierKey(a), identifierKey(b), source ? `${rule} · ${source}` : rule, rule === 'merge')
  for (const { type, by, identifiers } of graph.decisions) {
    const [first, ...others] = identifiers.map(identifierKey)
    if (type === 'merge' && first) for (const other of others) join(first, other, by, true)
  }
  const bottom = nodes.reduce((most, one) => Math.max(most, one.y + height), 0)
  return {
    nodes,
    edges: [...edges.values()],
    width: Math.max(1, filled.length) * (width + gapX) - gapX,
    height: bottom,
  }
}

type Spot = { x: number; y: number }

/** From the right side of one to the left of the other; within a column a bow at its side. */
function curve(from: Spot, to: Spot): string {
  const { width, height, gapX } = nodeSize
  const [y1, y2] = [from.y + height / 2, to.y + height / 2]
  if (from.x === to.x) {
    const side = from.x + width
    return `M ${side} ${y1} C ${side + gapX / 2} ${y1}, ${side + gapX / 2} ${y2}, ${side} ${y2}`
  }
  const [x1, x2] = [from.x + width, to.x]
  const middle = (x1 + x2) / 2
  return `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`
}
