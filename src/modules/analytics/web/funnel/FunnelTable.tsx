import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import { ScrollingTable } from '../ScrollingTable.tsx'
import type { ShownFunnel } from './FunnelResult.tsx'
import { funnelWords } from './funnel-words.ts'
import { valueName } from './value-name.ts'

/** The steps of each value it is broken down by. */
export function FunnelTable({ question, answer, names, onCell }: ShownFunnel) {
  const t = useWords(funnelWords)
  const a = useWords(analyticsWords)
  const { language } = useDisplay()
  return (
    <ScrollingTable label={t('table')}>
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {t('value')}
          </th>
          {question.steps.map((_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
            <th scope="col" className="hw-right" key={at}>
              {at + 1} {question.order === 'any' ? '' : names[at]}
            </th>
          ))}
          <th scope="col" className="hw-right">
            {t('conversion')}
          </th>
          {answer.compare && (
            <th scope="col" className="hw-right">
              {a('comparedName', { name: t('conversion') })}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {(answer.values ?? []).map((one) => {
          const name = valueName(one, a)
          const before = answer.compare?.values?.find(
            ({ breakdown }) => JSON.stringify(breakdown) === JSON.stringify(one.breakdown),
          )
          return (
            <tr key={JSON.stringify(one.breakdown)}>
              <th scope="row" className="analytics-line-name">
                {name}
              </th>
              {one.steps.map(({ count }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
                <td className="hw-right" key={at}>
                  {count === 0 ? (
                    <span className="hw-muted">0</span>
                  ) : (
                    <button
                      type="button"
                      className="analytics-value"
                      onClick={() =>
                        onCell(
                          { step: at + 1, dropped: false, breakdown: one.breakdown },
                          `${t('reachedTitle', { title: `${at + 1} ${names[at] ?? ''}` })} · ${name}`,
                        )
                      }
                    >
                      {exactNumber(count, language)}
                    </button>
                  )}
                </td>
              ))}
              <td className="hw-right">{percent(conversion(one.steps), language)}</td>
              {answer.compare && (
                <td className="hw-right hw-muted">
                  {before ? percent(conversion(before.steps), language) : '–'}
                </td>
              )}
            </tr>
          )
        })}
      </tbody>
    </ScrollingTable>
  )
}

function conversion(steps: readonly { count: number }[]): number {
  const begun = steps[0]?.count ?? 0
  return begun === 0 ? 0 : (steps.at(-1)?.count ?? 0) / begun
}
