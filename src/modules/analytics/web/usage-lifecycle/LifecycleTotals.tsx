import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { UsageState } from '../../contract/usage-lifecycle.ts'
import { analyticsWords } from '../analytics-words.ts'
import { changeOf } from '../parts.ts'
import { ScrollingTable } from '../ScrollingTable.tsx'
import type { LifecyclePart } from './LifecycleResult.tsx'
import { usageLifecycleWords } from './usage-lifecycle-words.ts'

type Props = {
  parts: LifecyclePart[]
  compare: { from: string; to: string } | undefined
  shown: string
  onShow: (key: string) => void
}

const sumOf = (part: LifecyclePart | undefined, state: UsageState): number =>
  (part?.of.points ?? []).reduce((all, point) => all + point[state], 0)

/** A value a row, all periods added up, with the change against the compared period; a name shows its curve. */
export function LifecycleTotals({ parts, compare, shown, onShow }: Props) {
  const t = useWords(usageLifecycleWords)
  const a = useWords(analyticsWords)
  const { language } = useDisplay()
  const own = parts.filter(({ isCompared }) => !isCompared)
  return (
    <>
      <ScrollingTable label={t('totals')} className="lifecycle-totals">
        <thead>
          <tr>
            <th scope="col" className="analytics-line-name">
              {t('totals')}
            </th>
            {UsageState.options.map((state) => (
              <th scope="col" className="hw-right" key={state}>
                {t(`state.${state}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {own.map((part) => {
            const before = parts.find((one) => one.isCompared && one.key === part.key)
            return (
              <tr key={part.key}>
                <th scope="row" className="analytics-line-name">
                  {own.length === 1 ? (
                    part.name
                  ) : (
                    <button
                      type="button"
                      className={
                        part.key === shown ? 'analytics-value analytics-value-strong' : 'analytics-value'
                      }
                      aria-pressed={part.key === shown}
                      onClick={() => onShow(part.key)}
                    >
                      {part.name}
                    </button>
                  )}
                </th>
                {UsageState.options.map((state) => (
                  <td className="hw-right" key={state}>
                    {exactNumber(sumOf(part, state), language)}
                    {compare && <Change now={sumOf(part, state)} then={sumOf(before, state)} />}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </ScrollingTable>
      <p className="hw-fine lifecycle-totals-note">
        {t('totalsNote')} {compare && a('comparedPeriod', compare)}
      </p>
    </>
  )
}

function Change({ now, then }: { now: number; then: number }) {
  const { language } = useDisplay()
  const change = changeOf(now, then)
  const sign = change !== undefined && change > 0 ? '+' : ''
  return (
    <span className="hw-muted lifecycle-change">
      {exactNumber(then, language)}
      {change === undefined ? '' : ` · ${sign}${percent(change, language)}`}
    </span>
  )
}
