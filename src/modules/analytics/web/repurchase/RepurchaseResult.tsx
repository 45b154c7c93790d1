import { useCallback, useMemo } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RepurchaseAnswer } from '../../contract/repurchase.ts'
import { analyticsWords } from '../analytics-words.ts'
import { CohortCurve } from '../cohorts/CohortCurve.tsx'
import { CohortTable } from '../cohorts/CohortTable.tsx'
import { cohortWords } from '../cohorts/cohort-words.ts'
import { useCohorts } from '../cohorts/use-cohorts.ts'
import type { ResultProps } from '../kind-view.ts'
import type { Part } from '../parts.ts'
import { RepurchaseRates } from './RepurchaseRates.tsx'
import { RepurchaseTable } from './RepurchaseTable.tsx'
import { repurchaseWords } from './repurchase-words.ts'
import { SecondOrder } from './SecondOrder.tsx'
import '../cohorts/figures.css'

export type RepurchasePart = Part<Pick<RepurchaseAnswer, 'cohorts' | 'second' | 'rates'>>

/** Rates and the time to the second order first, then who came back when. */
export function RepurchaseResult({ answer, onCell }: ResultProps<'repurchase'>) {
  const t = useWords(repurchaseWords)
  const a = useWords(analyticsWords)
  const c = useWords(cohortWords)
  const { language } = useDisplay()
  const { parts, columns, isAlone, curves, sections, titled, isEmpty } = useCohorts<RepurchasePart['of']>({
    ...{ answer, skip: 1, drawnFrom: 1, isAverage: false },
  })
  const names = useMemo(
    () => Array.from({ length: Math.max(0, columns - 1) }, (_, at) => c('period', { at: at + 1 })),
    [columns, c],
  )
  const share = useCallback((value: number) => percent(value, language), [language])
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('curve')}>
        {isEmpty && <p className="analytics-nothing">{a('nothingFound')}</p>}
        {isAlone && <RepurchaseRates rates={answer.rates} onCell={onCell} />}
        {names.length > 0 && (
          <CohortCurve
            names={names}
            curves={curves}
            label={(points) => t('curveLabel', { points })}
            written={share}
            axisText={share}
          />
        )}
      </section>
      {!isAlone && <RepurchaseTable parts={parts} onCell={onCell} />}
      <CohortTable
        label={t('table')}
        began={t('began')}
        names={names}
        sections={sections({
          ...{ isRelative: true, isShare: true, average: share },
          share: (value, size) => value / (size || 1),
          written: (value, size) => `${share(value / (size || 1))} · ${exactNumber(value, language)}`,
          onOpen: (part, cohort, period = 0) =>
            onCell(
              { cohort, period, compared: false, ...part.cell },
              titled(part, c('cellTitle', { cohort, period: c('period', { at: period }) })),
            ),
        })}
      />
      <p className="hw-muted cohort-legend">{c('legend')}</p>
      <SecondOrder parts={parts} onCell={onCell} />
    </>
  )
}
