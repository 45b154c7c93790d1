import { Link } from '@tanstack/react-router'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import type { Column } from '#ui/QueryTable.tsx'
import type { Attribute } from '../../attribute-shapes.ts'
import { attributeCatalogueWords } from './catalogue-words.ts'
import { titleOf } from './choose-attributes.ts'

export function useAttributeColumns(everyone: number): Column<Attribute>[] {
  const t = useWords(attributeCatalogueWords)
  return [
    {
      id: 'name',
      title: t('name'),
      cell: (row) => <NameCell row={row} />,
      sort: { ascending: 'name', descending: '-name' },
    },
    { id: 'type', title: t('type'), width: 150, cell: (row) => <TypeText row={row} /> },
    {
      id: 'people',
      title: t('coverage'),
      width: 150,
      cell: (row) => <Coverage people={row.people} everyone={everyone} />,
      sort: { ascending: 'people', descending: '-people' },
    },
    {
      id: 'examples',
      title: t('examples'),
      width: 260,
      cell: (row) => (
        <span className="hw-clip hw-muted attr-examples" title={row.examples.join('\n')}>
          {row.examples.join(' · ')}
        </span>
      ),
    },
    {
      id: 'misfits',
      title: t('misfits'),
      width: 100,
      align: 'right',
      cell: (row) => <Misfits row={row} />,
      sort: { ascending: 'misfits', descending: '-misfits' },
    },
  ]
}

function NameCell({ row }: { row: Attribute }) {
  const t = useWords(attributeCatalogueWords)
  const title = titleOf(row)
  return (
    <>
      <div className="attr-title">
        <strong className="hw-clip">{title}</strong>
        {title !== row.name && <span className="hw-fine hw-mono hw-clip">{row.name}</span>}
        <Marks row={row} />
      </div>
      <div className="hw-fine attr-text" title={row.description || undefined}>
        {row.group && <span className="attr-group">{row.group}</span>}
        {row.description || t('noDescription')}
      </div>
    </>
  )
}

function Marks({ row }: { row: Attribute }) {
  const t = useWords(attributeCatalogueWords)
  return (
    <>
      {row.personal && (
        <span className="hw-pill hw-pill-warning" title={t('personalHint')}>
          {t('personal')}
        </span>
      )}
      {row.searchable && (
        <span className="hw-pill" title={t('searchableHint')}>
          {t('searchable')}
        </span>
      )}
      {row.archived && <span className="hw-pill">{t('archived')}</span>}
    </>
  )
}

function TypeText({ row }: { row: Attribute }) {
  const t = useWords(attributeCatalogueWords)
  return (
    <>
      <div>{t(`type.${row.type}`)}</div>
      {!row.declared && <div className="hw-fine">{t('typeSeen')}</div>}
    </>
  )
}

/** The share of people who have a value, as a bar and a number. */
export function Coverage({ people, everyone }: { people: number; everyone: number }) {
  const t = useWords(attributeCatalogueWords)
  const { language } = useDisplay()
  const share = everyone === 0 ? 0 : people / everyone
  const title = t('coverageTitle', {
    people: exactNumber(people, language),
    everyone: exactNumber(everyone, language),
  })
  const percent = share > 0 && share < 0.01 ? '<1%' : `${Math.round(share * 100)}%`
  return (
    <span className="attr-coverage" title={title}>
      <span className="attr-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <span className="hw-number">{percent}</span>
    </span>
  )
}

function Misfits({ row }: { row: Attribute }) {
  const t = useWords(attributeCatalogueWords)
  const { language } = useDisplay()
  if (row.misfits === 0) return <span className="hw-muted">–</span>
  return (
    <span className="hw-warning" title={t('misfitsTitle', { count: exactNumber(row.misfits, language) })}>
      <NumberText value={row.misfits} />
    </span>
  )
}

export function AttributeCard({ row, everyone }: { row: Attribute; everyone: number }) {
  return (
    <>
      <div className="attr-title">
        <Link to="/attributes" search={{ open: row.name }}>
          {titleOf(row)}
        </Link>
        <Marks row={row} />
      </div>
      <div className="hw-fine">{row.description}</div>
      <div className="attr-card-line">
        <TypeText row={row} />
        <Coverage people={row.people} everyone={everyone} />
        {row.misfits > 0 && <Misfits row={row} />}
      </div>
    </>
  )
}
