import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IdentityGraph } from '../../contract.ts'
import { layOutIdentity, nodeSize } from './identity-layout.ts'

const kind = fc.constantFrom('user_id', 'email', 'phone', 'anonymous_id')
const graphs = fc
  .uniqueArray(fc.record({ kind, value: fc.stringMatching(/^[a-d]{1,2}$/) }), {
    selector: (one) => `${one.kind}:${one.value}`,
    maxLength: 12,
  })
  .chain((ids) => {
    const some =
      ids.length === 0
        ? fc.constant([])
        : fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)))
    return some.map(
      (pairs): IdentityGraph => ({
        nodes: ids.map((identifier) => ({
          identifier,
          ref: `${identifier.kind}:${identifier.value}`,
          profileId: 'p',
          root: false,
          firstSeen: null,
          lastSeen: null,
          events: 0,
          alsoHeldBy: [],
          intervals: [],
        })),
        links: pairs.map(([a, b]) => ({ a, b, time: '', messageId: '', source: null, rule: 'together' })),
        decisions: [],
      }),
    )
  })

test('every identifier has a place of its own, every joined pair one line', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const { nodes, edges, width, height } = layOutIdentity(graph)
      expect(nodes).toHaveLength(graph.nodes.length)
      expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length)
      for (const { x, y } of nodes) {
        expect(x + nodeSize.width).toBeLessThanOrEqual(width)
        expect(y + nodeSize.height).toBeLessThanOrEqual(height)
      }
      const pairs = graph.links.map(({ a, b }) =>
        [`${a.kind}:${a.value}`, `${b.kind}:${b.value}`].toSorted().join('\n'),
      )
      const joined = new Set(pairs.filter((pair) => new Set(pair.split('\n')).size === 2))
      expect(new Set(edges.map((edge) => edge.key))).toEqual(joined)
    }),
  )
})
