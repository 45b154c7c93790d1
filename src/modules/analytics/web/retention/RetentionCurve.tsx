import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { RetentionAnswer } from '../../contract/retention.ts'
import { averageRow } from './average-row.ts'
import { retentionWords } from './retention-words.ts'

type Props = { answer: RetentionAnswer; names: string[]; measure: 'people' | 'sum' | 'avg' }

export function RetentionCurve({ answer, names, measure }: Props) {
  const t = useWords(retentionWords)
  const { language, dark } = useDisplay()
  const values = useMemo(() => averageRow(answer, measure === 'avg'), [answer, measure])
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const isShare = measure === 'people'
    return {
      xAxis: { ...axis, type: 'category', data: names, splitLine: { show: false }, boundaryGap: false },
      yAxis: {
        ...axis,
        type: 'value',
        ...(isShare ? { max: 1 } : {}),
        axisLabel: {
          ...axis.axisLabel,
          formatter: (value: number) => (isShare ? percent(value, language) : shortNumber(value, language)),
        },
      },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) =>
          typeof value !== 'number' ? '–' : isShare ? percent(value, language) : exactNumber(value, language),
      },
      series: [{ type: 'line', name: t('average'), data: values, symbolSize: 6, lineStyle: { width: 2 } }],
    }
  }, [values, names, measure, dark, language, t])
  const said = values.flatMap((value, at) =>
    value === null ? [] : [`${names[at]} ${measure === 'people' ? percent(value, language) : value}`],
  )
  return <Chart option={option} height={220} label={t('curveLabel', { points: said.join(', ') })} />
}
