import { CopyOutlined } from '@ant-design/icons'
import { Button, Segmented, Skeleton } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { findWord, useWords, type Words } from '#ui/i18n.ts'
import { Problem, problemText } from '#ui/problem.ts'
import { problemWords } from '#ui/problem-words.ts'
import { Stamp } from '#ui/Stamp.tsx'
import { useToast } from '#ui/use-toast.tsx'
import type { SqlAnswer, SqlChart } from '../contract.ts'
import { ResultChart } from './ResultChart.tsx'
import { ResultTable } from './ResultTable.tsx'
import { reasonWords } from './reason-words.ts'
import { asTabs } from './result-values.ts'
import { sqlWords } from './sql-words.ts'

type State = {
  answer?: SqlAnswer | undefined
  error?: unknown
  running: boolean
  at: number
  cancelled?: boolean
}
type Props = { state: State; chart: SqlChart; onChart: (chart: SqlChart) => void }

const shapes = ['table', 'line', 'bar', 'pie', 'number'] as const

/** What came of the query: rows, a drawing of them, or what is wrong. */
export function ResultPanel({ state, chart, onChart }: Props) {
  const t = useWords(sqlWords)
  const { language } = useDisplay()
  const toast = useToast()
  const { answer, error, running, at, cancelled } = state
  if (error !== undefined) return <Fault error={error} />
  if (!answer) {
    if (running) return <Skeleton active paragraph={{ rows: 8 }} className="hw-panel sql-wait" />
    return cancelled ? <p className="hw-panel hw-muted sql-note">{t('cancelled')}</p> : null
  }
  const count = exactNumber(answer.rows.length, language)
  const copy = async () => {
    await navigator.clipboard.writeText(asTabs(answer.columns, answer.rows))
    toast.done(t('copied', { count: answer.rows.length }))
  }
  return (
    <section className="hw-panel sql-result" aria-busy={running} aria-label={t('result')}>
      <div className="sql-result-head">
        <Segmented
          size="small"
          aria-label={t('shape')}
          value={chart.kind}
          options={shapes.map((value) => ({ value, label: t(value) }))}
          onChange={(kind) => onChart({ ...chart, kind })}
        />
        <span className="hw-fine">
          {answer.truncated ? t('rowsMore', { count }) : t('rows', { count: answer.rows.length })} ·{' '}
          {t('rowsRead', { count: exactNumber(answer.rowsRead, language) })}
        </span>
        <span className="sql-spring" />
        <Button
          size="small"
          icon={<CopyOutlined />}
          disabled={answer.rows.length === 0}
          onClick={() => void copy()}
        >
          {t('copyTable')}
        </Button>
      </div>
      <div className={running ? 'sql-stale' : undefined}>
        {chart.kind !== 'table' && <ResultChart answer={answer} chart={chart} onChart={onChart} />}
        <ResultTable answer={answer} />
      </div>
      <div className="sql-foot">
        <Stamp updatedAt={at} exact tookMs={answer.tookMs} />
      </div>
    </section>
  )
}

function Fault({ error }: { error: unknown }) {
  const t = useWords(sqlWords)
  const say = useWords(problemWords)
  const reasons = useWords(reasonWords)
  if (!(error instanceof Problem) || !error.code.startsWith('sql.')) return <ErrorState error={error} />
  const { reason, name, line, column, said } = error.facts
  const isKnown = findWord(reasonWords as Words, String(reason)) !== undefined
  return (
    <section className="hw-panel sql-problem" role="alert">
      <strong>
        {isKnown
          ? reasons(reason as keyof typeof reasonWords.zh, { name: String(name ?? '') })
          : problemText(error, say)}
      </strong>
      {typeof line === 'number' && (
        <span className="hw-fine">{t('place', { line, column: Number(column) })}</span>
      )}
      {typeof said === 'string' && said !== '' && <code className="hw-fine">{said}</code>}
    </section>
  )
}
