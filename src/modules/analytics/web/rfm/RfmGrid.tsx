import { Segmented } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RfmAnswer } from '../../contract/rfm.ts'
import type { ResultProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { useShown } from '../shown-state.tsx'
import { shortMoney } from './money-text.ts'
import { RfmOptions } from './rfm-options.ts'
import { rfmWords } from './rfm-words.ts'

type Level = RfmAnswer['levels']['r'][number]

/** Recency by frequency, shaded by people or money; what each score covers stands at its edge. */
export function RfmGrid({ answer, onCell }: ResultProps<'rfm'>) {
  const t = useWords(rfmWords)
  const { language } = useDisplay()
  const { state, change } = useShown()
  const options = optionsOf(state, 'rfm', RfmOptions) ?? {}
  const by = options.grid ?? 'people'
  const { levels, groups, currency } = answer
  const cells = new Map(
    [...Map.groupBy(groups, ({ r, f }) => `${r} ${f}`)].map(([key, own]) => [
      key,
      {
        people: own.reduce((sum, one) => sum + one.people, 0),
        money: own.reduce((sum, one) => sum + one.monetary_sum, 0),
      },
    ]),
  )
  const most = Math.max(...[...cells.values()].map((cell) => cell[by]), 1)
  const rangeOf = ({ from, to }: Level, say: (value: number) => string) =>
    from === to ? say(from) : `${say(from)} – ${say(to)}`
  const number = (value: number) => exactNumber(value, language)
  return (
    <>
      <div className="hw-bar rfm-head">
        <strong className="hw-bar-grow">{t('grid')}</strong>
        <Segmented
          size="small"
          aria-label={t('gridBy')}
          value={by}
          options={(['people', 'money'] as const).map((value) => ({ value, label: t(`grid.${value}`) }))}
          onChange={(grid) => change({ options: { ...state.options, rfm: { ...options, grid } } })}
        />
      </div>
      <div className="rfm-scroll">
        <table className="rfm-grid">
          <thead>
            <tr>
              <td />
              {levels.f.map((level) => (
                <th key={level.score} scope="col">
                  F {level.score}
                  <span className="hw-fine">{t('orders', { count: rangeOf(level, number) })}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {levels.r.toReversed().map((row) => (
              <tr key={row.score}>
                <th scope="row">
                  R {row.score}
                  <span className="hw-fine">{t('days', { count: rangeOf(row, number) })}</span>
                </th>
                {levels.f.map(({ score: f }) => {
                  const cell = cells.get(`${row.score} ${f}`)
                  const label = t('gridCell', {
                    ...{ r: row.score, f },
                    people: number(cell?.people ?? 0),
                    money: shortMoney(cell?.money ?? 0, currency, language),
                  })
                  return (
                    <td key={f} data-value={cell?.[by] ?? 0}>
                      {cell && (
                        <button
                          type="button"
                          className="rfm-cell"
                          style={{ '--part': Math.sqrt(Math.max(0, cell[by]) / most) } as React.CSSProperties}
                          aria-label={label}
                          title={label}
                          onClick={() =>
                            onCell({ r: row.score, f, compared: false }, `R ${row.score} · F ${f}`)
                          }
                        >
                          {by === 'people'
                            ? shortNumber(cell.people, language)
                            : shortMoney(cell.money, currency, language)}
                        </button>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="hw-fine rfm-money">
        {t('levelsText')}
        {levels.m
          .map(
            (level) =>
              `M ${level.score} = ${rangeOf(level, (value) => shortMoney(value, currency, language))}`,
          )
          .join(' · ')}
      </p>
    </>
  )
}
