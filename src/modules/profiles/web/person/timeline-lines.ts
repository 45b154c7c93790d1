import type { TimelineItem } from '../../contract.ts'
import { groupTimeline, type Run } from './group-timeline.ts'

/** What stands in the list: the heading of a day, or a run of entries. */
export type Line = { key: string; day: string; time: string } & ({ run: Run } | { run?: undefined })

/** Days and runs one below the other, as a virtual list takes them. */
export function timelineLines(items: TimelineItem[], timezone: string): Line[] {
  return groupTimeline(items, timezone).flatMap(({ day, runs }): Line[] => [
    { key: `day ${day}`, day, time: runs[0]?.last.time ?? '' },
    ...runs.map((run) => ({ key: run.key, day, time: run.last.time, run })),
  ])
}

/** The next run from a line on, up or down; the same line when there is none. */
export function nextRun(lines: readonly Line[], from: number, step: 1 | -1): number {
  for (let at = from + step; at >= 0 && at < lines.length; at += step) if (lines[at]?.run) return at
  return from
}

/** The line an entry stands in. */
export const lineOf = (lines: readonly Line[], at: string): number =>
  lines.findIndex((line) => line.run?.items.some((item) => item.at === at))
