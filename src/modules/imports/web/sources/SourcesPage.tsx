import { PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { type Source, sourceRoutes } from '../../source-contract.ts'
import { ImportPicture } from '../ImportPicture.tsx'
import { sourcesRoute } from '../pages.tsx'
import { ConnectionList } from './ConnectionList.tsx'
import { NextText, PlaceText, RunPill, RunResult, ScheduleText } from './SourceTexts.tsx'
import { sourceWords } from './source-words.ts'
import '../imports.css'
import './sources.css'

const refreshMs = 5000

export function SourcesPage() {
  const t = useWords(sourceWords)
  const can = useCan()
  const navigate = sourcesRoute.useNavigate()
  const found = useRoute(sourceRoutes.listSources, {}, { every: refreshMs, keep: true })
  const button = can('source:write') && (
    <Button
      type="primary"
      icon={<PlusOutlined aria-hidden="true" />}
      onClick={() => void navigate({ to: '/imports/sources/new' })}
    >
      {t('create')}
    </Button>
  )
  return (
    <div className="hw-page import-page">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        above={<Link to="/imports">{t('all')}</Link>}
        actions={button}
      />
      {found.error && !found.data ? (
        <ErrorState error={found.error} retry={() => void found.refetch()} />
      ) : !found.data ? (
        <Skeleton active />
      ) : found.data.items.length === 0 ? (
        <EmptyState
          title={t('emptyTitle')}
          text={t('emptyText')}
          picture={<ImportPicture />}
          action={button}
        />
      ) : (
        <ul className="hw-panel source-rows" aria-label={t('title')}>
          {found.data.items.map((one) => (
            <SourceRow key={one.id} one={one} />
          ))}
        </ul>
      )}
      {found.data && <ConnectionList />}
    </div>
  )
}

function SourceRow({ one }: { one: Source }) {
  const t = useWords(sourceWords)
  const run = one.lastRun
  return (
    <li className="source-row">
      <div className="source-row-main">
        <Link to="/imports/sources/$id" params={{ id: one.id }} className="source-name">
          {one.name}
        </Link>
        <span>
          <PlaceText place={one.place} />
        </span>
        <span className="hw-muted">
          <ScheduleText schedule={one.schedule} />
          {(one.paused || one.schedule.every !== 'file') && (
            <>
              {' · '}
              {!one.paused && `${t('next')} `}
              <NextText source={one} />
            </>
          )}
        </span>
      </div>
      <div className="source-row-run">
        {run ? (
          <>
            <span className="hw-bar">
              <RunPill state={run.state} />
              <span className="hw-fine">
                <TimeText value={run.startedAt} />
              </span>
            </span>
            <span className="hw-fine">
              <RunResult run={run} />
            </span>
          </>
        ) : (
          <span className="hw-fine">{t('never')}</span>
        )}
      </div>
    </li>
  )
}
