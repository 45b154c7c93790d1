import { Select } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { DayBars } from '../cohorts/DayBars.tsx'
import type { ResultProps } from '../kind-view.ts'
import { PurchaseOptions } from '../purchases/purchase-options.ts'
import { optionsOf } from '../question-state.ts'
import { useShown } from '../shown-state.tsx'
import type { RepurchasePart } from './RepurchaseResult.tsx'
import { repurchaseWords } from './repurchase-words.ts'

type Props = { parts: readonly RepurchasePart[]; onCell: ResultProps<'repurchase'>['onCell'] }

/** How long people take to their second order: everybody, or one of the values or periods beside each other. */
export function SecondOrder({ parts, onCell }: Props) {
  const t = useWords(repurchaseWords)
  const { language } = useDisplay()
  const { state, change, small } = useShown()
  const options = optionsOf(state, 'repurchase', PurchaseOptions) ?? {}
  const part = parts[options.part ?? 0] ?? parts[0]
  if (!part) return null
  const { bins, people, p25, p50, p75, avg } = part.of.second
  const days = (value: number | null) =>
    value === null ? '–' : exactNumber(Math.round(value * 10) / 10, language)
  const about = parts.length === 1 ? '' : `${part.name} · `
  return (
    <section className="hw-panel analytics-chart" aria-label={t('second')}>
      <h2 className="purchase-heading">{t('second')}</h2>
      {parts.length > 1 && !small && (
        <Select
          aria-label={t('value')}
          value={parts.indexOf(part)}
          options={parts.map(({ name }, value) => ({ value, label: name }))}
          onChange={(at) =>
            change({ options: { ...state.options, repurchase: { ...options, part: at || undefined } } })
          }
          popupMatchSelectWidth={false}
        />
      )}
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
            onBin={({ from, until }, name) =>
              onCell(
                { second: { from, until }, compared: false, ...part.cell },
                `${about}${t('second')} · ${name}`,
              )
            }
          />
        </>
      )}
    </section>
  )
}
