import { Drawer, Skeleton } from 'antd'
import type { z } from 'zod'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import type { Answer } from '#web/api-client.ts'
import { useRoute } from '#web/use-route.ts'
import { type IdentityLink, type Profile, routes } from '../../contract.ts'
import { personWords } from '../person-words.ts'
import { ExplainIdentity } from './ExplainIdentity.tsx'
import { IdentityNodeRow } from './IdentityNodeRow.tsx'
import { IdentityPicture } from './IdentityPicture.tsx'
import { kindText } from './identifier-text.ts'
import { LinkLine } from './LinkLine.tsx'

type Props = { person: Profile; open: boolean; onClose: () => void; onPerson: (id: string) => void }
type Graph = Answer<typeof routes.identity>

/** Why these identifiers are one person, and how to take one out. */
export function IdentityDrawer({ person, open, onClose, onPerson }: Props) {
  const t = useWords(personWords)
  return (
    <Drawer open={open} onClose={onClose} title={t('identityTitle')} size="min(680px, 100vw)" destroyOnHidden>
      <IdentityBody person={person} onPerson={onPerson} />
    </Drawer>
  )
}

function IdentityBody({ person, onPerson }: Pick<Props, 'person' | 'onPerson'>) {
  const t = useWords(personWords)
  const query = useRoute(routes.identity, { params: { id: person.id } })
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  if (!query.data) return <Skeleton active paragraph={{ rows: 8 }} />
  const { nodes, links, decisions } = query.data
  return (
    <div className="identity-body">
      <p className="hw-muted">{t('identityPurpose')}</p>
      <IdentityPicture graph={query.data} />
      <ul className="identity-nodes">
        {nodes.map((node) => (
          <IdentityNodeRow
            key={node.ref}
            person={person}
            node={node}
            single={nodes.length === 1}
            onPerson={onPerson}
          />
        ))}
      </ul>
      <LinkSection links={links} />
      <DecisionSection decisions={decisions} />
      <ExplainIdentity identifiers={nodes.map(({ identifier, ref }) => ({ ...identifier, ref }))} />
    </div>
  )
}

function LinkSection({ links }: { links: z.infer<typeof IdentityLink>[] }) {
  const t = useWords(personWords)
  if (links.length === 0) return null
  return (
    <section>
      <h3>{t('links')}</h3>
      <ul>
        {links.map((link) => (
          <LinkLine
            key={`${link.messageId} ${link.a.kind}:${link.a.value} ${link.b.kind}:${link.b.value}`}
            link={link}
          />
        ))}
      </ul>
    </section>
  )
}

function DecisionSection({ decisions }: { decisions: Graph['decisions'] }) {
  const t = useWords(personWords)
  if (decisions.length === 0) return null
  return (
    <section>
      <h3>{t('decisions')}</h3>
      <ul>
        {decisions.map((decision) => (
          <li key={decision.id} className="identity-link">
            <TimeText value={decision.time} /> {t(`decision.${decision.type}`, { by: decision.by })}{' '}
            {decision.identifiers.map((one) => `${kindText(one.kind)} ${one.value}`).join(t('listSep'))}
          </li>
        ))}
      </ul>
    </section>
  )
}
