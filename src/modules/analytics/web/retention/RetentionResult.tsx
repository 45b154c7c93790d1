import { useCallback, useMemo } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RetentionAnswer } from '../../contract/retention.ts'
import { analyticsWords } from '../analytics-words.ts'
import { CohortCurve } from '../cohorts/CohortCurve.tsx'
import { CohortTable } from '../cohorts/CohortTable.tsx'
import { cohortWords } from '../cohorts/cohort-words.ts'
import { useCohorts } from '../cohorts/use-cohorts.ts'
import type { ResultProps } from '../kind-view.ts'
import { retentionWords } from './retention-words.ts'

/** Curves of the weighted averages, one for each value and period, over the triangles of cohorts. */
export function RetentionResult({ question, answer, onCell }: ResultProps<'retention'>) {
  const t = useWords(retentionWords)
  const a = useWords(analyticsWords)
  const c = useWords(cohortWords)
  const { language } = useDisplay()
  const measure = question.measure ?? 'people'
  const isShare = measure === 'people'
  // Of people the first column would be the size again; the curve begins with it all the same.
  const skip = isShare ? 1 : 0
  const names = useMemo(
    () => answer.columns.map(({ from, to }) => t(from === to ? 'period' : 'periods2', { from, to })),
    [answer.columns, t],
  )
  const { curves, sections, titled, isEmpty } = useCohorts<Pick<RetentionAnswer, 'cohorts'>>({
    ...{ answer, skip, drawnFrom: 0, isAverage: measure === 'avg' },
  })
  const written = useCallback(
    (value: number) => (isShare ? percent(value, language) : exactNumber(value, language)),
    [isShare, language],
  )
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('curve')}>
        {isEmpty && <p className="analytics-nothing">{a('nothingFound')}</p>}
        <CohortCurve
          names={names}
          curves={curves}
          label={(points) => t('curveLabel', { points })}
          written={written}
          {...(isShare ? { axisText: written, max: 1 } : {})}
        />
      </section>
      <CohortTable
        label={t('table')}
        began={t('cohort')}
        names={names.slice(skip)}
        sections={sections({
          share: (value, size) => (isShare ? value / (size || 1) : value),
          isRelative: !isShare,
          isShare,
          written: (value, size) =>
            isShare ? `${written(value / (size || 1))} · ${exactNumber(value, language)}` : written(value),
          average: (value) => written(isShare ? value : Math.round(value * 100) / 100),
          onOpen: (part, cohort, period = 0) =>
            onCell(
              { cohort, period, compared: false, ...part.cell },
              titled(
                part,
                c('cellTitle', {
                  cohort: cohort.slice(0, 16).replace('T', ' '),
                  period: names[period] ?? '',
                }),
              ),
            ),
          // Of money the first period is of who has any.
          onSize: isShare,
        })}
      />
      <p className="hw-muted cohort-legend">{t('legend')}</p>
    </>
  )
}
