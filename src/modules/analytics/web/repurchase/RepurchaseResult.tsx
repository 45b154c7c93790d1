import { useMemo } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RepurchaseAnswer } from '../../contract/repurchase.ts'
import { analyticsWords } from '../analytics-words.ts'
import { CohortCurve } from '../cohorts/CohortCurve.tsx'
import type { CohortSection } from '../cohorts/CohortSection.tsx'
import { CohortTable } from '../cohorts/CohortTable.tsx'
import { cohortWords } from '../cohorts/cohort-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { drawnParts, type Part, partsOf } from '../parts.ts'
import { averageRow } from '../retention/average-row.ts'
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
  const parts = useMemo(() => partsOf<RepurchasePart['of']>(answer, a), [answer, a])
  const isAlone = parts.length === 1
  const columns = useMemo(
    () => (answer.cohorts[0]?.values ?? []).map((_, at) => ({ from: at, to: at })),
    [answer.cohorts],
  )
  const names = useMemo(() => columns.slice(1).map(({ from }) => c('period', { at: from })), [columns, c])
  const curves = useMemo(
    () =>
      drawnParts(parts).map((part) => ({
        ...{ colour: part.colour, other: part.other, isCompared: part.isCompared },
        name: isAlone ? t('average') : part.name,
        values: averageRow({ cohorts: part.of.cohorts, columns }, false).slice(1),
      })),
    [parts, columns, isAlone, t],
  )
  const share = (value: number) => percent(value, language)
  const sectionOf = (part: RepurchasePart): CohortSection => {
    const open = (cohort: string, period: number) =>
      onCell(
        { cohort, period, compared: false, ...part.cell },
        [
          ...(isAlone ? [] : [part.name]),
          c('cellTitle', { cohort, period: c('period', { at: period }) }),
        ].join(' · '),
      )
    return {
      ...{ key: `${part.isCompared} ${part.key}`, name: part.name },
      rows: part.of.cohorts.map(({ date, size, values }) => ({
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
      })),
      averages: averageRow({ cohorts: part.of.cohorts, columns }, false)
        .slice(1)
        .map((value) => (value === null ? null : share(value))),
      onSize: (date) => open(date, 0),
      onCell: (date, column) => open(date, column + 1),
    }
  }
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('curve')}>
        {answer.cohorts.every(({ size }) => size === 0) && (
          <p className="analytics-nothing">{a('nothingFound')}</p>
        )}
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
        sections={strengthened(parts.map(sectionOf))}
      />
      <p className="hw-muted cohort-legend">{c('legend')}</p>
      <SecondOrder parts={parts} onCell={onCell} />
    </>
  )
}

/** Colours tell cohorts apart only where the strongest is strong. */
function strengthened(sections: CohortSection[]): CohortSection[] {
  const shares = sections.flatMap(({ rows }) =>
    rows.flatMap(({ cells }) => cells.map((cell) => cell?.share ?? 0)),
  )
  const most = Math.max(0.01, ...shares)
  return sections.map((section) => ({
    ...section,
    rows: section.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell) => cell && { ...cell, share: cell.share / most }),
    })),
  }))
}
