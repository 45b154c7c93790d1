import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { moneyText } from './money-text.ts'
import { rfmWords } from './rfm-words.ts'

/** The same groups as numbers. */
export function RfmTable({ answer, onCell }: ResultProps<'rfm'>) {
  const t = useWords(rfmWords)
  const { language } = useDisplay()
  const columns = ['people', 'share', 'money', 'moneyShare', 'moneyAvg', 'recency', 'frequency'] as const
  const amount = (value: number | null) =>
    value === null ? '–' : moneyText(value, answer.currency, language)
  const share = (value: number | null) => (value === null ? '–' : percent(value, language))
  return (
    <ScrollingTable label={t('table')}>
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {t('group')}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" className="hw-right">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {answer.named.map((one) => {
          const title = t(`group.${one.group}`)
          const empty = one.people === 0
          return (
            <tr key={one.group}>
              <th scope="row" className="analytics-line-name">
                {title}
              </th>
              <td className="hw-right">
                <PeopleCount
                  value={one.people}
                  label={title}
                  onOpen={() => onCell({ group: one.group, compared: false }, title)}
                />
              </td>
              <td className="hw-right" data-value={one.share ?? undefined}>
                {share(one.share)}
              </td>
              <td className="hw-right" data-value={one.monetary_sum ?? undefined}>
                {amount(one.monetary_sum)}
              </td>
              <td className="hw-right" data-value={one.monetary_share ?? undefined}>
                {share(one.monetary_share)}
              </td>
              <td className="hw-right" data-value={one.monetary_avg ?? undefined}>
                {amount(one.monetary_avg)}
              </td>
              <td className="hw-right">
                {empty
                  ? '–'
                  : t('days', { count: exactNumber(Math.round(one.recency_days_avg * 10) / 10, language) })}
              </td>
              <td className="hw-right">{empty ? '–' : exactNumber(one.frequency_avg, language)}</td>
            </tr>
          )
        })}
      </tbody>
    </ScrollingTable>
  )
}
