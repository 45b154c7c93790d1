import { PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { ImportButton } from '#modules/imports/web/ImportButton.tsx'
import { OwnerFilter, useOwnerQuery } from '#modules/profiles/web/owner/OwnerFilter.tsx'
import { SavedViews } from '#modules/views/web/SavedViews.tsx'
import { Avatar } from '#ui/Avatar.tsx'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { SearchBox } from '#ui/SearchBox.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useCan, useMe } from '#web/session.ts'
import { usePages, useRoute } from '#web/use-route.ts'
import { type Company, routes } from '../contract.ts'
import { AttributeFilter, whereOf } from './AttributeFilter.tsx'
import { CompaniesPicture } from './CompaniesPicture.tsx'
import { CompanyDialog } from './CompanyDialog.tsx'
import { companyCatalogueWords } from './company-catalogue-words.ts'
import { companyWords } from './company-words.ts'
import { companiesRoute } from './pages.tsx'
import { RevenueText } from './RevenueText.tsx'
import './companies.css'

export function CompaniesPage() {
  const t = useWords(companyWords)
  const c = useWords(companyCatalogueWords)
  const { language } = useDisplay()
  const can = useCan()
  const search = companiesRoute.useSearch()
  const navigate = companiesRoute.useNavigate()
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const [adding, setAdding] = useState(false)
  const sort = search.sort ?? '-lastActivity'
  const owner = useOwnerQuery(search.owner)
  const where = whereOf(search)
  const question = { search: search.q, owner, where: where && JSON.stringify(where) }
  const source = usePages(routes.list, { query: { ...question, sort } }, { keep: true })
  const count = useRoute(routes.count, { query: question }, { keep: true })
  const columns = useColumns()
  const open = (id: string) => void navigate({ to: '/companies/$id', params: { id } })
  const clear = () =>
    set({ q: undefined, owner: undefined, attr: undefined, op: undefined, value: undefined })
  const add = can('company:write') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('newCompany')}
    </Button>
  )
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <SavedViews list="companies" keys={viewKeys} search={search} onChange={set} />
            <span className="company-head-count hw-number" aria-live="polite">
              {count.data ? t('count', { count: exactNumber(count.data.count, language) }) : ' '}
            </span>
            <Link to="/company-attributes">{c('open')}</Link>
            {add}
          </>
        }
      />
      <div className="hw-bar">
        <SearchBox value={search.q} label={t('search')} onSearch={(q) => set({ q: q || undefined })} />
        <AttributeFilter value={search} onChange={set} />
        <OwnerFilter value={search.owner} onChange={(next) => set({ owner: next })} />
        <span className="hw-bar-grow" />
        <ImportButton />
      </div>
      <QueryTable
        label={t('title')}
        source={source}
        columns={columns}
        rowKey={(company) => company.id}
        onOpen={(company) => open(company.id)}
        sort={sort}
        onSort={(next) => set({ sort: next as typeof sort })}
        card={(company) => <CompanyCard company={company} />}
        empty={
          search.q || owner || where ? (
            <EmptyState
              title={t('noMatchTitle')}
              text={t('noMatchText')}
              action={<Button onClick={clear}>{t('clearAll')}</Button>}
            />
          ) : (
            <NoneYet action={add} />
          )
        }
      />
      <Stamp updatedAt={source.updatedAt || undefined} exact />
      <CompanyDialog
        open={adding}
        company={undefined}
        onClose={() => setAdding(false)}
        onSaved={(made) => open(made.id)}
      />
    </div>
  )
}

/** What a view of this list holds. */
const viewKeys = ['q', 'sort', 'owner', 'attr', 'op', 'value'] as const

function NoneYet({ action }: { action: ReactNode }) {
  const t = useWords(companyWords)
  const { seesAll } = useMe()
  const [title, text] = seesAll
    ? [t('emptyTitle'), t('emptyText')]
    : [t('emptyYoursTitle'), t('emptyYoursText')]
  return <EmptyState title={title} text={text} picture={<CompaniesPicture />} action={action} />
}

function useColumns(): Column<Company>[] {
  const t = useWords(companyWords)
  return [
    {
      id: 'name',
      title: t('name'),
      sort: { ascending: 'name', descending: '-name' },
      cell: (company) => <CompanyName company={company} />,
    },
    {
      id: 'domain',
      title: t('domain'),
      width: 180,
      cell: ({ domain }) => domain ?? <span className="hw-muted">–</span>,
    },
    {
      id: 'people',
      title: t('people'),
      width: 90,
      align: 'right',
      sort: { ascending: 'people', descending: '-people' },
      cell: ({ people }) => <span className="hw-number">{people}</span>,
    },
    {
      id: 'lastActivity',
      title: t('lastActivity'),
      width: 130,
      sort: { ascending: 'lastActivity', descending: '-lastActivity' },
      cell: ({ lastActivity }) => <TimeText value={lastActivity} />,
    },
    {
      id: 'revenue',
      title: t('revenue'),
      width: 140,
      align: 'right',
      cell: ({ revenue }) => <RevenueText revenue={revenue} />,
    },
    {
      id: 'owner',
      title: t('owner'),
      width: 120,
      cell: ({ owner }) => owner?.name ?? <span className="hw-muted">–</span>,
    },
    {
      id: 'createdAt',
      title: t('createdAt'),
      width: 130,
      sort: { ascending: 'createdAt', descending: '-createdAt' },
      cell: ({ createdAt }) => <TimeText value={createdAt} />,
    },
  ]
}

function CompanyName({ company }: { company: Company }) {
  const t = useWords(companyWords)
  const name = company.name ?? company.externalId
  return (
    <span className="company-title">
      <Avatar id={company.id} name={name} size={26} />
      <Link
        to="/companies/$id"
        params={{ id: company.id }}
        className="company-name hw-clip"
        onClick={(event) => event.stopPropagation()}
      >
        {name ?? t('nameless')}
      </Link>
    </span>
  )
}

function CompanyCard({ company }: { company: Company }) {
  const t = useWords(companyWords)
  const { language } = useDisplay()
  return (
    <div className="company-card">
      <div className="hw-bar">
        <CompanyName company={company} />
        <span className="hw-bar-grow" />
        <span className="hw-fine">
          <TimeText value={company.lastActivity} />
        </span>
      </div>
      <div className="hw-bar">
        <span className="hw-fine hw-clip">
          {[company.domain, company.owner?.name].filter(Boolean).join(' · ')}
        </span>
        <span className="hw-bar-grow" />
        <span className="hw-fine">{t('peopleCount', { count: exactNumber(company.people, language) })}</span>
        <RevenueText revenue={company.revenue} />
      </div>
    </div>
  )
}
