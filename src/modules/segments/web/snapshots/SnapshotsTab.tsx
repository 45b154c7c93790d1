import { CameraOutlined } from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Popconfirm, Skeleton } from 'antd'
import { routes as jobs } from '#platform/jobs/job-contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { fullTime } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { useCan } from '#web/session.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { routes, type Segment, type Snapshot } from '../../contract.ts'
import { CompareSnapshots } from './CompareSnapshots.tsx'
import { ScheduleForm } from './ScheduleForm.tsx'
import { snapshotWords } from './snapshot-words.ts'

const refreshMs = 4_000
const stateStyle = { building: 'river', ready: 'success', failed: 'danger' } as const

/** Frozen member lists of a segment, when they are taken, and what changed between two. */
export function SnapshotsTab({ segment }: { segment: Segment }) {
  const t = useWords(snapshotWords)
  const can = useCan()
  const toast = useToast()
  const source = usePages(
    routes.snapshots,
    { params: { id: segment.id }, query: { limit: 50 } },
    { every: refreshMs, keep: true },
  )
  const take = useChange(routes.takeSnapshot, [routes.snapshots, jobs.list])
  const takeNow = async () => {
    try {
      await take.mutateAsync({ params: { id: segment.id } })
      toast.done(t('taken'))
    } catch (error) {
      toast.failed(error)
    }
  }
  if (source.error && source.rows.length === 0)
    return <ErrorState error={source.error} retry={source.retry} />
  const ready = source.rows.filter((one) => one.state === 'ready')
  return (
    <div className="segment-snapshots">
      <section className="hw-panel" aria-labelledby="segment-snapshots">
        <div className="hw-panel-head">
          <h2 id="segment-snapshots">{t('title')}</h2>
          {can('segment:write') && (
            <Button
              size="small"
              icon={<CameraOutlined aria-hidden="true" />}
              loading={take.isPending}
              onClick={() => void takeNow()}
            >
              {t('take')}
            </Button>
          )}
        </div>
        <p className="hw-fine segment-tab-purpose">{t('purpose')}</p>
        {source.loading && <Skeleton active className="segment-tab-purpose" />}
        {!source.loading && source.rows.length === 0 && (
          <p className="hw-muted segment-tab-purpose">{t('empty')}</p>
        )}
        <ol className="segment-versions">
          {source.rows.map((snapshot) => (
            <SnapshotRow key={snapshot.id} segment={segment} snapshot={snapshot} />
          ))}
        </ol>
        {source.hasMore && (
          <div className="segment-tab-purpose">
            <Button onClick={source.loadMore} loading={source.loadingMore}>
              {t('more')}
            </Button>
          </div>
        )}
      </section>
      <div className="segment-aside">
        {ready.length > 0 && <CompareSnapshots segment={segment} snapshots={ready} />}
        <ScheduleForm segment={segment} />
      </div>
    </div>
  )
}

function SnapshotRow({ segment, snapshot }: { segment: Segment; snapshot: Snapshot }) {
  const t = useWords(snapshotWords)
  const can = useCan()
  const toast = useToast()
  const navigate = useNavigate()
  const { language, timezone } = useDisplay()
  const remove = useChange(routes.removeSnapshot, [routes.snapshots])
  const create = useChange(routes.create, [routes.list])
  const when = snapshot.at ? fullTime(Date.parse(snapshot.at), timezone, language) : ''
  const makeList = async () => {
    try {
      const name = t('listName', { name: segment.name.slice(0, 80), when })
      const list = await create.mutateAsync({ body: { name, kind: 'list' } })
      await callRoute(routes.addPeople, { params: { id: list.id }, body: { rule: { list: snapshot.id } } })
      toast.done(t('listMade', { name }))
      await navigate({ to: '/segments/$id', params: { id: list.id } })
    } catch (error) {
      toast.failed(error)
    }
  }
  const removeNow = async () => {
    try {
      await remove.mutateAsync({ params: { id: segment.id, snapshot: snapshot.id } })
      toast.done(t('removed'))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <li className="segment-version">
      <div className="hw-bar">
        <strong>{snapshot.at ? <TimeText value={snapshot.at} as="minute" /> : t('untaken')}</strong>
        {snapshot.state !== 'ready' && (
          <span className={`hw-pill hw-pill-${stateStyle[snapshot.state]}`}>
            {t(`state.${snapshot.state}`)}
          </span>
        )}
        {snapshot.state === 'ready' && (
          <span className="hw-number" title={snapshot.size === null ? t('unseen') : undefined}>
            {snapshot.size === null ? '–' : t('people', { count: exactNumber(snapshot.size, language) })}
          </span>
        )}
        <span className="hw-bar-grow" />
        {snapshot.state === 'ready' && (
          <>
            <Link to="/people" search={{ rule: { list: snapshot.id } }} aria-label={t('seeLabel', { when })}>
              {t('see')}
            </Link>
            {can('segment:write') && (
              <Button size="small" loading={create.isPending} onClick={() => void makeList()}>
                {t('makeList')}
              </Button>
            )}
          </>
        )}
        {can('segment:write') && (
          <Popconfirm
            title={t('removeTitle')}
            description={t('removeText')}
            okText={t('remove')}
            onConfirm={removeNow}
          >
            <Button size="small" type="text">
              {t('remove')}
            </Button>
          </Popconfirm>
        )}
      </div>
      <p className="hw-fine">
        {t(snapshot.scheduled ? 'scheduled' : 'byHand')} · {t('ofVersion', { number: snapshot.version })}
        {!snapshot.scheduled && ` · ${snapshot.createdBy}`}
      </p>
    </li>
  )
}
