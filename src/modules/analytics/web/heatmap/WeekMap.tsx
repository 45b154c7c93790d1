import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { hoursOfDay, weekdays } from '../../contract/heatmap.ts'
import { heatmapWords } from './heatmap-words.ts'
import type { ShownHeat } from './shown-heat.ts'

export type ShownMap = {
  heat: ShownHeat
  isDifference: boolean
  nameOf: (weekday?: number, hour?: number) => string
  textOf: (value: number) => string
  open: (weekday?: number, hour?: number) => void
}

const steps: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Weekdays by hours, turned on its side on a phone. One stop of the Tab key; the arrow keys walk in it. */
export function WeekMap({ heat, isDifference, nameOf, textOf, open }: ShownMap) {
  const t = useWords(heatmapWords)
  const { language } = useDisplay()
  const isTurned = useIsNarrow()
  const [at, setAt] = useState({ row: 0, column: 0 })
  const body = useRef<HTMLTableSectionElement>(null)
  const [rows, columns]: [readonly number[], readonly number[]] = isTurned
    ? [hoursOfDay, weekdays]
    : [weekdays, hoursOfDay]
  const dayOf = (day: number) => t(`weekday.${day as 1}`)
  const walk = (event: KeyboardEvent, row: number, column: number) => {
    const [down, right] = steps[event.key] ?? [0, 0]
    const next = body.current?.rows[row + down]?.cells[column + right + 1]?.querySelector('button')
    if ((down === 0 && right === 0) || !next) return
    event.preventDefault()
    setAt({ row: row + down, column: column + right })
    next.focus()
  }
  return (
    <div className="heatmap">
      <table className={isTurned ? 'heatmap-week heatmap-turned' : 'heatmap-week'}>
        <thead>
          <tr>
            <td />
            {columns.map((one) => (
              <th scope="col" key={one}>
                {isTurned ? dayOf(one) : one}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((one, row) => (
            <tr key={one}>
              <th scope="row">{isTurned ? one : dayOf(one)}</th>
              {columns.map((other, column) => {
                const [weekday, hour] = isTurned ? [other, one] : [one, other]
                const value = heat.of(weekday, hour)
                const text = value === null ? '–' : textOf(value)
                return (
                  <td key={other}>
                    <button
                      type="button"
                      className={value ? 'heatmap-cell' : 'heatmap-cell heatmap-empty'}
                      style={{ '--heat': share(value, heat.most) } as CSSProperties}
                      data-down={value !== null && value < 0 ? true : undefined}
                      tabIndex={at.row === row && at.column === column ? 0 : -1}
                      aria-label={`${nameOf(weekday, hour)}: ${text}`}
                      title={`${nameOf(weekday, hour)}: ${text}`}
                      onFocus={() => setAt({ row, column })}
                      onKeyDown={(event) => walk(event, row, column)}
                      onClick={() => value && open(weekday, hour)}
                    >
                      {value ? shortText(value, isDifference, (n) => shortNumber(n, language)) : ''}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="heatmap-legend hw-fine">
        <span>{isDifference ? textOf(-heat.most) : textOf(0)}</span>
        <span className={isDifference ? 'heatmap-scale heatmap-both' : 'heatmap-scale'} aria-hidden="true" />
        <span>{textOf(heat.most)}</span>
        <Busiest heat={heat} nameOf={nameOf} textOf={textOf} />
      </div>
    </div>
  )
}

function Busiest({ heat, nameOf, textOf }: Pick<ShownMap, 'heat' | 'nameOf' | 'textOf'>) {
  const t = useWords(heatmapWords)
  if (heat.most === 0) return null
  for (const weekday of weekdays)
    for (const hour of hoursOfDay) {
      const value = heat.of(weekday, hour)
      if (value !== null && Math.abs(value) === heat.most)
        return <strong>{t('busiest', { cell: nameOf(weekday, hour), value: textOf(value) })}</strong>
    }
  return null
}

const share = (value: number | null, most: number): number =>
  value === null || most === 0 ? 0 : Math.abs(value) / most

/** What fits into a cell; small means have a digit behind the point. */
function shortText(value: number, isSigned: boolean, short: (value: number) => string): string {
  const text = Math.abs(value) < 10 ? String(Math.round(value * 10) / 10) : short(Math.round(value))
  return isSigned && value > 0 ? `+${text}` : text
}
