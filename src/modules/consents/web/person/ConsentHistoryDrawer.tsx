import { Button, Drawer, Skeleton, Tooltip } from 'antd'
import type { Profile } from '#modules/profiles/contract.ts'
import { channelWords } from '#ui/channel-words.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { usePages } from '#web/use-route.ts'
import type { ConsentEntry } from '../../contract/shapes.ts'
import { routes } from '../../contract.ts'
import { consentWords } from '../consent-words.ts'
import { statePill, useTopicName } from './PersonConsentsPanel.tsx'

type Props = { person: Profile; open: boolean; onClose: () => void }

/** Everything somebody said, with what shows it: for who asks why they got a message. */
export function ConsentHistoryDrawer({ person, open, onClose }: Props) {
  const t = useWords(consentWords)
  return (
    <Drawer open={open} onClose={onClose} title={t('history')} size={520} destroyOnHidden>
      {open && <Entries id={person.id} />}
    </Drawer>
  )
}

function Entries({ id }: { id: string }) {
  const t = useWords(consentWords)
  const pages = usePages(routes.history, { params: { id }, query: { limit: 50 } })
  if (pages.error) return <ErrorState error={pages.error} retry={pages.retry} />
  if (pages.loading) return <Skeleton active />
  if (pages.rows.length === 0) return <p className="hw-fine">{t('none')}</p>
  return (
    <>
      <ol className="consent-history">
        {pages.rows.map((entry, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id, and are only added at the end
          <Entry key={at} entry={entry} />
        ))}
      </ol>
      {pages.hasMore && (
        <Button loading={pages.loadingMore} onClick={pages.loadMore}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

function Entry({ entry }: { entry: ConsentEntry }) {
  const t = useWords(consentWords)
  const c = useWords(channelWords)
  const nameOf = useTopicName()
  const proof = Object.entries(entry.proof)
  return (
    <li>
      <div className="hw-bar">
        <span className={statePill[entry.state]}>{t(`state.${entry.state}`)}</span>
        <span className="hw-bar-grow hw-clip">
          {c(entry.channel)} · {nameOf(entry.topic)}
        </span>
        <TimeText value={entry.at} />
      </div>
      <p className="hw-fine">
        {t(`source.${entry.source}`)} · {entry.by.name}
        {!entry.applied && (
          <Tooltip title={t('notAppliedHint')}>
            {' · '}
            <span>{t('notApplied')}</span>
          </Tooltip>
        )}
      </p>
      {proof.length === 0 ? (
        <p className="hw-fine">{t('noProof')}</p>
      ) : (
        <dl className="consent-proof" aria-label={t('proof')}>
          {proof.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
