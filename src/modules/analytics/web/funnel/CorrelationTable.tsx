import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import type { Correlation } from '../../contract/funnel.ts'
import type { BreakdownBy } from '../../contract/question.ts'
import { analyticsWords } from '../analytics-words.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { CorrelationActions } from './CorrelationActions.tsx'
import { correlationWords } from './correlation-words.ts'
import type { ShownFunnel } from './FunnelResult.tsx'
import { valueName } from './value-name.ts'

export type CorrelationRow = Correlation['rows'][number]
type Props = ShownFunnel & { title: string; rows: CorrelationRow[]; labelOf: (by: BreakdownBy) => string }

/** One direction of it, the surest and strongest first; the bar is on a scale where twice and half are as long. */
export function CorrelationTable({ title, rows, labelOf, question, onCell }: Props) {
  const t = useWords(correlationWords)
  const a = useWords(analyticsWords)
  const titles = useEventTitles()
  const { language } = useDisplay()
  if (rows.length === 0) return null
  const strength = ({ odds }: CorrelationRow) => Math.abs(Math.log(odds))
  const strongest = Math.max(...rows.map(strength), Math.log(2))
  const nameOf = ({ event, by, value }: CorrelationRow) =>
    event !== undefined || by === undefined
      ? titles.event(event ?? '')
      : `${labelOf(by)}: ${valueName({ breakdown: [value ?? null] }, a)}`
  return (
    <ScrollingTable label={title} className="correlation-table">
      <thead>
        <tr>
          <th scope="col" className="analytics-line-name">
            {title}
          </th>
          <th scope="col" aria-label={t('thing')} />
          <th scope="col" className="hw-right">
            {t('with')}
          </th>
          <th scope="col" className="hw-right">
            {t('without')}
          </th>
          <th scope="col" />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const name = nameOf(row)
          const { event, by, value } = row
          const open = (has: boolean, converted: boolean | undefined, said: string) =>
            onCell(
              {
                ...{ step: 1, dropped: false },
                correlation: {
                  ...(event === undefined ? { by, value } : { event }),
                  has,
                  ...(converted === undefined ? {} : { converted }),
                },
              },
              said,
            )
          return (
            <tr key={name} className={row.sure ? undefined : 'hw-muted'}>
              <th scope="row" className="analytics-line-name" title={name}>
                {name}
              </th>
              <td>
                <span className="correlation-strength">
                  <span className="correlation-track" aria-hidden="true">
                    <span
                      className={row.odds >= 1 ? 'correlation-bar' : 'correlation-bar correlation-bar-less'}
                      style={{ width: `${(100 * strength(row)) / strongest}%` }}
                    />
                  </span>
                  {t('times', { times: sayOdds(row.odds, language) })}
                  {!row.sure && <span className="hw-fine">{t('chance')}</span>}
                </span>
              </td>
              {([true, false] as const).map((has) => {
                const of = has ? row.with : row.without
                const all = of.converted + of.lost
                return (
                  <td className="hw-right" key={String(has)}>
                    {percent(all === 0 ? 0 : of.converted / all, language)}{' '}
                    <span className="hw-muted">
                      <PeopleCount
                        value={of.converted}
                        label={t(has ? 'convertedWith' : 'convertedWithout', { name })}
                        onOpen={() =>
                          open(has, true, t(has ? 'convertedWith' : 'convertedWithout', { name }))
                        }
                      />
                      /
                      <PeopleCount
                        value={all}
                        label={t(has ? 'allWith' : 'allWithout', { name })}
                        onOpen={() => open(has, undefined, t(has ? 'allWith' : 'allWithout', { name }))}
                      />
                    </span>
                  </td>
                )
              })}
              <td>
                <CorrelationActions row={row} name={name} steps={question.steps.length} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </ScrollingTable>
  )
}

/** Where nobody converted without it the ratio is of a guess (half a person), not of anybody counted. */
const farthest = 100
const sayOdds = (odds: number, language: 'zh' | 'en'): string =>
  odds > farthest
    ? `>${farthest}`
    : odds < 1 / farthest
      ? `<${1 / farthest}`
      : exactNumber(Number(odds.toPrecision(2)), language)
