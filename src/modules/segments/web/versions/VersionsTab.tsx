import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { routes as jobs } from '#platform/jobs/job-contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { routes, type Segment, type Version } from '../../contract.ts'
import { useRuleReading } from '../use-rule-reading.ts'
import { PeopleDifference } from './PeopleDifference.tsx'
import { changedLines } from './rule-changes.ts'
import { versionWords } from './version-words.ts'

/** Every rule the segment had, newest first, each read aloud and held against the one before. */
export function VersionsTab({ segment }: { segment: Segment }) {
  const t = useWords(versionWords)
  const source = usePages(routes.versions, { params: { id: segment.id }, query: { limit: 20 } })
  if (source.error && source.rows.length === 0)
    return <ErrorState error={source.error} retry={source.retry} />
  if (source.loading) return <Skeleton active paragraph={{ rows: 6 }} />
  return (
    <section className="hw-panel" aria-labelledby="segment-versions">
      <div className="hw-panel-head">
        <h2 id="segment-versions">{t('title')}</h2>
      </div>
      <p className="hw-fine segment-tab-purpose">{t('purpose')}</p>
      <ol className="segment-versions">
        {source.rows.map((version, i) => (
          <VersionRow
            key={version.number}
            segment={segment}
            version={version}
            before={source.rows[i + 1]}
            isOldest={!source.hasMore && i === source.rows.length - 1}
          />
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
  )
}

type RowProps = { segment: Segment; version: Version; before: Version | undefined; isOldest: boolean }

function VersionRow({ segment, version, before, isOldest }: RowProps) {
  const t = useWords(versionWords)
  const can = useCan()
  const toast = useToast()
  const [comparing, setComparing] = useState(false)
  const { lines, text } = useRuleReading()
  const restore = useChange(routes.restoreVersion, [
    routes.get,
    routes.list,
    routes.versions,
    routes.history,
    jobs.list,
  ])
  const changes = before && changedLines(lines(before.rule), lines(version.rule))
  const isSame = changes && changes.added.length + changes.removed.length === 0
  const restoreNow = async () => {
    try {
      await restore.mutateAsync({ params: { id: segment.id, number: String(version.number) } })
      toast.done(t('restored', { number: version.number }))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <li className={version.current ? 'segment-version segment-version-now' : 'segment-version'}>
      <div className="hw-bar">
        <strong>{t('version', { number: version.number })}</strong>
        {version.current && <span className="hw-pill hw-pill-success">{t('current')}</span>}
        <span className="hw-fine">
          {t('by', { who: version.createdBy })} · <TimeText value={version.createdAt} />
        </span>
        <span className="hw-bar-grow" />
        {!version.current && (
          <>
            <Button
              size="small"
              type="text"
              onClick={() => setComparing(!comparing)}
              aria-expanded={comparing}
            >
              {t('compare')}
            </Button>
            {can('segment:write') && (
              <Button size="small" onClick={() => void restoreNow()} loading={restore.isPending}>
                {t('restore')}
              </Button>
            )}
          </>
        )}
      </div>
      {version.note && <p className="segment-version-note">{version.note}</p>}
      <p className="segment-reading">{text(version.rule)}</p>
      {isOldest && version.number === 1 && <p className="hw-fine">{t('first')}</p>}
      {isSame && <p className="hw-fine">{t('same')}</p>}
      {changes && !isSame && (
        <ul className="segment-version-changes">
          {changes.removed.map((line) => (
            <li key={`-${line}`} className="hw-danger">
              {t('removed', { text: line })}
            </li>
          ))}
          {changes.added.map((line) => (
            <li key={`+${line}`} className="hw-success">
              {t('added', { text: line })}
            </li>
          ))}
        </ul>
      )}
      {comparing && (
        <div className="segment-version-people">
          <span className="hw-fine">{t('compared')}</span>
          <PeopleDifference before={{ segment: segment.id }} after={version.rule} />
        </div>
      )}
    </li>
  )
}
