import { DateTime } from 'luxon'
import { mostPeriods, type RetentionQuestion } from '#modules/analytics/contract/retention.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { type Bucket, bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'

/** Periods after the start that one value covers, both included. */
export type Column = { from: number; to: number }
/** What a retention is made of before anything is asked. */
export type Plan = {
  /** In which somebody begins. */
  days: Days
  columns: Column[]
  cohorts: readonly Bucket[]
  /** Return events lie before. */
  untilMs: number
  /** When the value of a cohort, both by place, cannot change any more. */
  doneAt(cohort: number, column: number): number
}

const hour = 3_600_000
/** Of windows that begin with the start event; a month has thirty days. */
export const windowMs = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour }
// One answer; more is read by nobody.
const mostCells = 60_000
const mostBrokenDown = 240_000

type Planned = Pick<RetentionQuestion, 'interval' | 'window' | 'measure' | 'prop' | 'periods' | 'brackets'> &
  Partial<Pick<RetentionQuestion, 'breakdown' | 'top'>>

export function planRetention(inquiry: Inquiry, question: Planned, days = inquiry.days): Plan {
  const { interval, window, measure, prop, breakdown, top = 0 } = question
  const { zone } = inquiry
  if (measure !== 'people' && prop === undefined)
    throw badQuestion('/prop', 'prop_missing', `${measure} needs a property.`)
  const columns = columnsOf(question)
  const last = (columns.at(-1) as Column).to
  if (last > mostPeriods)
    throw badQuestion('/brackets', 'too_long', `Brackets reach beyond ${mostPeriods} periods.`)
  const cohorts = bucketsOf(days, interval, zone)
  const cells = cohorts.length * columns.length
  if (cells > mostCells || (breakdown?.length && cells * (top + 1) > mostBrokenDown))
    throw badQuestion('/interval', 'too_many_points', 'Too many cells: a longer interval or fewer periods.')
  if (window === '24_hour') {
    const length = windowMs[interval]
    const end = (at: number) => Math.min((cohorts[at] as Bucket).until, days.untilMs)
    return {
      days,
      columns,
      cohorts,
      untilMs: days.untilMs + (last + 1) * length,
      doneAt: (cohort, column) => end(cohort) + ((columns[column] as Column).to + 1) * length,
    }
  }
  const final = DateTime.fromMillis((cohorts.at(-1) as Bucket).from, { zone })
  const beyond = final
    .plus({ [interval]: last + 1 })
    .startOf(interval)
    .toMillis()
  const all = bucketsOf({ ...days, untilMs: beyond }, interval, zone)
  return {
    days,
    columns,
    cohorts,
    untilMs: beyond,
    doneAt: (cohort, column) => (all[cohort + (columns[column] as Column).to] as Bucket).until,
  }
}

function columnsOf({ periods, brackets }: Planned): Column[] {
  const lengths = brackets ?? Array<number>(periods - 1).fill(1)
  const columns: Column[] = [{ from: 0, to: 0 }]
  for (const length of lengths) {
    const from = (columns.at(-1) as Column).to + 1
    columns.push({ from, to: from + length - 1 })
  }
  return columns
}
