import { DownOutlined, PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { useMemo, useState } from 'react'
import { SavedViews } from '#modules/views/web/SavedViews.tsx'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { useShortcut } from '#ui/shortcuts.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { RuleCatalogueProvider } from '#web/RuleCatalogueProvider.tsx'
import { useCan, useMe } from '#web/session.ts'
import { usePages } from '#web/use-route.ts'
import { routes, type Segment } from '../contract.ts'
import { listWords } from './lists/list-words.ts'
import { NewListDialog } from './lists/NewListDialog.tsx'
import { PackDialog } from './packs/PackDialog.tsx'
import { packWords } from './packs/pack-words.ts'
import { segmentsRoute } from './pages.tsx'
import { InAndOut, RuleText, SizeLine, StatePill } from './SegmentCells.tsx'
import { SegmentPicture } from './SegmentPicture.tsx'
import { segmentWords } from './segment-words.ts'
import { templateWords } from './templates/template-words.ts'
import { vennWords } from './venn/venn-words.ts'
import './segments.css'

/** Fast enough to see a first count finish, slow enough to cost nothing. */
const refreshMs = 5_000

export function SegmentListPage() {
  const t = useWords(segmentWords)
  const l = useWords(listWords)
  const n = useWords(vennWords)
  const m = useWords(templateWords)
  const p = useWords(packWords)
  const can = useCan()
  const { seesAll } = useMe()
  const search = segmentsRoute.useSearch()
  const navigate = segmentsRoute.useNavigate()
  const source = usePages(
    routes.list,
    { query: { search: search.q, sort: search.sort ?? '-updatedAt' } },
    { every: refreshMs, keep: true },
  )
  const create = () => void navigate({ to: '/segments/new' })
  useShortcut('n', t('create'), t('groupPage'), create)
  const [naming, setNaming] = useState(false)
  const [taking, setTaking] = useState(false)
  const ways = [
    { key: 'template', label: m('open'), onClick: () => void navigate({ to: '/segments/templates' }) },
    { key: 'list', label: l('newList'), onClick: () => setNaming(true) },
    { key: 'pack', label: p('open'), onClick: () => setTaking(true) },
  ]
  const button = can('segment:write') && (
    <>
      <Button onClick={() => void navigate({ to: '/segments/combine' })}>{n('open')}</Button>
      <Dropdown menu={{ items: ways }} trigger={['click']} placement="bottomRight">
        <Button>
          {t('moreNew')} <DownOutlined aria-hidden="true" />
        </Button>
      </Dropdown>
      <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={create}>
        {t('create')}
      </Button>
    </>
  )
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const setSearch = (q: string) => set({ q: q || undefined })
  const empty = search.q ? (
    <EmptyState
      title={t('noMatchTitle')}
      text={t('noMatchText')}
      action={<Button onClick={() => setSearch('')}>{t('clear')}</Button>}
    />
  ) : (
    <EmptyState title={t('emptyTitle')} text={t('emptyText')} picture={<SegmentPicture />} action={button} />
  )
  return (
    <RuleCatalogueProvider>
      <div className="hw-page hw-page-fill">
        <PageHeader
          title={t('title')}
          purpose={seesAll ? t('purpose') : t('purposeYours')}
          actions={
            <>
              <SavedViews list="segments" keys={viewKeys} search={search} onChange={set} />
              {button}
            </>
          }
        />
        <div className="hw-bar">
          <SearchBox value={search.q} label={t('search')} onSearch={setSearch} />
        </div>
        <QueryTable
          label={t('title')}
          source={source}
          columns={useColumns()}
          rowKey={(segment) => segment.id}
          rowHeight={52}
          onOpen={(segment) => void navigate({ to: '/segments/$id', params: { id: segment.id } })}
          sort={search.sort ?? '-updatedAt'}
          onSort={(sort) => set({ sort: sort as Sort })}
          card={(segment) => <SegmentCard segment={segment} />}
          empty={empty}
        />
        <Stamp updatedAt={source.updatedAt || undefined} exact />
        <PackDialog open={taking} onClose={() => setTaking(false)} />
        <NewListDialog
          open={naming}
          onClose={() => setNaming(false)}
          onMade={(id) => void navigate({ to: '/segments/$id', params: { id } })}
        />
      </div>
    </RuleCatalogueProvider>
  )
}

/** What a view of this list holds. */
const viewKeys = ['q', 'sort'] as const

type Sort = 'name' | '-size' | '-updatedAt'

function useColumns(): Column<Segment>[] {
  const t = useWords(segmentWords)
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('name'),
        sort: { descending: 'name' },
        cell: (segment) => <NameCell segment={segment} />,
      },
      {
        id: 'size',
        title: t('size'),
        width: 96,
        align: 'right',
        sort: { descending: '-size' },
        cell: (segment) => <NumberText value={segment.size} exact />,
      },
      {
        id: 'change',
        title: t('change'),
        width: 140,
        align: 'right',
        cell: (segment) => <InAndOut segment={segment} />,
      },
      { id: 'trend', title: t('trend'), width: 128, cell: (segment) => <SizeLine segment={segment} /> },
      { id: 'state', title: t('state'), width: 104, cell: (segment) => <StatePill segment={segment} /> },
      {
        id: 'fresh',
        title: t('fresh'),
        width: 104,
        cell: (segment) => <TimeText value={segment.countedAt} />,
      },
      {
        id: 'updated',
        title: t('updated'),
        width: 104,
        sort: { descending: '-updatedAt' },
        cell: (segment) => <TimeText value={segment.updatedAt} />,
      },
      { id: 'by', title: t('by'), width: 110, cell: (segment) => segment.createdBy },
    ],
    [t],
  )
}

function NameCell({ segment }: { segment: Segment }) {
  return (
    <div className="segment-name-cell">
      <Link
        to="/segments/$id"
        params={{ id: segment.id }}
        className="segment-link hw-clip"
        onClick={(event) => event.stopPropagation()}
      >
        {segment.name}
      </Link>
      <RuleText segment={segment} />
    </div>
  )
}

function SegmentCard({ segment }: { segment: Segment }) {
  const t = useWords(segmentWords)
  const { language } = useDisplay()
  return (
    <div className="segment-card">
      <div className="hw-bar segment-card-top">
        <Link to="/segments/$id" params={{ id: segment.id }} className="segment-link hw-clip hw-bar-grow">
          {segment.name}
        </Link>
        <StatePill segment={segment} />
      </div>
      <RuleText segment={segment} />
      <div className="hw-bar segment-card-numbers">
        <strong className="hw-number">
          {segment.size === null
            ? t('counting')
            : t('people', { count: exactNumber(segment.size, language) })}
        </strong>
        <InAndOut segment={segment} />
        <span className="hw-bar-grow" />
        <SizeLine segment={segment} />
      </div>
    </div>
  )
}
