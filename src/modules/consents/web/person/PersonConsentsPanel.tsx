import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import type { Profile } from '#modules/profiles/contract.ts'
import { channelWords } from '#ui/channel-words.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import type { PersonConsents } from '../../contract/shapes.ts'
import { routes } from '../../contract.ts'
import { consentWords } from '../consent-words.ts'
import { ChangeConsentDialog } from './ChangeConsentDialog.tsx'
import { ConsentHistoryDrawer } from './ConsentHistoryDrawer.tsx'
import '../consents.css'

/** What somebody said about being spoken to: now, before, with its proof; changed by hand. */
export function PersonConsentsPanel({ person }: { person: Profile }) {
  const t = useWords(consentWords)
  const can = useCan()
  const [shown, setShown] = useState<'change' | 'history'>()
  const may = can('consent:read')
  const query = useRoute(routes.ofPerson, { params: { id: person.id } }, { enabled: may, every: 10_000 })
  if (!may) return null
  return (
    <section className="hw-panel" aria-label={t('title')}>
      <div className="hw-panel-head">
        <h2>{t('title')}</h2>
        <span className="hw-bar-grow" />
        <Button type="text" size="small" onClick={() => setShown('history')}>
          {t('history')}
        </Button>
        {can('consent:write') && (
          <Button type="text" size="small" onClick={() => setShown('change')}>
            {t('change')}
          </Button>
        )}
      </div>
      <div className="hw-panel-body">
        {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} compact />}
        {query.isLoading && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
        {query.data && <Standing known={query.data} id={person.id} />}
      </div>
      <ChangeConsentDialog person={person} open={shown === 'change'} onClose={() => setShown(undefined)} />
      <ConsentHistoryDrawer person={person} open={shown === 'history'} onClose={() => setShown(undefined)} />
    </section>
  )
}

export const statePill = {
  granted: 'hw-pill hw-pill-success',
  denied: 'hw-pill hw-pill-danger',
  pending: 'hw-pill hw-pill-warning',
} as const

/** Topics by key, in the reader's language. */
export function useTopicName(): (key: string | null) => string {
  const t = useWords(consentWords)
  const { language } = useDisplay()
  const { data } = useRoute(routes.listTopics, {}, { staleTime: 60_000 })
  return (key) =>
    key === null ? t('allMarketing') : (data?.items.find((one) => one.key === key)?.name[language] ?? key)
}

function Standing({ known, id }: { known: PersonConsents; id: string }) {
  const t = useWords(consentWords)
  const c = useWords(channelWords)
  const nameOf = useTopicName()
  const toast = useToast()
  const mayWrite = useCan()('consent:write')
  const setCap = useChange(routes.changeCap, [routes.ofPerson])
  const removeCap = () => setCap.mutateAsync({ params: { id }, body: { cap: null } }).catch(toast.failed)
  return (
    <>
      {known.standing.length === 0 && <p className="hw-fine">{t('none')}</p>}
      <ul className="consent-list">
        {known.standing.map(({ channel, topic, state, at }) => (
          <li key={`${channel} ${topic}`}>
            <span className="hw-clip hw-bar-grow">
              {c(channel)} · {nameOf(topic)}
            </span>
            <span className={statePill[state]}>{t(`state.${state}`)}</span>
            <span className="hw-fine">
              <TimeText value={at} />
            </span>
          </li>
        ))}
      </ul>
      {known.cap && (
        <p className="hw-fine">
          {t('cap', known.cap)}{' '}
          {mayWrite && (
            <Button type="link" size="small" onClick={() => void removeCap()}>
              {t('removeCap')}
            </Button>
          )}
        </p>
      )}
    </>
  )
}
