import { Select } from 'antd'
import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import type { IntervalAnswer } from '../../contract/interval.ts'
import { analyticsWords } from '../analytics-words.ts'
import { durationText } from '../funnel/duration-text.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { useShown } from '../shown-state.tsx'
import { type GapLine, gapLines } from './gap-lines.ts'
import { intervalOptions, withIntervalOptions } from './interval-options.ts'
import { intervalWords } from './interval-words.ts'

type Bin = IntervalAnswer['bins'][number]

/** How many pairs took how long, now and in the period compared, as a histogram over its table. */
export function GapBins({ answer, onCell }: ResultProps<'interval'>) {
  const t = useWords(intervalWords)
  const a = useWords(analyticsWords)
  const { language, dark } = useDisplay()
  const { state, change, small } = useShown()
  const chosen = intervalOptions(state).value
  const value = answer.values?.[chosen ?? -1]
  const lines = useMemo(() => {
    const key = value ? JSON.stringify(value.breakdown) : ''
    return gapLines(answer, t('everybody'), a).filter((line) => line.key === key)
  }, [answer, value, t, a])
  const bins = lines[0]?.gaps.bins ?? answer.bins
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
  const seriesOf = ({ name, isCompared }: GapLine) => (isCompared || lines.length > 1 ? name : t('pairs'))
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    return {
      ...plotFrame(dark, lines.length > 1),
      xAxis: {
        ...axis,
        type: 'category',
        data: isEven ? bins.map(({ from }) => durationText(from, language)) : names,
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true },
      },
      yAxis: { ...axis, type: 'value', minInterval: 1 },
      tooltip: { trigger: 'axis' },
      series: lines.map((line) => ({
        type: 'bar',
        name: line.isCompared || lines.length > 1 ? line.name : t('pairs'),
        color: (dark ? chartPaletteDark : chartPalette)[0],
        itemStyle: { opacity: line.isCompared ? 0.4 : 1 },
        barCategoryGap: '8%',
        barMaxWidth: 90,
        data: line.gaps.bins.map((bin) => bin.pairs),
      })),
    }
  }, [bins, lines, names, isEven, dark, language, t])
  const open = (line: GapLine, at: number) => {
    const bin = line.gaps.bins[at]
    if (!bin || bin.pairs === 0) return
    const until = bin.until === null ? {} : { until: bin.until }
    onCell({ ...line.cell, from: bin.from, ...until }, `${line.name} · ${t('took')} ${names[at] ?? ''}`)
  }
  const hasAny = (at: number) => lines.some(({ gaps }) => (gaps.bins[at]?.pairs ?? 0) > 0)
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('chart')}>
        {answer.values && !small && (
          <Select
            aria-label={t('shown')}
            value={value ? (chosen ?? -1) : -1}
            options={[
              { value: -1, label: t('everybody') },
              ...gapLines({ ...answer, compare: undefined }, '', a)
                .slice(1)
                .map(({ name }, at) => ({ value: at, label: name })),
            ]}
            onChange={(at) => change(withIntervalOptions(state, { value: at === -1 ? undefined : at }))}
            popupMatchSelectWidth={false}
          />
        )}
        <Chart
          option={option}
          height={280}
          onPick={({ seriesName, dataIndex = -1 }) => {
            const line = lines.find((one) => seriesOf(one) === seriesName)
            if (line) open(line, dataIndex)
          }}
          label={t('chartLabel', {
            pairs: exactNumber(lines[0]?.gaps.pairs ?? 0, language),
            median: durationText(lines[0]?.gaps.p50 ?? 0, language),
          })}
        />
      </section>
      <ScrollingTable label={t('table')}>
        <thead>
          <tr>
            <th scope="col" className="analytics-line-name">
              {t('took')}
            </th>
            {lines.flatMap((line) =>
              (['pairs', 'share', 'people'] as const).map((name) => (
                <th scope="col" className="hw-right" key={`${line.isCompared} ${name}`}>
                  {line.isCompared ? a('comparedName', { name: t(name) }) : t(name)}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {names.map(
            (name, at) =>
              hasAny(at) && (
                <tr key={name}>
                  <th scope="row" className="analytics-line-name">
                    {name}
                  </th>
                  {lines.map((line) => (
                    <Cells
                      key={String(line.isCompared)}
                      line={line}
                      bin={line.gaps.bins[at] as Bin}
                      name={name}
                      onOpen={() => open(line, at)}
                    />
                  ))}
                </tr>
              ),
          )}
        </tbody>
      </ScrollingTable>
    </>
  )
}

function Cells({ line, bin, name, onOpen }: { line: GapLine; bin: Bin; name: string; onOpen: () => void }) {
  const { language } = useDisplay()
  const muted = line.isCompared ? 'hw-right hw-muted' : 'hw-right'
  return (
    <>
      <td className={muted}>{exactNumber(bin.pairs, language)}</td>
      <td className={muted}>{percent(bin.pairs / (line.gaps.pairs || 1), language)}</td>
      <td className={muted}>
        <PeopleCount value={bin.people} label={`${line.name} ${name}`} onOpen={onOpen} />
      </td>
    </>
  )
}
