import { Alert, Button, Drawer, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { findWord, useWords, type Words } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { type Answer, callRoute } from '#web/api-client.ts'
import { queryClient } from '#web/query-client.ts'
import { useRoute } from '#web/use-route.ts'
import { type Profile, routes } from '../../contract.ts'
import { contactOf } from '../attribute-value.ts'
import { attributeTitle } from '../attribute-words.ts'
import { AttributeText } from '../people/people-columns.tsx'
import { personWords } from '../person-words.ts'
import { kindText } from './identifier-text.ts'

type Props = { person: Profile; open: boolean; onClose: () => void; onMerged: (id: string) => void }

/** Search, see what would move, merge; the toast takes it back. */
export function MergeDrawer({ person, open, onClose, onMerged }: Props) {
  const t = useWords(personWords)
  return (
    <Drawer open={open} onClose={onClose} title={t('mergeTitle')} size="min(620px, 100vw)" destroyOnHidden>
      <MergeBody person={person} onClose={onClose} onMerged={onMerged} />
    </Drawer>
  )
}

function MergeBody({ person, onClose, onMerged }: Omit<Props, 'open'>) {
  const t = useWords(personWords)
  const toast = useToast()
  const [typed, setTyped] = useState('')
  const [other, setOther] = useState<Profile>()
  const [busy, setBusy] = useState(false)
  const found = useRoute(
    routes.list,
    { query: { search: typed, limit: 10 } },
    { enabled: typed.trim() !== '', keep: true },
  )
  const people = typed.trim() ? (found.data?.items ?? []).filter((one) => one.id !== person.id) : []
  const label = (one: Profile) => [one.name ?? t('anonymous'), contactOf(one)].filter(Boolean).join(' · ')
  const merge = async () => {
    if (!other) return
    setBusy(true)
    try {
      const merged = await callRoute(routes.merge, { params: { id: person.id }, body: { with: other.id } })
      // The preview is still on screen while the drawer closes; asking it again would be refused.
      await queryClient.invalidateQueries({
        predicate: (query) => query.queryKey[0] !== routes.previewMerge.post,
      })
      onClose()
      onMerged(merged.id)
      toast.undo(t('merged'), async () => {
        // Taking any one identifier of the other out takes the whole decision back; a person’s id stands for one.
        const identifier = { ref: other.id }
        await callRoute(routes.unmerge, { params: { id: merged.id }, body: { identifier } })
        await queryClient.invalidateQueries()
        toast.done(t('mergeUndone'))
      })
    } catch (error) {
      toast.failed(error)
      setBusy(false)
    }
  }
  return (
    <div className="identity-body">
      <p className="hw-muted">{t('mergePurpose')}</p>
      <Select
        showSearch={{ filterOption: false, onSearch: setTyped }}
        autoFocus
        aria-label={t('mergeSearch')}
        placeholder={t('mergeSearch')}
        loading={found.isFetching}
        notFoundContent={null}
        value={other?.id ?? null}
        options={[...people, ...(other && !people.includes(other) ? [other] : [])].map((one) => ({
          value: one.id,
          label: label(one),
        }))}
        onChange={(id: string) => setOther(people.find((one) => one.id === id))}
      />
      {other && <Preview person={person} other={other} />}
      {other && (
        <Button type="primary" loading={busy} onClick={() => void merge()}>
          {t('mergeDo')}
        </Button>
      )}
    </div>
  )
}

function Preview({ person, other }: { person: Profile; other: Profile }) {
  const t = useWords(personWords)
  const { language } = useDisplay()
  const query = useRoute(routes.previewMerge, { params: { id: person.id }, body: { with: other.id } })
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} compact />
  if (!query.data) return <Skeleton active />
  const { root, identifiers, events, warnings } = query.data
  const kept = root === other.id ? other : person
  return (
    <section className="identity-body" aria-live="polite">
      {warnings.map((warning) => (
        <Alert
          key={warning}
          type="warning"
          showIcon
          title={findWord(personWords as Words, `warning.${warning}`) ?? warning}
        />
      ))}
      <h3>{t('mergePreview')}</h3>
      <p>
        {t('mergeRoot')} <strong>{kept.name ?? t('anonymous')}</strong>
        {' · '}
        {t('mergeIdentifiers', { count: identifiers.length })}
        {' · '}
        {t('mergeEvents', { count: exactNumber(events, language) })}
      </p>
      <ul className="identity-pair">
        {identifiers.map(({ identifier }) => (
          <li key={`${identifier.kind}:${identifier.value}`} className="hw-pill hw-clip">
            <span className="hw-muted">{kindText(identifier.kind)}</span> {identifier.value}
          </li>
        ))}
      </ul>
      <Conflicts attributes={query.data.attributes} />
    </section>
  )
}

function Conflicts({ attributes }: { attributes: Answer<typeof routes.previewMerge>['attributes'] }) {
  const t = useWords(personWords)
  if (attributes.length === 0) return <p className="hw-fine">{t('mergeNoConflicts')}</p>
  return (
    <table className="identity-conflicts">
      <caption className="hw-fine">{t('mergeConflicts')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('attributeName')}</th>
          <th scope="col">{t('kept')}</th>
          <th scope="col">{t('dropped')}</th>
        </tr>
      </thead>
      <tbody>
        {attributes.map(({ name, kept, dropped }) => (
          <tr key={name}>
            <th scope="row">{attributeTitle(name)}</th>
            <td>
              <AttributeText value={kept} />
            </td>
            <td>
              <s>
                <AttributeText value={dropped} />
              </s>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
