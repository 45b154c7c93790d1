import { DownloadOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { createContext, use, useEffect, useMemo, useRef, useState } from 'react'
import { legendOf } from '#ui/chart-legend.ts'
import { chartPicture } from '#ui/chart-picture.ts'
import { useDisplay, useIsCalm } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { fileName, saveFile } from '#ui/save-file.ts'
import { chartInk, chartPalette, chartPaletteDark } from '#ui/theme.ts'
import { uiWords } from '#ui/ui-words.ts'
import { useToast } from '#ui/use-toast.tsx'

type Engine = typeof import('#ui/chart-engine.ts')

/** `fill`: charts below take the height of the box they stand in instead of their own (tiles of a board). */
export const ChartRoom = createContext<'own' | 'fill'>('own')

/** `whole`: all names below the chart instead of pages to turn, where nobody can turn them: on paper and in pictures. */
export const ChartLegend = createContext<'pages' | 'whole'>('pages')

/** What was clicked, and where in the chart; `dataType` and `data` tell nodes of a graph from its edges. */
export type Picked = {
  seriesName?: string | undefined
  dataIndex?: number | undefined
  dataType?: string | undefined
  data?: unknown
  event?: { offsetX: number; offsetY: number } | undefined
}

/** ECharts, loaded when the first chart is shown; palette and axis colours follow light and dark. */
export function Chart({
  option,
  label,
  height: own = 200,
  onPick,
}: {
  option: EChartsCoreOption
  label: string
  height?: number
  /** A point or bar was clicked. Whoever cannot click finds the same in the table beside the chart. */
  onPick?: (place: Picked) => void
}) {
  const t = useWords(uiWords)
  const { dark } = useDisplay()
  const calm = useIsCalm()
  const height = use(ChartRoom) === 'fill' ? '100%' : own
  const isWhole = use(ChartLegend) === 'whole'
  const names = useMemo(
    () => (isWhole ? legendOf(option, dark ? chartPaletteDark : chartPalette) : []),
    [isWhole, option, dark],
  )
  const drawing = useMemo(() => (names.length > 0 ? withoutLegend(option) : option), [names, option])
  const box = useRef<HTMLDivElement>(null)
  const [engine, setEngine] = useState<Engine>()
  const drawn = useRef<EChartsType>(null)
  const toast = useToast()
  const pick = useRef(onPick)
  pick.current = onPick
  useEffect(() => {
    let here = true
    void import('#ui/chart-engine.ts').then((loaded) => here && setEngine(loaded))
    return () => {
      here = false
    }
  }, [])
  useEffect(() => {
    if (!engine || !box.current) return
    const chart = engine.drawOn(box.current)
    drawn.current = chart
    // Whoever makes a picture of the page waits for this.
    const place = box.current
    place.dataset.drawn = 'false'
    chart.on('finished', () => {
      place.dataset.drawn = 'true'
    })
    chart.setOption({ ...frame(dark), animation: !calm, ...drawing })
    chart.on('click', (place) => pick.current?.(place))
    const resize = new ResizeObserver(() => chart.resize())
    resize.observe(box.current)
    return () => {
      resize.disconnect()
      chart.dispose()
    }
  }, [engine, drawing, dark, calm])
  const savePicture = async () => {
    if (!drawn.current) return
    try {
      saveFile(await chartPicture(drawn.current, chartInk(dark).surface), fileName(label.slice(0, 60), 'png'))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <div style={{ height }} className={names.length > 0 ? 'hw-chart hw-chart-whole' : 'hw-chart'}>
      {/* Nothing inside of a picture is reached by keyboard, so the button stands beside it. */}
      <div style={{ height }} role="img" aria-label={label}>
        {!engine && <Skeleton.Node active style={{ width: '100%', height }} aria-label={t('chartLoading')} />}
        <div ref={box} style={{ height, display: engine ? 'block' : 'none' }} />
      </div>
      {names.length > 0 && (
        <ul className="hw-chart-names">
          {names.map(({ name, colour, isFaint }) => (
            <li key={name}>
              <span style={{ background: colour, opacity: isFaint ? 0.4 : 1 }} aria-hidden="true" />
              {name}
            </li>
          ))}
        </ul>
      )}
      {engine && (
        <Button
          className="hw-chart-save"
          size="small"
          icon={<DownloadOutlined />}
          aria-label={t('chartSave')}
          title={t('chartSave')}
          onClick={() => void savePicture()}
        />
      )}
    </div>
  )
}

/** The plot takes the room the names had. */
const withoutLegend = (option: EChartsCoreOption): EChartsCoreOption => ({
  ...option,
  legend: { show: false },
  grid: { ...(option.grid as object | undefined), bottom: 8 },
})

function frame(dark: boolean): EChartsCoreOption {
  const ink = chartInk(dark)
  return {
    color: dark ? chartPaletteDark : chartPalette,
    textStyle: { fontFamily: 'inherit', color: ink.muted },
    grid: {
      left: 8,
      right: 12,
      top: 16,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      trigger: 'axis',
      backgroundColor: ink.raised,
      borderColor: ink.line,
      textStyle: { color: ink.ink, fontSize: 12 },
    },
  }
}

/** Room for what the axes say, and below the plot for names where there are several. */
export function plotFrame(dark: boolean, hasLegend: boolean, right = 16) {
  return {
    legend: {
      ...{ show: hasLegend, type: 'scroll', bottom: 0, icon: 'roundRect', itemGap: 16 },
      // Measured before it is drawn, which `inherit` cannot be.
      textStyle: { color: chartInk(dark).muted, fontFamily: 'system-ui, sans-serif' },
    },
    grid: {
      ...{ left: 8, right, top: 16, bottom: hasLegend ? 36 : 8 },
      ...{ outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    },
  }
}

/** Quiet axes: labels in muted ink, hair lines only for values. */
export function axisStyle(dark: boolean) {
  const ink = chartInk(dark)
  return {
    // Where labels give way to each other they leave room between them.
    axisLabel: { color: ink.muted, fontSize: 12, padding: [0, 5] },
    axisLine: { lineStyle: { color: ink.line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: ink.line } },
  }
}
