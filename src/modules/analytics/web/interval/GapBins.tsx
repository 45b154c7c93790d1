import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import { durationText } from '../funnel/duration-text.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { intervalWords } from './interval-words.ts'

/** How many pairs took how long, as a histogram over its table. */
export function GapBins({ answer, onCell }: ResultProps<'interval'>) {
  const t = useWords(intervalWords)
  const { language, dark } = useDisplay()
  const { bins, pairs } = answer
  const names = useMemo(
    () =>
      bins.map(({ from, until }) =>
        until === null
          ? t('longer', { from: durationText(from, language) })
          : t('range', { from: durationText(from, language), until: durationText(until, language) }),
      ),
    [bins, language, t],
  )
  // Of equal widths where one begins says enough; of others both ends do.
  const isEven = bins.every(({ until }) => until !== null)
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    return {
      xAxis: {
        ...axis,
        type: 'category',
        data: isEven ? bins.map(({ from }) => durationText(from, language)) : names,
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true },
      },
      yAxis: { ...axis, type: 'value', minInterval: 1 },
      series: [
        {
          type: 'bar',
          name: t('pairs'),
          color: (dark ? chartPaletteDark : chartPalette)[0],
          barCategoryGap: '8%',
          barMaxWidth: 90,
          data: bins.map((bin) => bin.pairs),
        },
      ],
    }
  }, [bins, names, isEven, dark, language, t])
  const nameOf = (bin: (typeof bins)[number]) => names[bins.indexOf(bin)] ?? ''
  const open = (bin: (typeof bins)[number] | undefined) =>
    bin &&
    bin.pairs > 0 &&
    onCell(
      { from: bin.from, ...(bin.until === null ? {} : { until: bin.until }), compared: false },
      `${t('took')} ${nameOf(bin)}`,
    )
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('chart')}>
        <Chart
          option={option}
          height={280}
          onPick={({ dataIndex }) => open(bins[dataIndex ?? -1])}
          label={t('chartLabel', {
            pairs: exactNumber(pairs, language),
            median: durationText(answer.p50 ?? 0, language),
          })}
        />
      </section>
      <ScrollingTable label={t('table')}>
        <thead>
          <tr>
            <th scope="col" className="analytics-line-name">
              {t('took')}
            </th>
            <th scope="col" className="hw-right">
              {t('pairs')}
            </th>
            <th scope="col" className="hw-right">
              {t('share')}
            </th>
            <th scope="col" className="hw-right">
              {t('people')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bins
            .filter((bin) => bin.pairs > 0)
            .map((bin) => (
              <tr key={bin.from}>
                <th scope="row" className="analytics-line-name">
                  {nameOf(bin)}
                </th>
                <td className="hw-right">{exactNumber(bin.pairs, language)}</td>
                <td className="hw-right">{percent(bin.pairs / pairs, language)}</td>
                <td className="hw-right">
                  <PeopleCount value={bin.people} label={nameOf(bin)} onOpen={() => open(bin)} />
                </td>
              </tr>
            ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}
