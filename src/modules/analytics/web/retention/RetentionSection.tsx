import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RetentionAnswer } from '../../contract/retention.ts'
import { cohortWords } from '../cohorts/cohort-words.ts'
import { LeftOut, useFromFirst } from '../cohorts/from-first.tsx'
import { heat } from '../cohorts/heat.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { averageRow } from './average-row.ts'
import type { RetentionPart } from './RetentionResult.tsx'
import { retentionWords } from './retention-words.ts'

type Props = {
  part: RetentionPart
  columns: RetentionAnswer['columns']
  names: string[]
  shown: { name: string; at: number }[]
  measure: 'people' | 'sum' | 'avg'
  /** The largest number of the table, which is the darkest. */
  most: number
  /** Nothing beside it: no name is needed, and nothing to close. */
  isAlone: boolean
  startsOpen: boolean
  onCell: ResultProps<'retention'>['onCell']
}

/** The average of one part, then a cohort a row. Every cell says its number; the colour only makes the pattern seen. */
export function RetentionSection(props: Props) {
  const { part, columns, names, shown, measure, most, isAlone, startsOpen, onCell } = props
  const t = useWords(retentionWords)
  const c = useWords(cohortWords)
  const { language } = useDisplay()
  const [isOpen, setOpen] = useState(startsOpen)
  const { cohorts } = part.of
  const { rows, left, showAll } = useFromFirst(cohorts)
  const isShare = measure === 'people'
  const averages = averageRow({ cohorts, columns }, measure === 'avg')
  const total = cohorts.reduce((all, { size }) => all + size, 0)
  const open = (cohort: string, period: number) =>
    onCell(
      { cohort, period, compared: false, ...part.cell },
      [
        ...(isAlone ? [] : [part.name]),
        t('cellTitle', { cohort: cohort.slice(0, 16).replace('T', ' '), period: names[period] ?? '' }),
      ].join(' · '),
    )
  const written = (value: number) => (isShare ? percent(value, language) : exactNumber(value, language))
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
              aria-label={t(isOpen ? 'hide' : 'show', { name: part.name })}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}{' '}
              {part.name}
            </button>
          )}
        </th>
        <td className="hw-right">{exactNumber(total, language)}</td>
        {shown.map(({ at, name }) => {
          const value = averages[at] ?? null
          const isHeated = isShare && !isAlone && value !== null && total > 0
          return (
            <td className="hw-right" key={name} style={isHeated ? heat(value) : undefined}>
              {value === null ? '–' : written(isShare ? value : Math.round(value * 100) / 100)}
            </td>
          )
        })}
      </tr>
      {isOpen && <LeftOut left={left} columns={shown.length + 2} onShow={showAll} />}
      {isOpen &&
        rows.map(({ date, size, values }) => (
          <tr key={date}>
            <th
              scope="row"
              className={isAlone ? 'analytics-line-name' : 'analytics-line-name retention-inner'}
            >
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
                  <td key={name} className="hw-right cohort-running" title={c('running')}>
                    <span className="hw-muted">–</span>
                  </td>
                )
              if (size === 0) return <td key={name} />
              const share = isShare ? value / size : value / (most || 1)
              return (
                <td key={name} className="hw-right cohort-cell" style={heat(share)}>
                  <PeopleCount value={value} label={`${date} ${name}`} onOpen={() => open(date, at)}>
                    {isShare ? `${written(share)} · ${exactNumber(value, language)}` : written(value)}
                  </PeopleCount>
                </td>
              )
            })}
          </tr>
        ))}
    </tbody>
  )
}
