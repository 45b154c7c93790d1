import type { Heat, HeatmapAnswer } from '../../contract/heatmap.ts'

export type Show = 'total' | 'average' | 'difference' | 'compared'
/** A value of the map as it is shown: null where there is none. */
export type ShownHeat = {
  of: (weekday?: number, hour?: number) => number | null
  /** Largest without its sign, for the colours. */
  most: number
}

/** The map of one combination, or of everybody. */
export function heatOf(answer: HeatmapAnswer, value: number | undefined): Heat {
  return value === undefined ? answer : (answer.values?.[value] ?? answer)
}

/** The same combination in the period it is compared with; undefined where that has none of it. */
export function comparedHeat(answer: HeatmapAnswer, value: number | undefined): Heat | undefined {
  if (value === undefined) return answer.compare
  const own = JSON.stringify(answer.values?.[value]?.breakdown)
  return answer.compare?.values?.find(({ breakdown }) => JSON.stringify(breakdown) === own)
}

const nothing: Heat = { cells: [], weekdays: [], hours: [], total: null }

export function shownHeat(heat: Heat, before: Heat | undefined, show: Show): ShownHeat {
  const own = valuesOf(show === 'compared' ? (before ?? nothing) : heat)
  const then = before ? valuesOf(before) : new Map<string, number | null>()
  const days = new Map(heat.weekdays.map((one) => [one.weekday, one.days]))
  const all = heat.weekdays.reduce((sum, one) => sum + one.days, 0)
  const of = (weekday?: number, hour?: number) => {
    const value = own.get(keyOf(weekday, hour)) ?? null
    if (show === 'average') {
      const length = weekday === undefined ? all : (days.get(weekday) ?? 0)
      return value === null || length === 0 ? null : value / length
    }
    return show === 'difference' ? (value ?? 0) - (then.get(keyOf(weekday, hour)) ?? 0) : value
  }
  const most = Math.max(...heat.cells.map(({ weekday, hour }) => Math.abs(of(weekday, hour) ?? 0)), 0)
  return { of, most }
}

const keyOf = (weekday?: number, hour?: number) => `${weekday ?? ''} ${hour ?? ''}`

const valuesOf = ({ cells, weekdays, hours, total }: Heat): Map<string, number | null> =>
  new Map([
    ...cells.map(({ weekday, hour, value }) => [keyOf(weekday, hour), value] as const),
    ...weekdays.map(({ weekday, value }) => [keyOf(weekday), value] as const),
    ...hours.map(({ hour, value }) => [keyOf(undefined, hour), value] as const),
    [keyOf(), total] as const,
  ])
