import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { useEffect, useRef, useState } from 'react'
import type { AnyAnswer, AnyCell } from '#modules/analytics/web/kind-view.ts'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, percent, shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { Sparkline } from '#ui/Sparkline.tsx'
import { dashboardsWords } from '../dashboards-words.ts'

type Line = Extract<AnyAnswer, { kind: 'trend' }>['series'][number]
type Props = {
  title: string
  series: number
  answer: AnyAnswer
  onOpen: ((cell: AnyCell) => void) | undefined
}

/** Below, a number stands in a tile to the last digit: “10万” of 99,622 would hide what changed. */
const roomFor = 10_000_000

/** The whole of a trend, large; how it differs from the period before; its course. */
export function NumberTile({ title, series, answer, onOpen }: Props) {
  const t = useWords(dashboardsWords)
  const { language } = useDisplay()
  if (answer.kind !== 'trend') return <p className="hw-muted">{t('noNumber')}</p>
  const line = answer.series.find((one) => one.series === series) ?? answer.series[0]
  if (!line) return <p className="hw-muted">{t('noNumber')}</p>
  const value = wholeOf(line)
  const before = wholeOf(answer.compare?.series.find((one) => one.series === line.series))
  const text = value === null ? '–' : (Math.abs(value) < roomFor ? exactNumber : shortNumber)(value, language)
  const exact = value === null ? '–' : exactNumber(value, language)
  return (
    <div className="board-number">
      {onOpen && value ? (
        <button
          type="button"
          className="board-number-value"
          title={exact}
          aria-label={t('numberLabel', { title, value: exact })}
          onClick={() => onOpen({ series: line.series, compared: false })}
        >
          {text}
        </button>
      ) : (
        <span className="board-number-value" title={exact}>
          {text}
        </span>
      )}
      <Change value={value} before={before} />
      <Course title={title} line={line} />
    </div>
  )
}

/** Of rolling people there is no whole; the last point is what one asks for then. */
function wholeOf(line: Line | undefined): number | null {
  if (!line) return null
  return line.total ?? line.points.at(-1)?.value ?? null
}

function Change({ value, before }: { value: number | null; before: number | null }) {
  const t = useWords(dashboardsWords)
  const { language } = useDisplay()
  if (value === null || before === null) return <span className="hw-fine">&nbsp;</span>
  if (before === 0) return <span className="hw-fine">{t('noBefore')}</span>
  const share = (value - before) / Math.abs(before)
  const said = t('against', { value: exactNumber(before, language) })
  if (share === 0) return <span className="hw-fine">{t('noChange')}</span>
  const isUp = share > 0
  return (
    <span className="hw-fine board-number-change">
      <span className={isUp ? 'hw-success' : 'hw-danger'}>
        {isUp ? <ArrowUpOutlined aria-hidden="true" /> : <ArrowDownOutlined aria-hidden="true" />}{' '}
        {isUp ? '+' : '−'}
        {percent(Math.abs(share), language)}
      </span>
      <span className="hw-clip">{said}</span>
    </span>
  )
}

function Course({ title, line }: { title: string; line: Line }) {
  const t = useWords(dashboardsWords)
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    if (!box.current) return
    const watcher = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    watcher.observe(box.current)
    return () => watcher.disconnect()
  }, [])
  return (
    <div ref={box} className="board-number-course">
      {size.width > 0 && size.height >= 12 && (
        <Sparkline
          values={line.points.map(({ value }) => value ?? 0)}
          label={t('course', { title })}
          width={Math.floor(size.width)}
          height={Math.floor(size.height)}
        />
      )}
    </div>
  )
}
