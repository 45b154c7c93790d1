import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import type { StickinessPart } from './StickinessResult.tsx'
import { stickinessWords } from './stickiness-words.ts'

type Props = {
  parts: StickinessPart[]
  times: string
  nameOf: (days: number) => string
  onOpen: (part: StickinessPart, days: number) => void
}

/** A number of days a row, a value or period a column; each number opens its people, with their share of the column. */
export function StickinessTable({ parts, times, nameOf, onOpen }: Props) {
  const t = useWords(stickinessWords)
  const { language } = useDisplay()
  // Bins nobody is in, at the end, say nothing; the chart has them.
  const last = Math.max(...parts.map(({ of }) => of.bins.findLastIndex((bin) => bin.people > 0)))
  const rows = Array.from({ length: last + 1 }, (_, at) => at)
  const isSingle = parts.length === 1
  return (
    <ScrollingTable label={t('table')}>
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {times}
          </th>
          {parts.map((part) => (
            <th scope="col" className="hw-right" key={`${part.isCompared} ${part.key}`}>
              {isSingle ? t('people') : part.name}
            </th>
          ))}
          {isSingle && (
            <th scope="col" className="hw-right">
              {t('share')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((at) => (
          <tr key={at}>
            <th scope="row" className="analytics-line-name">
              {nameOf(at + 1)}
            </th>
            {parts.map((part) => {
              const people = part.of.bins[at]?.people
              const share = percent((people ?? 0) / (part.of.people || 1), language)
              return (
                <td
                  className={part.isCompared ? 'hw-right hw-muted' : 'hw-right'}
                  key={`${part.isCompared} ${part.key}`}
                >
                  {people === undefined ? (
                    '–'
                  ) : (
                    <PeopleCount
                      value={people}
                      label={`${isSingle ? '' : `${part.name} · `}${times} ${nameOf(at + 1)}`}
                      onOpen={() => onOpen(part, at + 1)}
                    />
                  )}
                  {!isSingle && people ? <span className="analytics-share">{share}</span> : null}
                </td>
              )
            })}
            {isSingle && (
              <td className="hw-right">
                {percent((parts[0]?.of.bins[at]?.people ?? 0) / (parts[0]?.of.people || 1), language)}
              </td>
            )}
          </tr>
        ))}
        <tr className="hw-muted">
          <th scope="row" className="analytics-line-name">
            {t('all')}
          </th>
          {parts.map((part) => (
            <td className="hw-right" key={`${part.isCompared} ${part.key}`}>
              {exactNumber(part.of.people, language)}
            </td>
          ))}
          {isSingle && <td />}
        </tr>
      </tbody>
    </ScrollingTable>
  )
}
