import type { Annotation } from '../../contract/annotations.ts'

/**
 * `markLine` of a series over a category axis of `times`: a hair line with a number for every point of time something was
 * noted of. A day between two times (of weeks or months) belongs to the one before it; what lies outside is left out.
 */
export function annotationMarks(annotations: readonly Annotation[], times: readonly string[], ink: string) {
  const groups = byTime(annotations, times)
  if (groups.length === 0) return {}
  return {
    markLine: {
      symbol: 'none',
      silent: true,
      animation: false,
      lineStyle: { color: ink, type: 'dotted', width: 1 },
      label: {
        color: ink,
        fontSize: 11,
        fontFamily: 'system-ui, sans-serif',
        position: 'end',
        rotate: 0,
        distance: 2,
      },
      data: groups.map(({ time, numbers }) => ({
        xAxis: time,
        label: { formatter: numbers.join(' ') },
      })),
    },
  }
}

/** Numbered from 1 in the order of the list, as they stand below the chart. */
export function byTime(
  annotations: readonly Annotation[],
  times: readonly string[],
): { time: string; numbers: number[] }[] {
  const groups = new Map<string, number[]>()
  for (const [at, { day }] of annotations.entries()) {
    const time = times.findLast((one) => one.slice(0, 10) <= day)
    // Of hours the first of the day, not the last that begins with it.
    const first = time === undefined ? undefined : (times.find((one) => one.slice(0, 10) === day) ?? time)
    if (first !== undefined) groups.set(first, [...(groups.get(first) ?? []), at + 1])
  }
  return [...groups].map(([time, numbers]) => ({ time, numbers }))
}
