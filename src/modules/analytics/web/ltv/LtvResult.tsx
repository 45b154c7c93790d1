import { useCallback, useMemo } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, money } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { LtvAnswer } from '../../contract/ltv.ts'
import { analyticsWords } from '../analytics-words.ts'
import { CohortCurve } from '../cohorts/CohortCurve.tsx'
import { CohortTable } from '../cohorts/CohortTable.tsx'
import { cohortWords } from '../cohorts/cohort-words.ts'
import { useCohorts } from '../cohorts/use-cohorts.ts'
import type { ResultProps } from '../kind-view.ts'
import { CurrencyNote } from '../purchases/CurrencyNote.tsx'
import { useShown } from '../shown-state.tsx'
import { ltvWords } from './ltv-words.ts'
import '../cohorts/figures.css'

/** The value of one person over time, over the same by cohort. */
export function LtvResult({ answer, onCell }: ResultProps<'ltv'>) {
  const t = useWords(ltvWords)
  const a = useWords(analyticsWords)
  const c = useWords(cohortWords)
  const { language } = useDisplay()
  const { state, change } = useShown()
  const { currency, currencies } = answer
  const { columns, curves, sections, titled, isEmpty } = useCohorts<Pick<LtvAnswer, 'cohorts'>>({
    ...{ answer, skip: 0, drawnFrom: 0, isAverage: true },
  })
  const names = useMemo(() => Array.from({ length: columns }, (_, at) => c('period', { at })), [columns, c])
  const written = useCallback(
    (value: number) => {
      const rounded = Math.round(value * 100) / 100
      return currency ? money(rounded, currency, language) : exactNumber(rounded, language)
    },
    [currency, language],
  )
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('curve')}>
        <CurrencyNote
          currency={currency}
          currencies={currencies}
          onChoose={(one) =>
            change({ options: { ...state.options, ltv: { ...state.options?.ltv, currency: one } } })
          }
        />
        {isEmpty && <p className="analytics-nothing">{a('nothingFound')}</p>}
        <CohortCurve
          names={names}
          curves={curves}
          label={(points) => t('curveLabel', { points })}
          written={written}
        />
      </section>
      <CohortTable
        label={t('table')}
        began={t('began')}
        names={names}
        sections={sections({
          ...{ isRelative: true, written, average: written },
          share: (value) => value,
          onOpen: (part, cohort, period) =>
            onCell(
              {
                ...{ cohort, period: period ?? 0, of: period === undefined ? 'cohort' : 'buyers' },
                ...{ compared: false, ...part.cell },
              },
              titled(
                part,
                period === undefined ? t('cohortTitle', { cohort }) : t('cellTitle', { cohort, period }),
              ),
            ),
        })}
      />
      <p className="hw-muted cohort-legend">{c('legend')}</p>
    </>
  )
}
