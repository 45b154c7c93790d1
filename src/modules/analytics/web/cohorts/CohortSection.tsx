import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { cohortWords } from './cohort-words.ts'
import { LeftOut, useFromFirst } from './from-first.tsx'
import { heat } from './heat.ts'

/** `share` (0 to 1) is how strong its colour is. */
export type CohortCell = { value: number; text: string; share: number }
export type CohortRow = { date: string; size: number; cells: readonly (CohortCell | null)[] }
/** Everybody or one value, of one period: its average, then its cohorts. */
export type CohortSection = {
  key: string
  name: string
  startsOpen: boolean
  /** Null cells are of periods that are not over. */
  rows: readonly CohortRow[]
  /** Of all rows; null where none is over. With a share it is coloured. */
  averages: readonly ({ text: string; share?: number } | null)[]
  /** Left out: the size opens nobody. */
  onSize?: (date: string) => void
  onCell: (date: string, column: number) => void
}

type Props = {
  section: CohortSection
  names: readonly string[]
  /** Nothing beside it: no name is needed, and nothing to close. */
  isAlone: boolean
}

/** Every cell says its number; the colour only makes the pattern seen. */
export function SectionRows({ section, names, isAlone }: Props) {
  const t = useWords(cohortWords)
  const { language } = useDisplay()
  const [isOpen, setOpen] = useState(section.startsOpen)
  const { rows, left, showAll } = useFromFirst(section.rows)
  const total = section.rows.reduce((all, { size }) => all + size, 0)
  const about = (text: string) => (isAlone ? text : `${section.name} ${text}`)
  return (
    <tbody>
      <tr className="cohort-average">
        <th scope="row" className="analytics-line-name">
          {isAlone ? (
            t('average')
          ) : (
            <button
              type="button"
              className="analytics-value"
              aria-expanded={isOpen}
              aria-label={t(isOpen ? 'hide' : 'show', { name: section.name })}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}{' '}
              {section.name}
            </button>
          )}
        </th>
        <td className="hw-right">{exactNumber(total, language)}</td>
        {names.map((name, at) => {
          const average = section.averages[at]
          const isHeated = average?.share !== undefined
          return (
            <td className="hw-right" key={name} style={isHeated ? heat(average.share ?? 0) : undefined}>
              {average?.text ?? '–'}
            </td>
          )
        })}
      </tr>
      {isOpen && <LeftOut left={left} columns={names.length + 2} onShow={showAll} />}
      {isOpen &&
        rows.map(({ date, size, cells }) => (
          <tr key={date}>
            <th scope="row" className={isAlone ? 'analytics-line-name' : 'analytics-line-name cohort-inner'}>
              {date.slice(0, 16).replace('T', ' ')}
            </th>
            <td className="hw-right">
              {section.onSize ? (
                <PeopleCount value={size} label={about(date)} onOpen={() => section.onSize?.(date)} />
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
                  <PeopleCount
                    value={cell.value}
                    label={about(`${date} ${name}`)}
                    onOpen={() => section.onCell(date, at)}
                  >
                    {cell.text}
                  </PeopleCount>
                </td>
              )
            })}
          </tr>
        ))}
    </tbody>
  )
}
