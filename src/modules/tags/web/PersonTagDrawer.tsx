import { Drawer, Skeleton } from 'antd'
import type { Profile } from '#modules/profiles/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { usePages, useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { personTagsWords } from './person-tags-words.ts'
import { TagEntries, useSaid } from './TagEntries.tsx'
import './tags.css'

type Props = { person: Profile; open: boolean; onClose: () => void }

/** Who gave a person which tag, when, why and until when; and what was taken off. */
export function PersonTagDrawer({ person, open, onClose }: Props) {
  const t = useWords(personTagsWords)
  return (
    <Drawer open={open} onClose={onClose} title={t('history')} size="min(520px, 100vw)" destroyOnHidden>
      <Body person={person} />
    </Drawer>
  )
}

function Body({ person }: Pick<Props, 'person'>) {
  const t = useWords(personTagsWords)
  const params = { id: person.id }
  const history = usePages(routes.historyOfPerson, { params, query: { limit: 30 } })
  return (
    <div className="tag-drawer">
      <section>
        <h3>{t('now')}</h3>
        <HeldTags id={person.id} />
      </section>
      <section>
        <h3>{t('changes')}</h3>
        <TagEntries source={history} about="tag" />
      </section>
    </div>
  )
}

function HeldTags({ id }: { id: string }) {
  const t = useWords(personTagsWords)
  const said = useSaid()
  const { data, error, refetch } = useRoute(routes.ofPerson, { params: { id } })
  if (error) return <ErrorState error={error} retry={() => void refetch()} compact />
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />
  if (data.items.length === 0) return <p className="hw-fine">{t('none')}</p>
  return (
    <ul className="tag-entries">
      {data.items.map((held) => (
        <li key={held.tag}>
          <div className="hw-bar">
            <span className="hw-clip hw-bar-grow">{held.tag}</span>
            <span className="hw-fine">
              {t('since')} <TimeText value={held.since} />
            </span>
            {held.until && (
              <span className="hw-fine">
                {t('until')} <TimeText value={held.until} />
              </span>
            )}
          </div>
          <p className="hw-fine">{said(held)}</p>
        </li>
      ))}
    </ul>
  )
}
