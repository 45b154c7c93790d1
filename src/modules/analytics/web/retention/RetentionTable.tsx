import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RetentionAnswer } from '../../contract/retention.ts'
import { CohortTable } from '../cohorts/CohortTable.tsx'
import type { ResultProps } from '../kind-view.ts'
import { averageRow } from './average-row.ts'
import { retentionWords } from './retention-words.ts'

type Props = {
  answer: RetentionAnswer
  names: string[]
  measure: 'people' | 'sum' | 'avg'
  onCell: ResultProps<'retention'>['onCell']
}

/** Of people shares of the cohort, of a property its numbers. */
export function RetentionTable({ answer, names, measure, onCell }: Props) {
  const t = useWords(retentionWords)
  const { language } = useDisplay()
  const isShare = measure === 'people'
  // Of people the first column would be the size again.
  const skipped = isShare ? 1 : 0
  const most = Math.max(0, ...answer.cohorts.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const open = (cohort: string, period: number) =>
    onCell(
      { cohort, period },
      t('cellTitle', { cohort: cohort.slice(0, 16).replace('T', ' '), period: names[period] ?? '' }),
    )
  const written = (value: number) => (isShare ? percent(value, language) : exactNumber(value, language))
  const cellOf = (value: number | null, size: number) => {
    if (value === null) return null
    const share = isShare ? value / (size || 1) : value / (most || 1)
    const text = isShare ? `${written(share)} · ${exactNumber(value, language)}` : written(value)
    return { value, text, share }
  }
  return (
    <CohortTable
      label={t('table')}
      began={t('cohort')}
      names={names.slice(skipped)}
      rows={answer.cohorts.map(({ date, size, values }) => ({
        ...{ date, size },
        cells: values.slice(skipped).map((value) => cellOf(value, size)),
      }))}
      averages={averageRow(answer, measure === 'avg')
        .slice(skipped)
        .map((value) => (value === null ? null : written(isShare ? value : Math.round(value * 100) / 100)))}
      onSize={isShare ? (date) => open(date, 0) : undefined}
      onCell={(date, column) => open(date, column + skipped)}
    />
  )
}
