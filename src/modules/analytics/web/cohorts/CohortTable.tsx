import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { cohortWords } from './cohort-words.ts'
import './cohorts.css'

/** `share` (0 to 1) is how strong its colour is. */
export type CohortCell = { value: number; text: string; share: number }
type Props = {
  label: string
  /** What somebody did to be in a row. */
  began: string
  /** One a column. */
  names: readonly string[]
  /** Null cells are of periods that are not over. */
  rows: readonly { date: string; size: number; cells: readonly (CohortCell | null)[] }[]
  /** Of all rows; null where none is over. */
  averages: readonly (string | null)[]
  /** Undefined where the size is no list of people by itself. */
  onSize?: ((date: string) => void) | undefined
  onCell: (date: string, column: number) => void
}

/** A cohort a row, a period a column. Every cell says its number; the colour only makes the pattern seen. */
export function CohortTable({ label, began, names, rows, averages, onSize, onCell }: Props) {
  const t = useWords(cohortWords)
  const { language } = useDisplay()
  const total = rows.reduce((all, { size }) => all + size, 0)
  return (
    <ScrollingTable label={label} className="cohort-table">
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {began}
          </th>
          <th scope="col" className="hw-right">
            {t('size')}
          </th>
          {names.map((name) => (
            <th scope="col" className="hw-right" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr className="cohort-average">
          <th scope="row" className="analytics-line-name">
            {t('average')}
          </th>
          <td className="hw-right">{exactNumber(total, language)}</td>
          {names.map((name, at) => (
            <td className="hw-right" key={name}>
              {averages[at] ?? '–'}
            </td>
          ))}
        </tr>
        {rows.map(({ date, size, cells }) => (
          <tr key={date}>
            <th scope="row" className="analytics-line-name">
              {date.slice(0, 16).replace('T', ' ')}
            </th>
            <td className="hw-right">
              {onSize ? (
                <PeopleCount value={size} label={date} onOpen={() => onSize(date)} />
              ) : (
                exactNumber(size, language)
              )}
            </td>
            {names.map((name, at) => {
              const cell = cells[at] ?? null
              if (cell === null)
                return (
                  <td key={name} className="hw-right cohort-running" title={t('running')}>
                    <span className="hw-muted">–</span>
                  </td>
                )
              if (size === 0) return <td key={name} />
              return (
                <td key={name} className="hw-right cohort-cell" style={heat(cell.share)}>
                  <PeopleCount value={cell.value} label={`${date} ${name}`} onOpen={() => onCell(date, at)}>
                    {cell.text}
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
