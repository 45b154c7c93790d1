import { Segmented } from 'antd'
import { useMemo } from 'react'
import { axisStyle, Chart } from '#ui/Chart.tsx'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, money, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { chartPalette, chartPaletteDark } from '#ui/theme.ts'
import type { OrderMeasures } from '../../contract/orders.ts'
import type { ResultProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { useShown } from '../shown-state.tsx'
import { OrdersFigure, OrdersOptions } from './orders-options.ts'
import { ordersWords } from './orders-words.ts'

type Props = Pick<ResultProps<'orders'>, 'answer' | 'onCell'> & { onFigure: (figure: string) => void }
type Series = {
  name: string
  of: (one: OrderMeasures) => number | null
  who: 'orders' | 'order_refunds' | 'refunds'
}

/** One question at a time: money and what is left of it by both clocks, refunds by both, the average order, orders. */
export function OrdersChart({ answer, onCell, onFigure }: Props) {
  const t = useWords(ordersWords)
  const { language, dark } = useDisplay()
  const { state, small } = useShown()
  const figure = optionsOf(state, 'orders', OrdersOptions)?.figure ?? 'money'
  const { points } = answer.total
  const series = useMemo((): Series[] => {
    if (figure === 'refunds')
      return [
        { name: t('orderRefunds'), of: (one) => one.order_refunds, who: 'order_refunds' },
        { name: t('refunds'), of: (one) => one.refunds, who: 'refunds' },
      ]
    if (figure === 'aov') return [{ name: t('aov'), of: (one) => one.aov, who: 'orders' }]
    if (figure === 'orders')
      return [
        { name: t('orders'), of: (one) => one.orders, who: 'orders' },
        { name: t('buyers'), of: (one) => one.buyers, who: 'orders' },
      ]
    return [
      { name: t('sales'), of: (one) => one.sales, who: 'orders' },
      { name: t('net'), of: (one) => one.net, who: 'orders' },
      { name: t('cash'), of: (one) => one.cash, who: 'orders' },
    ]
  }, [figure, t])
  const option = useMemo(() => {
    const axis = axisStyle(dark)
    const palette = dark ? chartPaletteDark : chartPalette
    return {
      legend: {
        bottom: 0,
        icon: 'roundRect',
        show: series.length > 1,
        textStyle: { color: axis.axisLabel.color, fontFamily: 'system-ui, sans-serif' },
      },
      grid: { left: 8, right: 16, top: 16, bottom: series.length > 1 ? 36 : 8, containLabel: true },
      xAxis: { ...axis, type: 'category', data: points.map((point) => point.t), splitLine: { show: false } },
      yAxis: {
        ...axis,
        type: 'value',
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => shortNumber(value, language) },
      },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) =>
          typeof value !== 'number'
            ? '–'
            : figure === 'orders'
              ? exactNumber(value, language)
              : money(value, answer.currency, language),
      },
      series: series.map(({ name, of }, at) => ({
        // Bars for what came in, lines for what is left of it.
        type: at === 0 && figure !== 'aov' ? 'bar' : 'line',
        name,
        barMaxWidth: 28,
        symbolSize: 6,
        lineStyle: { width: 2 },
        itemStyle: { color: palette[at % palette.length] },
        data: points.map(of),
      })),
    }
  }, [series, points, figure, answer.currency, dark, language])
  const { total } = answer.total
  return (
    <>
      {!small && (
        <Segmented
          aria-label={t('figure')}
          value={figure}
          options={OrdersFigure.options.map((value) => ({ value, label: t(`figure.${value}`) }))}
          onChange={onFigure}
        />
      )}
      <Chart
        option={option}
        height={300}
        onPick={({ dataIndex, seriesName }) => {
          const point = points[dataIndex ?? -1]
          const one = series.find(({ name }) => name === seriesName) ?? series[0]
          if (point && one) onCell({ who: one.who, t: point.t, compared: false }, `${one.name} · ${point.t}`)
        }}
        label={t('chartLabel', {
          sales: money(total.sales, answer.currency, language),
          orders: total.orders,
        })}
      />
    </>
  )
}
