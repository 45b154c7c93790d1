import { useDisplay } from '#ui/display.tsx'
import { exactNumber, money } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { DayBars } from '../cohorts/DayBars.tsx'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { ordersWords } from './orders-words.ts'

type Props = Pick<ResultProps<'orders'>, 'answer' | 'onCell'>

/** Why things go back, and how long after the order. */
export function Returns({ answer, onCell }: Props) {
  const t = useWords(ordersWords)
  const { language } = useDisplay()
  const { reasons, delay } = answer.returns
  const days = (value: number | null) =>
    value === null ? '–' : exactNumber(Math.round(value * 10) / 10, language)
  if (reasons.length === 0)
    return (
      <section className="hw-panel analytics-chart" aria-label={t('returns')}>
        <h2 className="purchase-heading">{t('returns')}</h2>
        <p className="hw-muted">{t('noReturns')}</p>
      </section>
    )
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('delay')}>
        <h2 className="purchase-heading">{t('delay')}</h2>
        <p className="hw-muted">{t('delayText', { p50: days(delay.p50), p75: days(delay.p75) })}</p>
        <DayBars
          bins={delay.bins}
          name={t('refundsCount')}
          label={t('delayLabel', { count: delay.count, p50: days(delay.p50) })}
          onBin={({ from, until }, name) => onCell({ delay: { from, until } }, `${t('delay')} · ${name}`)}
        />
      </section>
      <ScrollingTable label={t('reasons')}>
        <thead>
          <tr>
            <th scope="col" className="analytics-line-name">
              {t('reasons')}
            </th>
            <th scope="col" className="hw-right">
              {t('buyers')}
            </th>
            <th scope="col" className="hw-right">
              {t('count')}
            </th>
            <th scope="col" className="hw-right">
              {t('amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {reasons.map(({ reason, people, count, amount }) => (
            <tr key={reason}>
              <th scope="row" className="analytics-line-name">
                {reason || t('noReason')}
              </th>
              <td className="hw-right">
                <PeopleCount
                  value={people}
                  label={reason || t('noReason')}
                  onOpen={() => onCell({ reason }, reason || t('noReason'))}
                />
              </td>
              <td className="hw-right">{exactNumber(count, language)}</td>
              <td className="hw-right">{money(amount, answer.currency, language)}</td>
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}
