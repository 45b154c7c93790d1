import { useMemo } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import { CohortCurve } from '../cohorts/CohortCurve.tsx'
import { CohortTable } from '../cohorts/CohortTable.tsx'
import { cohortWords } from '../cohorts/cohort-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { averageRow } from '../retention/average-row.ts'
import { RepurchaseRates } from './RepurchaseRates.tsx'
import { repurchaseWords } from './repurchase-words.ts'
import { SecondOrder } from './SecondOrder.tsx'
import '../cohorts/figures.css'

/** Rates and the time to the second order first, then who came back when. */
export function RepurchaseResult({ answer, onCell }: ResultProps<'repurchase'>) {
  const t = useWords(repurchaseWords)
  const a = useWords(analyticsWords)
  const c = useWords(cohortWords)
  const { language } = useDisplay()
  const { cohorts } = answer
  const columns = useMemo(() => (cohorts[0]?.values ?? []).map((_, at) => ({ from: at, to: at })), [cohorts])
  const names = useMemo(() => columns.slice(1).map(({ from }) => c('period', { at: from })), [columns, c])
  const averages = useMemo(() => averageRow({ cohorts, columns }, false).slice(1), [cohorts, columns])
  const share = (value: number) => percent(value, language)
  const open = (cohort: string, period: number) =>
    onCell({ cohort, period }, c('cellTitle', { cohort, period: c('period', { at: period }) }))
  const rows = cohorts.map(({ date, size, values }) => ({
    ...{ date, size },
    cells: values.slice(1).map((value) =>
      value === null
        ? null
        : {
            value,
            share: value / (size || 1),
            text: `${share(value / (size || 1))} · ${exactNumber(value, language)}`,
          },
    ),
  }))
  // Colours tell cohorts apart only where the strongest is strong.
  const most = Math.max(0.01, ...rows.flatMap(({ cells }) => cells.map((cell) => cell?.share ?? 0)))
  const coloured = rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => cell && { ...cell, share: cell.share / most }),
  }))
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('curve')}>
        {cohorts.every(({ size }) => size === 0) && <p className="analytics-nothing">{a('nothingFound')}</p>}
        <RepurchaseRates rates={answer.rates} onCell={onCell} />
        {names.length > 0 && (
          <CohortCurve
            names={names}
            values={averages}
            name={t('average')}
            label={(points) => t('curveLabel', { points })}
            written={share}
            axisText={share}
          />
        )}
      </section>
      <CohortTable
        label={t('table')}
        began={t('began')}
        names={names}
        rows={coloured}
        averages={averages.map((value) => (value === null ? null : share(value)))}
        onSize={(date) => open(date, 0)}
        onCell={(date, column) => open(date, column + 1)}
      />
      <p className="hw-muted cohort-legend">{c('legend')}</p>
      <SecondOrder second={answer.second} onCell={onCell} />
    </>
  )
}
