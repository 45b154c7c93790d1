import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import type { RepurchasePart } from './RepurchaseResult.tsx'
import { repurchaseWords } from './repurchase-words.ts'

type Props = { parts: readonly RepurchasePart[]; onCell: ResultProps<'repurchase'>['onCell'] }

/** Values and periods beside each other: how many bought again within so many days, and how long it took them. */
export function RepurchaseTable({ parts, onCell }: Props) {
  const t = useWords(repurchaseWords)
  const { language } = useDisplay()
  const horizons = parts[0]?.of.rates.map(({ days }) => days) ?? []
  const days = (value: number | null) =>
    value === null ? '–' : exactNumber(Math.round(value * 10) / 10, language)
  return (
    <ScrollingTable label={t('rates')}>
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {t('value')}
          </th>
          {horizons.map((within) => (
            <th scope="col" className="hw-right" key={within}>
              {t('within', { days: within })}
            </th>
          ))}
          <th scope="col" className="hw-right">
            {t('medianDays')}
          </th>
          <th scope="col" className="hw-right">
            {t('avgDays')}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={`${part.isCompared} ${part.key}`} className={part.isCompared ? 'hw-muted' : undefined}>
            <th scope="row" className="analytics-line-name">
              {part.name}
            </th>
            {part.of.rates.map(({ days: within, people, of, rate }) => (
              <td
                key={within}
                className="hw-right"
                title={rate === null ? t('tooEarly', { days: within }) : undefined}
              >
                {rate === null ? (
                  '–'
                ) : (
                  <>
                    <PeopleCount
                      value={people}
                      label={`${part.name} ${t('rateTitle', { days: within })}`}
                      onOpen={() =>
                        onCell(
                          { within, again: true, compared: false, ...part.cell },
                          `${part.name} · ${t('rateTitle', { days: within })}`,
                        )
                      }
                    >
                      {percent(rate, language)}
                    </PeopleCount>{' '}
                    <span className="hw-muted">{t('ofPeople', { people, of })}</span>
                  </>
                )}
              </td>
            ))}
            <td className="hw-right">{days(part.of.second.p50)}</td>
            <td className="hw-right">{days(part.of.second.avg)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollingTable>
  )
}
