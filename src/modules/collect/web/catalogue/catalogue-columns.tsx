import { Link } from '@tanstack/react-router'
import type { CatalogueItem } from '#modules/collect/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import type { Column } from '#ui/QueryTable.tsx'
import { Sparkline } from '#ui/Sparkline.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useEventTitles } from '#web/use-event-titles.ts'
import { catalogueWords } from './catalogue-words.ts'

export function useCatalogueColumns(): Column<CatalogueItem>[] {
  const t = useWords(catalogueWords)
  return [
    {
      id: 'name',
      title: t('name'),
      cell: (row) => <NameCell row={row} />,
      sort: { ascending: 'name', descending: '-name' },
    },
    {
      id: 'volume',
      title: t('volume'),
      width: 140,
      cell: (row) => <VolumeLine days={row.days} />,
      sort: { ascending: 'recent', descending: '-recent' },
    },
    {
      id: 'count',
      title: t('total'),
      width: 100,
      align: 'right',
      cell: (row) => <NumberText value={row.count} />,
      sort: { ascending: 'count', descending: '-count' },
    },
    {
      id: 'people',
      title: t('people'),
      width: 110,
      align: 'right',
      cell: (row) => <NumberText value={row.people} />,
    },
    {
      id: 'lastSeen',
      title: t('lastSeen'),
      width: 130,
      cell: (row) => (row.lastSeen ? <TimeText value={row.lastSeen} /> : <Never />),
      sort: { ascending: 'lastSeen', descending: '-lastSeen' },
    },
    {
      id: 'owner',
      title: t('owner'),
      width: 120,
      cell: (row) => row.owner?.name ?? <span className="hw-muted">–</span>,
    },
  ]
}

function NameCell({ row }: { row: CatalogueItem }) {
  const t = useWords(catalogueWords)
  const title = useEventTitles().event(row.name)
  const description = row.description || row.inherited.description
  return (
    <>
      <div>
        <strong>{title}</strong> {title !== row.name && <code className="hw-fine">{row.name}</code>}{' '}
        {row.type !== 'track' && <EventType type={row.type} />}{' '}
        {row.hidden && <span className="hw-pill">{t('hidden')}</span>}
      </div>
      <div className="hw-fine catalogue-text" title={description || undefined}>
        {description || t('noDescription')}
      </div>
    </>
  )
}

export function EventType({ type }: { type: string }) {
  const t = useWords(catalogueWords)
  const known = type === 'page' || type === 'screen' ? type : 'track'
  return <span className="hw-fine">{t(`type_${known}`)}</span>
}

const Never = () => <span className="hw-muted">{useWords(catalogueWords)('neverSeen')}</span>

/** The days as a line; wide in the drawer. */
export function VolumeLine({ days, wide = false }: { days: number[]; wide?: boolean }) {
  const t = useWords(catalogueWords)
  const { language } = useDisplay()
  const label = t('volumeLabel', {
    total: exactNumber(
      days.reduce((sum, count) => sum + count, 0),
      language,
    ),
    last: exactNumber(days.at(-1) ?? 0, language),
  })
  return (
    <span title={label}>
      <Sparkline values={days} label={label} {...(wide ? { width: 520, height: 64 } : {})} />
    </span>
  )
}

export function CatalogueCard({ row }: { row: CatalogueItem }) {
  const title = useEventTitles().event(row.name)
  return (
    <>
      <Link to="/catalogue" search={{ open: row.name }}>
        {title}
      </Link>
      <div className="hw-fine">
        {[title === row.name ? '' : row.name, row.description || row.inherited.description]
          .filter(Boolean)
          .join(' · ')}
      </div>
      <div className="catalogue-card-line">
        <VolumeLine days={row.days} />
        <NumberText value={row.count} />
        {row.lastSeen ? <TimeText value={row.lastSeen} /> : <Never />}
      </div>
    </>
  )
}
