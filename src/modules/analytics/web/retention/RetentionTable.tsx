import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RetentionAnswer } from '../../contract/retention.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { averageRow } from './average-row.ts'
import { retentionWords } from './retention-words.ts'

type Props = {
  answer: RetentionAnswer
  names: string[]
  measure: 'people' | 'sum' | 'avg'
  onCell: ResultProps<'retention'>['onCell']
}

/** A cohort a row, a period a column. Every cell says its number; the colour only makes the pattern seen. */
export function RetentionTable({ answer, names, measure, onCell }: Props) {
  const t = useWords(retentionWords)
  const { language } = useDisplay()
  const isShare = measure === 'people'
  // Of people the first column would be the size again.
  const shown = names.map((name, at) => ({ name, at })).slice(isShare ? 1 : 0)
  const averages = averageRow(answer, measure === 'avg')
  const total = answer.cohorts.reduce((all, { size }) => all + size, 0)
  const most = Math.max(0, ...answer.cohorts.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const open = (cohort: string, period: number) =>
    onCell(
      { cohort, period },
      t('cellTitle', { cohort: cohort.slice(0, 16).replace('T', ' '), period: names[period] ?? '' }),
    )
  const written = (value: number) => (isShare ? percent(value, language) : exactNumber(value, language))
  return (
    <ScrollingTable label={t('table')} className="retention-table">
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {t('cohort')}
          </th>
          <th scope="col" className="hw-right">
            {t('size')}
          </th>
          {shown.map(({ name }) => (
            <th scope="col" className="hw-right" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr className="retention-average">
          <th scope="row" className="analytics-line-name">
            {t('average')}
          </th>
          <td className="hw-right">{exactNumber(total, language)}</td>
          {shown.map(({ at, name }) => {
            const value = averages[at] ?? null
            return (
              <td className="hw-right" key={name}>
                {value === null ? '–' : written(isShare ? value : Math.round(value * 100) / 100)}
              </td>
            )
          })}
        </tr>
        {answer.cohorts.map(({ date, size, values }) => (
          <tr key={date}>
            <th scope="row" className="analytics-line-name">
              {date.slice(0, 16).replace('T', ' ')}
            </th>
            <td className="hw-right">
              {isShare ? (
                <PeopleCount value={size} label={date} onOpen={() => open(date, 0)} />
              ) : (
                exactNumber(size, language)
              )}
            </td>
            {shown.map(({ at, name }) => {
              const value = values[at] ?? null
              if (value === null)
                return (
                  <td key={name} className="hw-right retention-running" title={t('running')}>
                    <span className="hw-muted">–</span>
                  </td>
                )
              if (size === 0) return <td key={name} />
              const share = isShare ? value / size : value / (most || 1)
              return (
                <td key={name} className="hw-right retention-cell" style={heat(share)}>
                  <PeopleCount value={value} label={`${date} ${name}`} onOpen={() => open(date, at)}>
                    {isShare ? `${written(share)} · ${exactNumber(value, language)}` : written(value)}
                  </PeopleCount>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  )
}

/** Never so strong that the ink on it could not be read, in light and in dark. */
const heat = (share: number) => ({
  background: `color-mix(in srgb, var(--river) ${Math.round(Math.min(1, Math.max(0, share)) * 40)}%, var(--surface))`,
})
