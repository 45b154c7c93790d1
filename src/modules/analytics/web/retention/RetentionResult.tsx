import { useMemo } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { RetentionAnswer } from '../../contract/retention.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { drawnParts, type Part, partsOf } from '../parts.ts'
import { RetentionCurve } from './RetentionCurve.tsx'
import { RetentionTable } from './RetentionTable.tsx'
import { retentionWords } from './retention-words.ts'
import '../cohorts/cohorts.css'

export type RetentionPart = Part<Pick<RetentionAnswer, 'cohorts'>>

/** Curves of the weighted averages, one for each value and period, over the triangles of cohorts. */
export function RetentionResult({ question, answer, onCell }: ResultProps<'retention'>) {
  const t = useWords(retentionWords)
  const a = useWords(analyticsWords)
  const measure = question.measure ?? 'people'
  const names = answer.columns.map(({ from, to }) => t(from === to ? 'period' : 'periods2', { from, to }))
  const parts = useMemo(() => partsOf<Pick<RetentionAnswer, 'cohorts'>>(answer, a), [answer, a])
  const drawn = useMemo(() => drawnParts(parts), [parts])
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('curve')}>
        {answer.cohorts.every(({ size }) => size === 0) && (
          <p className="analytics-nothing">{a('nothingFound')}</p>
        )}
        <RetentionCurve parts={drawn} columns={answer.columns} names={names} measure={measure} />
      </section>
      <RetentionTable
        parts={parts}
        columns={answer.columns}
        names={names}
        measure={measure}
        onCell={onCell}
      />
      <p className="hw-muted cohort-legend">{t('legend')}</p>
    </>
  )
}
