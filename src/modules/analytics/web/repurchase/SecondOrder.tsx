import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RepurchaseAnswer } from '../../contract/repurchase.ts'
import { DayBars } from '../cohorts/DayBars.tsx'
import type { ResultProps } from '../kind-view.ts'
import { repurchaseWords } from './repurchase-words.ts'

type Props = { second: RepurchaseAnswer['second']; onCell: ResultProps<'repurchase'>['onCell'] }

/** How long people take to their second order. */
export function SecondOrder({ second, onCell }: Props) {
  const t = useWords(repurchaseWords)
  const { language } = useDisplay()
  const { bins, people, p25, p50, p75, avg } = second
  const days = (value: number | null) =>
    value === null ? '–' : exactNumber(Math.round(value * 10) / 10, language)
  return (
    <section className="hw-panel analytics-chart" aria-label={t('second')}>
      <h2 className="purchase-heading">{t('second')}</h2>
      {people === 0 ? (
        <p className="hw-muted">{t('nobodyAgain')}</p>
      ) : (
        <>
          <p className="hw-muted">
            {t('quartiles', { p25: days(p25), p50: days(p50), p75: days(p75), avg: days(avg) })}
          </p>
          <DayBars
            bins={bins}
            name={t('people')}
            label={t('secondLabel', { people, median: days(p50) })}
            onBin={({ from, until }, name) => onCell({ second: { from, until } }, `${t('second')} · ${name}`)}
          />
        </>
      )}
    </section>
  )
}
