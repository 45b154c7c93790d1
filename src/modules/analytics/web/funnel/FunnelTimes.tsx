import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import { analyticsWords } from '../analytics-words.ts'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { durationText } from './duration-text.ts'
import type { ShownFunnel } from './FunnelResult.tsx'
import { funnelWords } from './funnel-words.ts'

/** How long it takes from the first step to the last, as a histogram over its table. */
export function FunnelTimes({ answer, onCell }: ShownFunnel) {
  const t = useWords(funnelWords)
  const a = useWords(analyticsWords)
  const { language, dark } = useDisplay()
  const convert = answer.convert
  const bins = useMemo(() => convert?.bins ?? [], [convert])
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    return {
      grid: {
        left: 8,
        right: 16,
        top: 16,
        bottom: 8,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      xAxis: {
        ...axis,
        type: 'category',
        data: bins.map(({ from }) => durationText(from, language)),
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true },
      },
      yAxis: { ...axis, type: 'value', minInterval: 1 },
      tooltip: { trigger: 'axis' },
      series: [
        {
          type: 'bar',
          name: t('converted'),
          color: (dark ? chartPaletteDark : chartPalette)[0],
          barCategoryGap: '8%',
          data: bins.map(({ count }) => count),
        },
      ],
    }
  }, [bins, dark, language, t])
  if (!convert || convert.count === 0)
    return <p className="hw-panel hw-panel-body hw-muted">{a('nothingFound')}</p>
  const nameOf = (bin: (typeof bins)[number]) =>
    t('binName', { from: durationText(bin.from, language), until: durationText(bin.until, language) })
  const open = (bin: (typeof bins)[number] | undefined) =>
    bin &&
    bin.count > 0 &&
    onCell(
      { step: convert.to, dropped: false, took: { from: bin.from, until: bin.until } },
      t('tookTitle', { bin: nameOf(bin) }),
    )
  const texts = {
    median: durationText(convert.median_seconds ?? 0, language),
    average: durationText(convert.avg_seconds ?? 0, language),
    count: exactNumber(convert.count, language),
  }
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('tab.times')}>
        <p className="funnel-whole">{t('timesSummary', texts)}</p>
        <Chart
          option={option}
          height={280}
          onPick={({ dataIndex }) => open(bins[dataIndex ?? -1])}
          label={t('timesLabel', texts)}
        />
      </section>
      <ScrollingTable label={t('table')}>
        <thead>
          <tr>
            <th scope="col">{t('took')}</th>
            <th scope="col" className="hw-right">
              {t('converted')}
            </th>
            <th scope="col" className="hw-right">
              {t('shareOf')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bins
            .filter(({ count }) => count > 0)
            .map((bin) => (
              <tr key={bin.from}>
                <th scope="row">{nameOf(bin)}</th>
                <td className="hw-right">
                  <button type="button" className="analytics-value" onClick={() => open(bin)}>
                    {exactNumber(bin.count, language)}
                  </button>
                </td>
                <td className="hw-right">{percent(bin.count / convert.count, language)}</td>
              </tr>
            ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}
