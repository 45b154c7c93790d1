import { Cron } from 'croner'
import type { Schedule } from '#modules/imports/source-contract.ts'
import { AppError } from '#platform/errors.ts'

/** How often a folder is looked at that is watched. */
const watchMs = 5000

/** When a source runs next after a moment; `source.bad_schedule` when never. */
export function nextRun(schedule: Schedule, timezone: string, after: number): Date {
  if (schedule.every === 'file') return new Date(after + watchMs)
  if (schedule.every === 'minutes') return new Date(after + schedule.minutes * 60_000)
  const next = readCron(schedule.cron, timezone)?.nextRun(new Date(after))
  if (next) return next
  throw new AppError(
    'source.bad_schedule',
    'invalid',
    'Write minute, hour, day, month and weekday, like 30 3 * * 1-5; the moment must come some time.',
    { details: { path: '/body/schedule/cron' } },
  )
}

function readCron(text: string, timezone: string): Cron | undefined {
  // A sixth field would be seconds.
  if (text.split(/\s+/).length !== 5) return undefined
  try {
    return new Cron(text, { timezone, paused: true })
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined
    throw error
  }
}
