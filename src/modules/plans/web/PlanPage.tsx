import { PlusOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { routes } from '#modules/plans/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { PlanEventDrawer } from './PlanEventDrawer.tsx'
import { PlanEvents } from './PlanEvents.tsx'
import { PlanMode } from './PlanMode.tsx'
import { planRoute } from './pages.tsx'
import { planWords } from './plan-words.ts'
import { SchemaButtons } from './SchemaButtons.tsx'
import { ViolationTable } from './ViolationTable.tsx'
import './plan.css'

export function PlanPage() {
  const t = useWords(planWords)
  const can = useCan()
  const search = planRoute.useSearch()
  const navigate = planRoute.useNavigate()
  const plan = useRoute(routes.get, {})
  const mayWrite = can('event:write')
  const set = (change: Partial<typeof search>) => void navigate({ search: (now) => ({ ...now, ...change }) })
  const add = mayWrite && plan.data && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => set({ new: true })}>
      {t('addEvent')}
    </Button>
  )
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          plan.data && (
            <>
              <SchemaButtons plan={plan.data} mayWrite={mayWrite} />
              {add}
            </>
          )
        }
      />
      {plan.error && !plan.data && <ErrorState error={plan.error} retry={() => void plan.refetch()} />}
      {plan.data && plan.data.version > 0 && <PlanMode plan={plan.data} mayWrite={mayWrite} />}
      {plan.data && (
        <Tabs
          className="plan-tabs"
          activeKey={search.tab ?? 'events'}
          onChange={(tab) => set({ tab: tab === 'violations' ? tab : undefined })}
          items={[
            { key: 'events', label: t('tabEvents') },
            { key: 'violations', label: t('tabViolations') },
          ]}
        />
      )}
      {plan.data &&
        (search.tab === 'violations' ? (
          <ViolationTable hasPlan={plan.data.events.length > 0 || plan.data.unplanned === 'mark'} />
        ) : (
          <PlanEvents plan={plan.data} add={add} />
        ))}
      {plan.data && mayWrite && <PlanEventDrawer plan={plan.data} />}
    </div>
  )
}
