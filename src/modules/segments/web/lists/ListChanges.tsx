import { DownloadOutlined } from '@ant-design/icons'
import { Button, Progress, Skeleton } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { Problem } from '#ui/problem.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { addressOf } from '#web/api-client.ts'
import { useCan } from '#web/session.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { type ListChange, routes, type Segment } from '../../contract.ts'
import { listWords } from './list-words.ts'

const refreshMs = 3_000
const stateStyle = {
  queued: 'river',
  running: 'river',
  done: 'success',
  failed: 'danger',
  cancelled: 'warning',
} as const

/** Who put whom on and took whom off, newest first; each can be taken back. */
export function ListChanges({ list }: { list: Segment }) {
  const t = useWords(listWords)
  const source = usePages(
    routes.changes,
    { params: { id: list.id }, query: { limit: 20 } },
    { every: refreshMs, keep: true },
  )
  return (
    <section className="hw-panel" aria-labelledby="list-changes">
      <div className="hw-panel-head">
        <h2 id="list-changes">{t('history')}</h2>
      </div>
      {source.error && source.rows.length === 0 ? (
        <ErrorState error={source.error} retry={source.retry} />
      ) : source.loading ? (
        <div className="hw-panel-body">
          <Skeleton active />
        </div>
      ) : source.rows.length === 0 ? (
        <EmptyState title={t('historyEmptyTitle')} text={t('historyEmptyText')} />
      ) : (
        <ol className="segment-versions">
          {source.rows.map((change) => (
            <ChangeRow key={change.id} list={list} change={change} />
          ))}
        </ol>
      )}
      {source.hasMore && (
        <div className="segment-tab-purpose">
          <Button onClick={source.loadMore} loading={source.loadingMore}>
            {t('more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function ChangeRow({ list, change }: { list: Segment; change: ListChange }) {
  const t = useWords(listWords)
  const can = useCan()
  const toast = useToast()
  const { language } = useDisplay()
  const undo = useChange(routes.undoChange, [routes.changes, routes.get, routes.list])
  const count = (n: number) => exactNumber(n, language)
  const open = change.finishedAt === null
  const params = { id: list.id, change: change.id }
  const undoNow = async () => {
    try {
      await undo.mutateAsync({ params })
      toast.done(t('undoStarted'))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <li className="segment-version">
      <div className="hw-bar">
        <strong>{t(`what.${change.what}`, { count: count(change.changed) })}</strong>
        <span className={`hw-pill hw-pill-${stateStyle[change.state]}`}>{t(`state.${change.state}`)}</span>
        {change.undone && <span className="hw-pill">{t('undone')}</span>}
        <span className="hw-bar-grow" />
        {can('segment:write') && !open && !change.undone && change.changed > 0 && (
          <Button size="small" onClick={() => void undoNow()} loading={undo.isPending}>
            {t('undo')}
          </Button>
        )}
      </div>
      <p className="hw-fine">
        {[t(`source.${change.source}`), change.title].filter(Boolean).join(' · ')} · {change.createdBy} ·{' '}
        <TimeText value={change.createdAt} />
      </p>
      {open && (
        <Progress
          percent={change.total ? Math.min(99, Math.floor((change.handled / change.total) * 100)) : 0}
          size="small"
          aria-label={t(`state.${change.state}`)}
        />
      )}
      {change.fault && <ErrorState error={new Problem(422, change.fault, change.fault)} compact />}
      {(change.same > 0 || change.created > 0 || change.unmatched > 0) && (
        <p className="hw-fine hw-bar">
          {change.same > 0 && <span>{t('same', { count: count(change.same) })}</span>}
          {change.created > 0 && <span>{t('madePeople', { count: count(change.created) })}</span>}
          {change.unmatched > 0 && (
            <span className="hw-warning">{t('unmatched', { count: count(change.unmatched) })}</span>
          )}
          {change.unmatched > 0 && can('segment:write') && (
            <Button
              size="small"
              type="link"
              icon={<DownloadOutlined aria-hidden="true" />}
              href={addressOf(routes.unmatched.get, params)}
              download={`${change.id}-unmatched.csv`}
            >
              {t('unmatchedFile')}
            </Button>
          )}
        </p>
      )}
      {change.together && change.unmatched > 0 && !can('people:unmask') && (
        <p className="hw-fine">{t('together')}</p>
      )}
    </li>
  )
}
