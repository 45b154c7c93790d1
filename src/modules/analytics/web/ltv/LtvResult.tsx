import { useMemo } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, money } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import { CohortCurve } from '../cohorts/CohortCurve.tsx'
import { CohortTable } from '../cohorts/CohortTable.tsx'
import { cohortWords } from '../cohorts/cohort-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { CurrencyNote } from '../purchases/CurrencyNote.tsx'
import { averageRow } from '../retention/average-row.ts'
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
  const { cohorts, currency, currencies } = answer
  const columns = useMemo(() => (cohorts[0]?.values ?? []).map((_, at) => ({ from: at, to: at })), [cohorts])
  const names = useMemo(() => columns.map(({ from }) => c('period', { at: from })), [columns, c])
  const averages = useMemo(() => averageRow({ cohorts, columns }, true), [cohorts, columns])
  const written = (value: number) => {
    const rounded = Math.round(value * 100) / 100
    return currency ? money(rounded, currency, language) : exactNumber(rounded, language)
  }
  const most = Math.max(0.01, ...cohorts.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const cells = (values: (number | null)[]) =>
    values.map((value) => (value === null ? null : { value, text: written(value), share: value / most }))
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
        {cohorts.every(({ size }) => size === 0) && <p className="analytics-nothing">{a('nothingFound')}</p>}
        <CohortCurve
          names={names}
          values={averages}
          name={t('average')}
          label={(points) => t('curveLabel', { points })}
          written={written}
        />
      </section>
      <CohortTable
        label={t('table')}
        began={t('began')}
        names={names}
        rows={cohorts.map(({ date, size, values }) => ({
          ...{ date, size },
          cells: size === 0 ? values.map(() => ({ value: 0, text: '', share: 0 })) : cells(values),
        }))}
        averages={averages.map((value) => (value === null ? null : written(value)))}
        onSize={(cohort) => onCell({ cohort, period: 0, of: 'cohort' }, t('cohortTitle', { cohort }))}
        onCell={(cohort, period) =>
          onCell({ cohort, period, of: 'buyers' }, t('cellTitle', { cohort, period }))
        }
      />
      <p className="hw-muted cohort-legend">{c('legend')}</p>
    </>
  )
}
