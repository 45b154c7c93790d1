import { PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { FilterSelect } from '#ui/FilterSelect.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { QueryTable } from '#ui/QueryTable.tsx'
import { NarrowBar } from '#web/lists/NarrowBar.tsx'
import { isNarrowed, narrowedQuery } from '#web/lists/narrowed.ts'
import { useCan } from '#web/session.ts'
import { usePages, useRoute } from '#web/use-route.ts'
import { sayAmount, sayCondition } from '../alert-text.ts'
import { type Alert, alertStates } from '../contract/alert.ts'
import { routes } from '../contract.ts'
import { AlertDrawer } from './AlertDrawer.tsx'
import { AlertEditor } from './AlertEditor.tsx'
import { AlertPicture } from './AlertPicture.tsx'
import { useAlertColumns } from './alert-columns.tsx'
import { alertWords } from './alert-words.ts'
import { NewAlert } from './NewAlert.tsx'
import { alertsRoute } from './pages.tsx'
import { StandingPill } from './StandingPill.tsx'
import { isWatchable } from './watchable.ts'
import './alerts.css'

/** Every alert I made or that tells me; what is open, narrowed and edited stands in the address. */
export function AlertsPage() {
  const t = useWords(alertWords)
  const can = useCan()
  const search = alertsRoute.useSearch()
  const navigate = alertsRoute.useNavigate()
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const { standing } = search
  const query = { ...narrowedQuery(search), ...(standing ? { standing } : {}) }
  const source = usePages(routes.list, { query }, { keep: true, every: 15_000 })
  const add = can('analytics:write') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => set({ new: true })}>
      {t('newAlert')}
    </Button>
  )
  const close = () => set({ open: undefined, edit: undefined, new: undefined, analysis: undefined })
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={add} />
      <NarrowBar narrowed={search} onChange={set}>
        <FilterSelect
          label={t('standing')}
          value={search.standing}
          all={t('allStandings')}
          choices={alertStates.map((value) => ({ value, label: t(`standing_${value}`) }))}
          onChange={(standing) => set({ standing })}
        />
      </NarrowBar>
      <QueryTable
        label={t('title')}
        source={source}
        columns={useAlertColumns()}
        rowKey={(one) => one.id}
        rowHeight={56}
        onOpen={({ id }) => set({ open: id })}
        card={(one) => <AlertCard alert={one} />}
        empty={
          isNarrowed(search) || standing ? (
            <EmptyState title={t('noneFound')} text={t('noneFoundText')} />
          ) : (
            <EmptyState
              title={t('emptyTitle')}
              text={can('analytics:write') ? t('emptyText') : t('emptyRead')}
              picture={<AlertPicture />}
              action={
                <Link to="/analytics">
                  <Button type="primary" tabIndex={-1}>
                    {t('emptyAction')}
                  </Button>
                </Link>
              }
            />
          )
        }
      />
      <AlertDrawer
        id={search.edit ? undefined : search.open}
        onClose={close}
        onEdit={() => set({ edit: true })}
      />
      {search.edit && search.open && <EditAlert id={search.open} onClose={() => set({ edit: undefined })} />}
      {search.new && (
        <NewAlert
          analysis={search.analysis}
          onChoose={(analysis) => set({ analysis })}
          onClose={close}
          onSaved={({ id }) => set({ new: undefined, analysis: undefined, open: id })}
        />
      )}
    </div>
  )
}

function EditAlert({ id, onClose }: { id: string; onClose: () => void }) {
  const alert = useRoute(routes.get, { params: { id } }).data
  if (!alert || !isWatchable(alert.question)) return null
  const { question, state, analysis } = alert
  return (
    <AlertEditor
      source={{ question, state, analysis: analysis ?? undefined }}
      alert={alert}
      onClose={onClose}
    />
  )
}

function AlertCard({ alert }: { alert: Alert }) {
  const t = useWords(alertWords)
  const { language } = useDisplay()
  return (
    <>
      <div className="alert-card-top">
        <strong className="hw-clip">{alert.name}</strong>
        <StandingPill alert={alert} />
      </div>
      <div className="hw-muted">
        {t('cardRule', {
          value: sayAmount(alert.last?.value ?? null, alert.unit),
          rule: sayCondition(alert.condition, alert, language),
        })}
      </div>
    </>
  )
}
