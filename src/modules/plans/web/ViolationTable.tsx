import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { SourceName } from '#modules/access/web/SourceName.tsx'
import { routes, type Violation } from '#modules/plans/contract.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useEventTitles } from '#web/use-event-titles.ts'
import { useRoute } from '#web/use-route.ts'
import { planRoute } from './pages.tsx'
import { planWords } from './plan-words.ts'

const periods = [1, 7, 30] as const

/** What broke the plan, one line per event, property, reason and source. */
export function ViolationTable({ hasPlan }: { hasPlan: boolean }) {
  const t = useWords(planWords)
  const { days = 7 } = planRoute.useSearch()
  const navigate = planRoute.useNavigate()
  const violations = useRoute(routes.violations, { query: { days } }, { keep: true })
  const columns = useColumns()
  const empty = hasPlan ? ['cleanTitle', 'cleanText'] : ['noPlanTitle', 'noPlanText']
  return (
    <>
      <div className="hw-bar">
        <Segmented
          value={days}
          options={periods.map((value) => ({ value, label: t(`days_${value}`) }))}
          onChange={(value) =>
            void navigate({
              search: (now) => ({ ...now, days: value === 1 || value === 30 ? value : undefined }),
              replace: true,
            })
          }
          aria-label={t('period')}
        />
      </div>
      <QueryTable
        label={t('tabViolations')}
        source={{
          rows: violations.data?.items ?? [],
          loading: violations.isPending,
          error: violations.error,
          hasMore: false,
          loadingMore: false,
          loadMore: () => undefined,
          retry: () => void violations.refetch(),
        }}
        columns={columns}
        rowKey={(row) => JSON.stringify([row.event, row.property, row.reason, row.source.name])}
        card={(row) => <ViolationCard row={row} />}
        empty={<EmptyState title={t(empty[0] as 'cleanTitle')} text={t(empty[1] as 'cleanText')} />}
      />
      <Stamp updatedAt={violations.dataUpdatedAt} />
    </>
  )
}

function useColumns(): Column<Violation>[] {
  const t = useWords(planWords)
  return [
    { id: 'event', title: t('name'), cell: (row) => <EventTitle name={row.event} /> },
    { id: 'property', title: t('property'), cell: (row) => <Property row={row} /> },
    { id: 'reason', title: t('reason'), cell: (row) => t(`reason_${row.reason}`) },
    { id: 'source', title: t('source'), width: 150, cell: (row) => <SourceName source={row.source} /> },
    {
      id: 'count',
      title: t('count'),
      width: 90,
      align: 'right',
      cell: (row) => <NumberText value={row.count} />,
    },
    { id: 'lastSeen', title: t('lastSeen'), width: 120, cell: (row) => <TimeText value={row.lastSeen} /> },
    { id: 'example', title: t('example'), width: 90, cell: (row) => <Example row={row} /> },
  ]
}

function EventTitle({ name }: { name: string }) {
  const titles = useEventTitles()
  return <strong title={name}>{titles.event(name) || '–'}</strong>
}

function Property({ row }: { row: Violation }) {
  const t = useWords(planWords)
  if (row.property === '') return <span className="hw-muted">{t('wholeEvent')}</span>
  return <code>{row.property}</code>
}

function Example({ row }: { row: Violation }) {
  const t = useWords(planWords)
  return (
    <Link to="/events" search={{ open: row.example }} className="plan-example">
      {t('openExample')}
    </Link>
  )
}

function ViolationCard({ row }: { row: Violation }) {
  const t = useWords(planWords)
  return (
    <>
      <div>
        <EventTitle name={row.event} /> <Property row={row} />
      </div>
      <div className="hw-fine">
        {t(`reason_${row.reason}`)} · <SourceName source={row.source} /> · <NumberText value={row.count} /> ·{' '}
        <Example row={row} />
      </div>
    </>
  )
}
