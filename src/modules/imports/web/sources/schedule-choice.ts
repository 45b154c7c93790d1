import type { Schedule } from '../../source-contract.ts'

/** What people choose from; the times most want have a choice of their own. */
export type ScheduleDraft = {
  every: 'file' | 'minutes' | 'hourly' | 'daily' | 'cron'
  minutes: number
  /** `03:30` */
  at: string
  cron: string
}
export const everyChoices = ['file', 'minutes', 'hourly', 'daily', 'cron'] as const

export const newSchedule: ScheduleDraft = { every: 'daily', minutes: 30, at: '03:00', cron: '30 3 * * 1-5' }

export function scheduleOf({ every, minutes, at, cron }: ScheduleDraft): Schedule {
  if (every === 'file') return { every }
  if (every === 'minutes') return { every, minutes }
  if (every === 'hourly') return { every: 'cron', cron: '0 * * * *' }
  if (every === 'cron') return { every, cron: cron.trim() }
  const [hour, minute] = at.split(':').map(Number)
  return { every: 'cron', cron: `${minute ?? 0} ${hour ?? 0} * * *` }
}

export function draftOfSchedule(schedule: Schedule): ScheduleDraft {
  if (schedule.every === 'file') return { ...newSchedule, every: 'file' }
  if (schedule.every === 'minutes') return { ...newSchedule, every: 'minutes', minutes: schedule.minutes }
  if (schedule.cron === '0 * * * *') return { ...newSchedule, every: 'hourly' }
  const daily = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(schedule.cron)
  if (!daily) return { ...newSchedule, every: 'cron', cron: schedule.cron }
  const two = (part: string | undefined) => String(part).padStart(2, '0')
  return { ...newSchedule, every: 'daily', at: `${two(daily[2])}:${two(daily[1])}` }
}
