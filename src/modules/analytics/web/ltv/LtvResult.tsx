import { useMemo } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, money } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { LtvAnswer } from '../../contract/ltv.ts'
import { analyticsWords } from '../analytics-words.ts'
import { CohortCurve } from '../cohorts/CohortCurve.tsx'
import type { CohortSection } from '../cohorts/CohortSection.tsx'
import { CohortTable } from '../cohorts/CohortTable.tsx'
import { cohortWords } from '../cohorts/cohort-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { drawnParts, type Part, partsOf } from '../parts.ts'
import { CurrencyNote } from '../purchases/CurrencyNote.tsx'
import { averageRow } from '../retention/average-row.ts'
import { useShown } from '../shown-state.tsx'
import { ltvWords } from './ltv-words.ts'
import '../cohorts/figures.css'

type LtvPart = Part<Pick<LtvAnswer, 'cohorts'>>

/** The value of one person over time, over the same by cohort. */
export function LtvResult({ answer, onCell }: ResultProps<'ltv'>) {
  const t = useWords(ltvWords)
  const a = useWords(analyticsWords)
  const c = useWords(cohortWords)
  const { language } = useDisplay()
  const { state, change } = useShown()
  const { cohorts, currency, currencies } = answer
  const parts = useMemo(() => partsOf<LtvPart['of']>(answer, a), [answer, a])
  const isAlone = parts.length === 1
  const columns = useMemo(() => (cohorts[0]?.values ?? []).map((_, at) => ({ from: at, to: at })), [cohorts])
  const names = useMemo(() => columns.map(({ from }) => c('period', { at: from })), [columns, c])
  const curves = useMemo(
    () =>
      drawnParts(parts).map((part) => ({
        ...{ colour: part.colour, other: part.other, isCompared: part.isCompared },
        name: isAlone ? t('average') : part.name,
        values: averageRow({ cohorts: part.of.cohorts, columns }, true),
      })),
    [parts, columns, isAlone, t],
  )
  const written = (value: number) => {
    const rounded = Math.round(value * 100) / 100
    return currency ? money(rounded, currency, language) : exactNumber(rounded, language)
  }
  const all = parts.flatMap(({ of }) => of.cohorts.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const most = Math.max(0.01, ...all)
  const cells = (values: (number | null)[]) =>
    values.map((value) => (value === null ? null : { value, text: written(value), share: value / most }))
  const sectionOf = (part: LtvPart): CohortSection => {
    const titled = (title: string) => (isAlone ? title : `${part.name} · ${title}`)
    return {
      ...{ key: `${part.isCompared} ${part.key}`, name: part.name },
      rows: part.of.cohorts.map(({ date, size, values }) => ({
        ...{ date, size },
        cells: size === 0 ? values.map(() => ({ value: 0, text: '', share: 0 })) : cells(values),
      })),
      averages: averageRow({ cohorts: part.of.cohorts, columns }, true).map((value) =>
        value === null ? null : written(value),
      ),
      onSize: (cohort) =>
        onCell(
          { cohort, period: 0, of: 'cohort', compared: false, ...part.cell },
          titled(t('cohortTitle', { cohort })),
        ),
      onCell: (cohort, period) =>
        onCell(
          { cohort, period, of: 'buyers', compared: false, ...part.cell },
          titled(t('cellTitle', { cohort, period })),
        ),
    }
  }
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
          curves={curves}
          label={(points) => t('curveLabel', { points })}
          written={written}
        />
      </section>
      <CohortTable label={t('table')} began={t('began')} names={names} sections={parts.map(sectionOf)} />
      <p className="hw-muted cohort-legend">{c('legend')}</p>
    </>
  )
}
