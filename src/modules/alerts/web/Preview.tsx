import { Skeleton } from 'antd'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useRoute } from '#web/use-route.ts'
import type { AlertCondition, AlertMetric } from '../contract/condition.ts'
import { routes } from '../contract.ts'
import { AlertChart } from './AlertChart.tsx'
import { alertWords } from './alert-words.ts'
import { useSettled } from './use-settled.ts'
import type { WatchableQuestion } from './watchable.ts'

type Props = {
  question: WatchableQuestion
  metric: AlertMetric | undefined
  condition: AlertCondition | undefined
  remindEvery: number | null
}

/** When it would have fired, found out by what evaluates it, before anything is saved. */
export function Preview({ question, metric, condition, remindEvery }: Props) {
  const t = useWords(alertWords)
  const body = useSettled(metric && condition ? { question, metric, condition, remindEvery } : undefined)
  const asked = useRoute(
    routes.preview,
    { body: body as NonNullable<typeof body> },
    { enabled: body !== undefined, keep: true, staleTime: 60_000 },
  )
  const found = body ? asked.data : undefined
  return (
    <section className="alert-preview" aria-label={t('preview')} aria-busy={asked.isFetching}>
      {body === undefined && <p className="hw-muted">{t('previewWait')}</p>}
      {body && asked.error && <ErrorState error={asked.error} retry={() => void asked.refetch()} compact />}
      {body && !asked.error && !found && <Skeleton active paragraph={{ rows: 5 }} />}
      {found && !asked.error && (
        <>
          <p className="alert-preview-said" aria-live="polite">
            {found.fired === 0
              ? t('previewNone', { span: t(`span_${found.interval}`) })
              : t('previewFired', { count: found.fired, span: t(`span_${found.interval}`) })}
          </p>
          {found.needs > 0 && <p className="alert-note">{t('learning', { count: found.needs })}</p>}
          <AlertChart
            points={found.points}
            unit={found.unit}
            label={t('previewLabel', { count: found.fired })}
          />
        </>
      )}
    </section>
  )
}
