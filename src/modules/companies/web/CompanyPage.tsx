import { DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { type ReactNode, useState } from 'react'
import { Avatar } from '#ui/Avatar.tsx'
import { CopyText } from '#ui/CopyText.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { CompanySidePanels } from '#web/company-panels.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { type Company, routes } from '../contract.ts'
import { CompanyActivity } from './CompanyActivity.tsx'
import { CompanyAttributes } from './CompanyAttributes.tsx'
import { CompanyDialog } from './CompanyDialog.tsx'
import { CompanyPeople } from './CompanyPeople.tsx'
import { companyWords } from './company-words.ts'
import { companyRoute } from './pages.tsx'
import { RevenueText } from './RevenueText.tsx'
import './companies.css'

export function CompanyPage() {
  const { id } = companyRoute.useParams()
  const t = useWords(companyWords)
  const query = useRoute(routes.get, { params: { id } }, { every: 10_000 })
  if (query.error && !query.data)
    return (
      <div className="hw-page">
        <Link to="/companies">{t('back')}</Link>
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      </div>
    )
  if (!query.data)
    return (
      <div className="hw-page">
        <Skeleton active avatar paragraph={{ rows: 10 }} />
      </div>
    )
  return <Whole company={query.data} />
}

function Whole({ company }: { company: Company }) {
  const t = useWords(companyWords)
  const can = useCan()
  const name = company.name ?? company.externalId ?? t('nameless')
  return (
    <div className="hw-page">
      <PageHeader
        above={<Link to="/companies">{t('back')}</Link>}
        documentTitle={name}
        title={
          <span className="company-title">
            <Avatar id={company.id} name={name} size={36} />
            {name}
          </span>
        }
        actions={can('company:write') && <Actions company={company} name={name} />}
      />
      <section className="hw-panel" aria-label={t('details')}>
        <Facts company={company} />
      </section>
      <div className="company-columns">
        <div className="company-main">
          {can('people:read') && <CompanyPeople company={company} />}
          {can('people:read') && <CompanyActivity company={company} />}
        </div>
        <aside className="company-side">
          <CompanyAttributes company={company} />
          <CompanySidePanels company={company} />
        </aside>
      </div>
    </div>
  )
}

function Actions({ company, name }: { company: Company; name: string }) {
  const t = useWords(companyWords)
  const toast = useToast()
  const navigate = companyRoute.useNavigate()
  const [editing, setEditing] = useState(false)
  const refresh = [routes.list, routes.count]
  const remove = useChange(routes.remove, refresh)
  const restore = useChange(routes.restore, [...refresh, routes.get])
  const params = { id: company.id }
  const take = async () => {
    try {
      await remove.mutateAsync({ params })
      void navigate({ to: '/companies' })
      toast.undo(t('removed', { name }), () => restore.mutateAsync({ params }))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <>
      <Button icon={<EditOutlined aria-hidden="true" />} onClick={() => setEditing(true)}>
        {t('edit')}
      </Button>
      <Button
        icon={<DeleteOutlined aria-hidden="true" />}
        aria-label={t('remove')}
        title={t('remove')}
        loading={remove.isPending}
        onClick={() => void take()}
      />
      <CompanyDialog open={editing} company={company} onClose={() => setEditing(false)} />
    </>
  )
}

function Facts({ company }: { company: Company }) {
  const t = useWords(companyWords)
  const can = useCan()
  return (
    <dl className="company-facts">
      {company.domain && (
        <Fact title={t('domain')}>
          <CopyText text={company.domain} mono={false} />
        </Fact>
      )}
      {company.externalId && (
        <Fact title={t('externalId')}>
          <CopyText text={company.externalId} />
        </Fact>
      )}
      <Fact title={t('owner')}>{company.owner?.name ?? t('nobody')}</Fact>
      <Fact title={t('people')}>
        <span className="hw-number">{company.people}</span>
      </Fact>
      {can('order:read') && (
        <Fact title={t('revenue')}>
          <RevenueText revenue={company.revenue} />
        </Fact>
      )}
      <Fact title={t('lastActivity')}>
        {company.lastActivity ? <TimeText value={company.lastActivity} /> : t('never')}
      </Fact>
      <Fact title={t('createdAt')}>
        <TimeText value={company.createdAt} />
      </Fact>
    </dl>
  )
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  )
}
