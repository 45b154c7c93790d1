import { dayKey } from '#ui/format-time.ts'
import type { TimelineItem } from '../../contract.ts'

/** Things of one name in a row, as one line: "Page viewed × 14 · 3 min". */
export type Run = { key: string; items: TimelineItem[]; first: TimelineItem; last: TimelineItem }
export type Day = { day: string; runs: Run[] }

/** A longer pause is another visit and stands on its own line. */
const pauseMs = 30 * 60_000

/** Newest first, as the API answers; days in the reader's zone. */
export function groupTimeline(items: TimelineItem[], timezone: string): Day[] {
  const days: Day[] = []
  for (const item of items) {
    const day = dayKey(Date.parse(item.time), timezone)
    let current = days.at(-1)
    if (current?.day !== day) {
      current = { day, runs: [] }
      days.push(current)
    }
    const run = current.runs.at(-1)
    if (run && belongsTo(run, item)) {
      run.items.push(item)
      run.first = item
    } else current.runs.push({ key: item.id, items: [item], first: item, last: item })
  }
  return days
}

const belongsTo = (run: Run, item: TimelineItem): boolean =>
  run.first.type === item.type &&
  run.first.name === item.name &&
  item.type === 'event' &&
  item.group !== 'sales' &&
  Date.parse(run.first.time) - Date.parse(item.time) <= pauseMs

const subjects = [
  'title',
  'course_name',
  'course',
  'product_name',
  'product',
  'name',
  'page_title',
  'subject',
]

/** What it was done with, when the properties say so in words: the course that was looked at. */
export function subjectOf({ properties }: TimelineItem): { key: string; text: string } | undefined {
  for (const key of subjects) {
    const text = properties[key]
    if (typeof text === 'string' && text.trim() !== '' && text.length <= 60) return { key, text: text.trim() }
  }
  return undefined
}

/** The subject of a run, when all of it was about the same. */
export function sharedSubject({ items, last }: Run): { key: string; text: string } | undefined {
  const subject = last.type === 'event' ? subjectOf(last) : undefined
  return subject && items.every((item) => subjectOf(item)?.text === subject.text) ? subject : undefined
}

/** The few properties worth a glance: short scalars, identifiers last. */
export function glance(
  properties: Record<string, unknown>,
  most = 3,
  without?: string,
): [string, string | number][] {
  const short = Object.entries(properties).flatMap(([key, value]): [string, string | number][] => {
    if (value === without) return []
    if (typeof value === 'number') return [[key, value]]
    return typeof value === 'string' && value !== '' && value.length <= 60 && !value.startsWith('http')
      ? [[key, value]]
      : []
  })
  const dull = (key: string) => (/(_id|Id|id|sku|url|path)$/.test(key) ? 1 : 0)
  return short.toSorted(([a], [b]) => dull(a) - dull(b)).slice(0, most)
}
