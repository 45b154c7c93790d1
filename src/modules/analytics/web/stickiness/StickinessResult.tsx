import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { stickinessWords } from './stickiness-words.ts'

/** A bar for each number of days, over the same as a table; each opens its people. */
export function StickinessResult({ answer, question, onCell }: ResultProps<'stickiness'>) {
  const t = useWords(stickinessWords)
  const a = useWords(analyticsWords)
  const { language, dark } = useDisplay()
  const { bins, people, interval } = answer
  const times = t(`times.${interval}`)
  const nameOf = (days: number) => `${days}${question.cumulative ? '+' : ''}`
  const open = (days: number) => onCell({ days }, `${times} ${nameOf(days)}`)
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    return {
      xAxis: {
        ...axis,
        type: 'category',
        data: bins.map(({ days }) => days),
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true },
      },
      yAxis: {
        ...axis,
        type: 'value',
        minInterval: 1,
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => shortNumber(value, language) },
      },
      series: [{ type: 'bar', name: t('people'), barMaxWidth: 36, data: bins.map((bin) => bin.people) }],
    }
  }, [bins, dark, language, t])
  // Bins nobody is in, at the end, say nothing; the chart has them.
  const last = bins.findLastIndex((bin) => bin.people > 0)
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('chart')}>
        {people === 0 && <p className="analytics-nothing">{a('nothingFound')}</p>}
        <Chart
          option={option}
          height={300}
          onPick={({ dataIndex }) => {
            const bin = bins[dataIndex ?? -1]
            if (bin) open(bin.days)
          }}
          label={t('chartLabel', { people, once: bins[0]?.people ?? 0 })}
        />
      </section>
      <ScrollingTable label={t('table')}>
        <thead>
          <tr>
            <th scope="col" className="analytics-line-name">
              {times}
            </th>
            <th scope="col" className="hw-right">
              {t('people')}
            </th>
            <th scope="col" className="hw-right">
              {t('share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bins.slice(0, last + 1).map((bin) => (
            <tr key={bin.days}>
              <th scope="row" className="analytics-line-name">
                {nameOf(bin.days)}
              </th>
              <td className="hw-right">
                <PeopleCount
                  value={bin.people}
                  label={`${times} ${nameOf(bin.days)}`}
                  onOpen={() => open(bin.days)}
                />
              </td>
              <td className="hw-right">{percent(bin.people / (people || 1), language)}</td>
            </tr>
          ))}
          <tr className="hw-muted">
            <th scope="row" className="analytics-line-name">
              {t('all')}
            </th>
            <td className="hw-right">{exactNumber(people, language)}</td>
            <td />
          </tr>
        </tbody>
      </ScrollingTable>
    </>
  )
}
