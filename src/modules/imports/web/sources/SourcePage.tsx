import { Link } from '@tanstack/react-router'
import { Button, Popconfirm, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, usePages, useRoute } from '#web/use-route.ts'
import { type Source, type SourceRun, sourceRoutes } from '../../source-contract.ts'
import { sourceRoute } from '../pages.tsx'
import { SourceDialog } from './SourceDialog.tsx'
import { NextText, PlaceText, RunPill, RunResult, ScheduleText } from './SourceTexts.tsx'
import { sourceWords } from './source-words.ts'
import '../imports.css'
import './sources.css'

const refreshMs = 3000

export function SourcePage() {
  const t = useWords(sourceWords)
  const { id } = sourceRoute.useParams()
  const found = useRoute(sourceRoutes.getSource, { params: { id } }, { every: refreshMs, keep: true })
  const runs = usePages(
    sourceRoutes.listRuns,
    { params: { id }, query: {} },
    { every: refreshMs, keep: true },
  )
  const columns = useColumns()
  if (!found.data)
    return (
      <div className="hw-page">
        {found.error ? (
          <ErrorState error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Skeleton active />
        )}
      </div>
    )
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        title={found.data.name}
        above={<Link to="/imports/sources">{t('allSources')}</Link>}
        purpose={<Facts one={found.data} />}
        actions={<Actions one={found.data} />}
      />
      {found.data.path !== null && (
        <p className="source-folder">
          <span className="hw-muted">{t('folderPath')}</span>{' '}
          <code className="hw-mono">{found.data.path}</code>
        </p>
      )}
      {found.data.place.kind === 'database' && (
        <pre className="hw-panel hw-panel-body hw-mono source-sql">{found.data.place.sql}</pre>
      )}
      <QueryTable
        label={t('runs')}
        source={runs}
        columns={columns}
        rowKey={(run) => run.id}
        rowHeight={52}
        card={(run) => <RunCard run={run} />}
        empty={<EmptyState title={t('runsEmpty')} text={t('runsEmptyText')} />}
      />
      <Stamp updatedAt={runs.updatedAt || undefined} exact />
    </div>
  )
}

function Facts({ one }: { one: Source }) {
  const t = useWords(sourceWords)
  return (
    <span className="hw-bar">
      <span>
        <PlaceText place={one.place} />
      </span>
      <span>
        <ScheduleText schedule={one.schedule} />
      </span>
      {(one.paused || one.schedule.every !== 'file') && (
        <span>
          {!one.paused && `${t('next')} `}
          <NextText source={one} />
        </span>
      )}
      <span>
        {t('mapping')} “{one.mapping.name}”
      </span>
      <span>{t('byName', { name: one.by })}</span>
    </span>
  )
}

function Actions({ one }: { one: Source }) {
  const t = useWords(sourceWords)
  const toast = useToast()
  const can = useCan()
  const navigate = sourceRoute.useNavigate()
  const again = [sourceRoutes.getSource, sourceRoutes.listRuns, sourceRoutes.listSources]
  const run = useChange(sourceRoutes.runSource, again)
  const change = useChange(sourceRoutes.changeSource, again)
  const remove = useChange(sourceRoutes.removeSource, [sourceRoutes.listSources])
  const [editing, setEditing] = useState(false)
  const params = { id: one.id }
  const say = (text: string) => ({ onSuccess: () => toast.done(text), onError: toast.failed })
  if (!can('source:write')) return null
  return (
    <>
      <Popconfirm
        title={t('removeTitle', { name: one.name })}
        description={<div className="source-confirm">{t('removeText')}</div>}
        okText={t('remove')}
        cancelText={t('back')}
        onConfirm={() =>
          remove.mutate(
            { params },
            { onSuccess: () => void navigate({ to: '/imports/sources' }), onError: toast.failed },
          )
        }
      >
        <Button>{t('remove')}</Button>
      </Popconfirm>
      <Button onClick={() => setEditing(true)}>{t('edit')}</Button>
      <Button
        loading={change.isPending}
        onClick={() =>
          change.mutate(
            { params, body: { paused: !one.paused } },
            say(t(one.paused ? 'resumedNow' : 'pausedNow')),
          )
        }
      >
        {t(one.paused ? 'resume' : 'pause')}
      </Button>
      <Button
        type="primary"
        loading={run.isPending}
        onClick={() => run.mutate({ params }, say(t('runStarted')))}
      >
        {t('runNow')}
      </Button>
      {editing && <SourceDialog one={one} onClose={() => setEditing(false)} />}
    </>
  )
}

function useColumns(): Column<SourceRun>[] {
  const t = useWords(sourceWords)
  return useMemo(
    () => [
      { id: 'started', title: t('started'), width: 130, cell: (run) => <TimeText value={run.startedAt} /> },
      { id: 'trigger', title: t('trigger'), width: 100, cell: (run) => t(`trigger.${run.trigger}`) },
      { id: 'state', title: t('state'), width: 120, cell: (run) => <RunPill state={run.state} /> },
      { id: 'result', title: t('result'), cell: (run) => <RunResult run={run} /> },
      { id: 'imports', title: t('openImport'), width: 140, cell: (run) => <ImportLinks run={run} /> },
    ],
    [t],
  )
}

const shownImports = 3

function ImportLinks({ run }: { run: SourceRun }) {
  const t = useWords(sourceWords)
  return (
    <span className="hw-bar">
      {run.imports.slice(0, shownImports).map((id, at) => (
        <Link key={id} to="/imports/$id" params={{ id }} aria-label={`${t('openImport')} ${at + 1}`}>
          {run.imports.length === 1 ? t('openImport') : at + 1}
        </Link>
      ))}
      {run.imports.length > shownImports && (
        <span className="hw-fine">+{run.imports.length - shownImports}</span>
      )}
    </span>
  )
}

function RunCard({ run }: { run: SourceRun }) {
  const t = useWords(sourceWords)
  return (
    <div className="import-card">
      <div className="hw-bar">
        <RunPill state={run.state} />
        <span className="hw-fine">{t(`trigger.${run.trigger}`)}</span>
        <span className="hw-bar-grow" />
        <span className="hw-fine">
          <TimeText value={run.startedAt} />
        </span>
      </div>
      <RunResult run={run} />
      <ImportLinks run={run} />
    </div>
  )
}
