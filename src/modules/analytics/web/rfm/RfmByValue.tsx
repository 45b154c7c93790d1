import { useMemo } from 'react'
import { axisStyle, Chart, plotFrame } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { percent } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import { RfmGroup } from '../../contract/rfm.ts'
import { analyticsWords } from '../analytics-words.ts'
import { valueName } from '../funnel/value-name.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { rfmWords } from './rfm-words.ts'

/** How the eight groups are made up for each value of an attribute: shares as bars, numbers below. */
export function RfmByValue({ answer, onCell }: ResultProps<'rfm'>) {
  const t = useWords(rfmWords)
  const a = useWords(analyticsWords)
  const { language, dark } = useDisplay()
  const parts = useMemo(
    () =>
      (answer.breakdown ?? []).map((part) => ({
        ...part,
        name: valueName({ breakdown: part.values, other: part.other }, a),
      })),
    [answer.breakdown, a],
  )
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    const say = (value: unknown) => (typeof value === 'number' ? percent(value, language) : '–')
    return {
      ...plotFrame(dark, true),
      xAxis: {
        ...axis,
        type: 'category',
        data: parts.map(({ name }) => name),
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true },
      },
      yAxis: { ...axis, type: 'value', max: 1, axisLabel: { ...axis.axisLabel, formatter: say } },
      tooltip: { trigger: 'axis', valueFormatter: say },
      series: RfmGroup.options.map((group, at) => ({
        type: 'bar',
        name: t(`group.${group}`),
        stack: 'groups',
        color: palette[at % palette.length],
        barMaxWidth: 60,
        data: parts.map(({ named }) => named[at]?.share ?? 0),
      })),
    }
  }, [parts, dark, language, t])
  const open = (at: number, group: RfmGroup) => {
    const part = parts[at]
    if (part && (part.named.find((one) => one.group === group)?.people ?? 0) > 0)
      onCell({ group, breakdown: part.values, compared: false }, `${part.name} · ${t(`group.${group}`)}`)
  }
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('byValue')}>
        <h2 className="rfm-heading">{t('byValue')}</h2>
        <Chart
          option={option}
          height={300}
          onPick={({ seriesName, dataIndex = -1 }) => {
            const group = RfmGroup.options.find((one) => t(`group.${one}`) === seriesName)
            if (group) open(dataIndex, group)
          }}
          label={t('byValueLabel', { values: parts.map(({ name }) => name).join(', ') })}
        />
      </section>
      <ScrollingTable label={t('byValue')}>
        <thead>
          <tr>
            <th scope="col" className="analytics-line-name">
              {t('value')}
            </th>
            <th scope="col" className="hw-right">
              {t('people')}
            </th>
            {RfmGroup.options.map((group) => (
              <th scope="col" className="hw-right rfm-side" key={group}>
                {t(`group.${group}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parts.map((part, at) => (
            <tr key={part.name}>
              <th scope="row" className="analytics-line-name">
                {part.name}
              </th>
              <td className="hw-right">
                <PeopleCount
                  value={part.people}
                  label={part.name}
                  onOpen={() => onCell({ breakdown: part.values, compared: false }, part.name)}
                />
              </td>
              {part.named.map(({ group, people, share }) => (
                <td className="hw-right" key={group}>
                  <PeopleCount
                    value={people}
                    label={`${part.name} ${t(`group.${group}`)}`}
                    onOpen={() => open(at, group)}
                  />
                  {people > 0 && <span className="hw-muted"> {percent(share ?? 0, language)}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}
