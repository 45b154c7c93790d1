import { Link } from '@tanstack/react-router'
import { SourceName } from '#modules/access/web/SourceName.tsx'
import type { LiveEvent } from '#modules/collect/contract.ts'
import { findWord, useWords, type Words } from '#ui/i18n.ts'
import type { Column } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useEventTitles } from '#web/use-event-titles.ts'
import { collectWords } from './collect-words.ts'
import { OutcomePill } from './OutcomePill.tsx'
import { reasonText } from './reason-text.ts'

export function useLiveColumns(): Column<LiveEvent>[] {
  const t = useWords(collectWords)
  return [
    {
      id: 'time',
      title: t('time'),
      width: 100,
      cell: (row) => <TimeText value={row.receivedAt} as="seconds" />,
    },
    { id: 'outcome', title: t('outcome'), width: 100, cell: (row) => <OutcomePill outcome={row.outcome} /> },
    { id: 'name', title: t('name'), cell: (row) => <EventName row={row} /> },
    { id: 'person', title: t('person'), cell: (row) => <Who row={row} /> },
    { id: 'source', title: t('source'), width: 140, cell: (row) => <SourceName source={row.source} /> },
    { id: 'reason', title: t('reason'), cell: (row) => <Reason row={row} /> },
  ]
}

function Reason({ row }: { row: LiveEvent }) {
  const reason = reasonText(row)
  return (
    <span className="hw-muted" title={reason}>
      {reason}
    </span>
  )
}

export function EventName({ row }: { row: LiveEvent }) {
  const t = useWords(collectWords)
  const titles = useEventTitles()
  const type = row.type && (findWord(collectWords as Words, `type_${row.type}`) ?? row.type)
  // Calls without a name of their own (identify, alias) come named by their type.
  const name = row.name === row.type ? undefined : row.name
  return (
    <>
      <strong>{name ? titles.event(name) : row.type === 'track' || !type ? t('unnamed') : type}</strong>{' '}
      {/* Whoever debugs looks for what was sent. */}
      {name && titles.event(name) !== name && <code className="live-raw-name">{name}</code>}{' '}
      {name && type && <span className="hw-fine">{type}</span>}
    </>
  )
}

/** The identifier the item came with; a link once it is somebody. */
export function Who({ row }: { row: LiveEvent }) {
  const t = useWords(collectWords)
  const shown = row.userId ?? row.anonymousId
  if (!row.profileId) return <span className="hw-muted">{shown ?? t('nobody')}</span>
  return (
    <Link to="/people/$id" params={{ id: row.profileId }} onClick={(event) => event.stopPropagation()}>
      {shown ?? t('openPerson')}
    </Link>
  )
}

export function LiveCard({ row }: { row: LiveEvent }) {
  return (
    <>
      <div className="live-card-top">
        <span className="hw-clip">
          <EventName row={row} />
        </span>
        <OutcomePill outcome={row.outcome} />
      </div>
      <div className="hw-fine hw-clip live-line">
        <TimeText value={row.receivedAt} as="seconds" /> · <Who row={row} /> ·{' '}
        <SourceName source={row.source} />
      </div>
      {row.reason && <div className="hw-fine">{reasonText(row)}</div>}
    </>
  )
}
