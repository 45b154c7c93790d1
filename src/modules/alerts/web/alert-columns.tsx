import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Column } from '#ui/QueryTable.tsx'
import { Sparkline } from '#ui/Sparkline.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { sayAmount, sayBucket, sayCondition } from '../alert-text.ts'
import type { Alert } from '../contract/alert.ts'
import { alertWords } from './alert-words.ts'
import { StandingPill } from './StandingPill.tsx'

export function useAlertColumns(): Column<Alert>[] {
  const t = useWords(alertWords)
  const { language } = useDisplay()
  return [
    { id: 'standing', title: t('standing'), width: 110, cell: (one) => <StandingPill alert={one} /> },
    { id: 'name', title: t('name'), cell: (one) => <Named alert={one} /> },
    {
      id: 'recent',
      title: t('recent'),
      width: 130,
      cell: (one) => (
        <Sparkline
          values={one.recent.flatMap((value) => (value === null ? [] : [value]))}
          label={t('recentLabel', { name: one.name, value: sayAmount(one.last?.value ?? null, one.unit) })}
          color={one.standing === 'firing' ? 'var(--danger)' : 'var(--river)'}
        />
      ),
    },
    {
      id: 'rule',
      title: t('rule'),
      cell: (one) => (
        <span className="hw-clip" title={sayCondition(one.condition, one, language)}>
          {sayCondition(one.condition, one, language)}
        </span>
      ),
    },
    { id: 'latest', title: t('latest'), width: 160, cell: (one) => <Latest alert={one} /> },
    {
      id: 'next',
      title: t('next'),
      width: 120,
      cell: (one) =>
        one.nextAt ? (
          <TimeText value={one.nextAt} />
        ) : (
          <span className="hw-muted">{t(one.pausedFor ? 'noNext' : 'now')}</span>
        ),
    },
  ]
}

function Named({ alert }: { alert: Alert }) {
  const t = useWords(alertWords)
  const line = alert.line && alert.line !== alert.name ? `${alert.line} · ` : ''
  return (
    <div className="alert-name">
      <strong title={alert.name}>{alert.name}</strong>
      <span className="hw-fine">
        {line}
        {t(`interval_${alert.interval}`)}
      </span>
    </div>
  )
}

function Latest({ alert: { last, unit } }: { alert: Alert }) {
  const t = useWords(alertWords)
  if (!last) return <span className="hw-muted">–</span>
  return (
    <div className="alert-name">
      <span className="hw-number">{sayAmount(last.value, unit)}</span>
      <span className="hw-fine">
        {last.needs > 0 ? t('learningShort', { count: last.needs }) : sayBucket(last.t)}
      </span>
    </div>
  )
}
