import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { RetentionCurve } from './RetentionCurve.tsx'
import { RetentionTable } from './RetentionTable.tsx'
import { retentionWords } from './retention-words.ts'

/** Curve of the weighted average over the triangle of cohorts. */
export function RetentionResult({ question, answer, onCell }: ResultProps<'retention'>) {
  const t = useWords(retentionWords)
  const a = useWords(analyticsWords)
  const measure = question.measure ?? 'people'
  const names = answer.columns.map(({ from, to }) => t(from === to ? 'period' : 'periods2', { from, to }))
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('curve')}>
        {answer.cohorts.every(({ size }) => size === 0) && (
          <p className="analytics-nothing">{a('nothingFound')}</p>
        )}
        <RetentionCurve answer={answer} names={names} measure={measure} />
      </section>
      <RetentionTable answer={answer} names={names} measure={measure} onCell={onCell} />
      <p className="hw-muted cohort-legend">{t('legend')}</p>
    </>
  )
}
