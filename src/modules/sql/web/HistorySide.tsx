import { Skeleton } from 'antd'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { sqlWords } from './sql-words.ts'

/** One's own latest queries, each once. */
export function HistorySide({ onOpen }: { onOpen: (sql: string) => void }) {
  const t = useWords(sqlWords)
  const asked = useRoute(routes.history, {})
  if (asked.error) return <ErrorState compact error={asked.error} retry={() => void asked.refetch()} />
  if (!asked.data) return <Skeleton active />
  if (asked.data.items.length === 0) return <p className="hw-muted">{t('noneRun')}</p>
  return (
    <ul className="sql-names sql-runs">
      {asked.data.items.map((run) => (
        <li key={run.at + run.sql}>
          <button type="button" title={run.sql} onClick={() => onOpen(run.sql)}>
            <code>{run.sql}</code>
            <span className="hw-fine">
              <TimeText value={run.at} /> ·{' '}
              {run.problem ? t('failed') : t('runOf', { rows: run.rows, took: run.tookMs })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
