import { useMemo, useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { IdentityGraph } from '../../contract.ts'
import { personWords } from '../person-words.ts'
import { KindIcon } from './IdentityPanel.tsx'
import { kindText } from './identifier-text.ts'
import { layOutIdentity, nodeSize } from './identity-layout.ts'

/** Identifiers and what joined them as a picture; the list below says the same in words. */
export function IdentityPicture({ graph }: { graph: IdentityGraph }) {
  const t = useWords(personWords)
  const [near, setNear] = useState<string>()
  const layout = useMemo(() => layOutIdentity(graph), [graph])
  if (graph.nodes.length < 2) return null
  const isNear = (key: string) =>
    near === undefined ||
    near === key ||
    layout.edges.some(({ ends }) => ends.includes(near) && ends.includes(key))
  return (
    <figure className="identity-picture">
      <div style={{ width: layout.width, height: layout.height }} aria-hidden="true">
        <svg width={layout.width + nodeSize.gapX / 2} height={layout.height} role="presentation">
          {layout.edges.map((edge) => (
            <path
              key={edge.key}
              d={edge.path}
              className={`identity-edge${edge.byHand ? ' identity-edge-hand' : ''}${
                near !== undefined && !edge.ends.includes(near) ? ' identity-far' : ''
              }`}
            >
              <title>{edge.title}</title>
            </path>
          ))}
        </svg>
        {layout.nodes.map(({ key, x, y, node }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: pointing only dims what is far; nothing depends on it
          <div
            // Two that are masked may look alike.
            key={node.ref}
            className={`identity-dot${node.root ? ' identity-dot-root' : ''}${isNear(key) ? '' : ' identity-far'}`}
            style={{ left: x, top: y, width: nodeSize.width, height: nodeSize.height }}
            onMouseEnter={() => setNear(key)}
            onMouseLeave={() => setNear(undefined)}
          >
            <KindIcon kind={node.identifier.kind} />
            <span className="identity-dot-text">
              <span className="hw-fine">{kindText(node.identifier.kind)}</span>
              <span className="hw-clip" title={node.identifier.value}>
                {node.identifier.value}
              </span>
            </span>
          </div>
        ))}
      </div>
      <figcaption className="hw-fine">{t('pictureHint')}</figcaption>
    </figure>
  )
}
