import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RepurchaseAnswer } from '../../contract/repurchase.ts'
import type { ResultProps } from '../kind-view.ts'
import { repurchaseWords } from './repurchase-words.ts'

type Props = { second: RepurchaseAnswer['second']; onCell: ResultProps<'repurchase'>['onCell'] }

/** How long people take to their second order; every bar opens its people. */
export function SecondOrder({ second, onCell }: Props) {
  const t = useWords(repurchaseWords)
  const { language, dark } = useDisplay()
  const { bins, people, p25, p50, p75, avg } = second
  const names = useMemo(
    () =>
      bins.map(({ from, until }) =>
        until - from === 1 ? t('dayOne', { from }) : t('dayRange', { from, until: until - 1 }),
      ),
    [bins, t],
  )
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    return {
      xAxis: { ...axis, type: 'category', data: names, splitLine: { show: false } },
      yAxis: {
        ...axis,
        type: 'value',
        minInterval: 1,
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => shortNumber(value, language) },
      },
      series: [{ type: 'bar', name: t('people'), barMaxWidth: 36, data: bins.map((bin) => bin.people) }],
    }
  }, [bins, names, dark, language, t])
  const days = (value: number | null) =>
    value === null ? '–' : exactNumber(Math.round(value * 10) / 10, language)
  return (
    <section className="hw-panel analytics-chart" aria-label={t('second')}>
      <h2 className="purchase-heading">{t('second')}</h2>
      {people === 0 ? (
        <p className="hw-muted">{t('nobodyAgain')}</p>
      ) : (
        <>
          <p className="hw-muted">
            {t('quartiles', { p25: days(p25), p50: days(p50), p75: days(p75), avg: days(avg) })}
          </p>
          <Chart
            option={option}
            height={220}
            onPick={({ dataIndex }) => {
              const bin = bins[dataIndex ?? -1]
              if (bin)
                onCell(
                  { second: { from: bin.from, until: bin.until } },
                  `${t('second')} · ${names[dataIndex ?? 0]}`,
                )
            }}
            label={t('secondLabel', { people, median: days(p50) })}
          />
        </>
      )}
    </section>
  )
}
