import { useDisplay } from '#ui/display.tsx'
import { percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RepurchaseAnswer } from '../../contract/repurchase.ts'
import type { ResultProps } from '../kind-view.ts'
import { repurchaseWords } from './repurchase-words.ts'

type Props = { rates: RepurchaseAnswer['rates']; onCell: ResultProps<'repurchase'>['onCell'] }

/** How many bought again within a month, a quarter, a year: of those who had so long. */
export function RepurchaseRates({ rates, onCell }: Props) {
  const t = useWords(repurchaseWords)
  const { language } = useDisplay()
  return (
    <dl className="purchase-figures" aria-label={t('rates')}>
      {rates.map(({ days, people, of, rate }) => {
        const title = t('rateTitle', { days })
        return (
          <div key={days}>
            <dt>{title}</dt>
            {rate === null ? (
              <dd className="hw-muted" title={t('tooEarly', { days })}>
                –
              </dd>
            ) : (
              <dd>
                <button
                  type="button"
                  className="analytics-value"
                  aria-label={`${title}: ${percent(rate, language)}`}
                  onClick={() => onCell({ within: days, again: true, compared: false }, title)}
                >
                  {percent(rate, language)}
                </button>
              </dd>
            )}
            <dd className="hw-muted">{of === 0 ? t('tooEarly', { days }) : t('ofPeople', { people, of })}</dd>
          </div>
        )
      })}
    </dl>
  )
}
