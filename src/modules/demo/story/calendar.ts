import { draw, item, mix, type Random, weighted } from './random.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const DAYS = 180
// China has had no daylight saving time since 1991: a fixed offset is exact.
const SHANGHAI = 8 * HOUR

/** A season in which the company spends more and sells with a coupon; dates are month-day, both included. */
export type Wave = {
  key: string
  name: string
  from: string
  to: string
  lift: number
  coupon: string
  off: number
}

export const waves: readonly Wave[] = [
  { key: 'hanjia', name: '寒假班', from: '01-05', to: '01-20', lift: 1.35, coupon: 'HANJIA200', off: 200 },
  {
    key: 'kaixue-spring',
    name: '春季开学季',
    from: '02-20',
    to: '03-10',
    lift: 1.6,
    coupon: 'KAIXUE300',
    off: 300,
  },
  { key: '618', name: '618 大促', from: '06-10', to: '06-18', lift: 1.7, coupon: 'NIAN618', off: 618 },
  { key: 'shujia', name: '暑假班', from: '07-01', to: '07-15', lift: 1.45, coupon: 'SHUJIA200', off: 200 },
  { key: 'kaixue', name: '开学季', from: '08-20', to: '09-10', lift: 1.7, coupon: 'KAIXUE300', off: 300 },
  { key: 'double11', name: '双11', from: '11-01', to: '11-11', lift: 2.1, coupon: 'D11-500', off: 500 },
  { key: 'double12', name: '双12', from: '12-08', to: '12-12', lift: 1.5, coupon: 'D12-300', off: 300 },
]

// Visits per hour, Shanghai time: lunch break, then the evening after homework; weekends start earlier and stay level.
const weekdayHours = [2, 1, 0.5, 0.3, 0.3, 0.6, 2, 4, 4, 4, 5, 6, 8, 6, 4, 4, 5, 6, 8, 11, 13, 12, 8, 4]
const weekendHours = [3, 1.5, 0.7, 0.4, 0.3, 0.5, 1.5, 4, 7, 10, 11, 9, 7, 6, 8, 9, 9, 8, 8, 9, 10, 9, 6, 4]

export type Calendar = {
  /** Midnight in Shanghai that opens day 0; the last of the 180 days holds `end`. */
  start: number
  end: number
  waves: readonly (Wave | undefined)[]
  /** Share of all new people, and of all messages, that belongs to the days before day d (index 0 is 0, index 180 is 1). */
  arrivals: readonly number[]
  volume: readonly number[]
}

export function calendarEnding(end: Date): Calendar {
  const last = Math.floor((end.getTime() - 1 + SHANGHAI) / DAY) * DAY - SHANGHAI
  const start = last - (DAYS - 1) * DAY
  const days = Array.from({ length: DAYS }, (_, d) => start + d * DAY)
  const waveOfDay = days.map(waveOn)
  // By the rhythm of its hours: a morning is no third of a day, and would look like a surge if it had a third of its messages.
  const lived = days.map((day) => shareLived(day, end.getTime()))
  const busy = days.map(
    (day, d) => (isWeekend(day) ? 1.25 : 1) * (waveOfDay[d]?.lift ?? 1) * item(lived, d) * luckOf(day),
  )
  // In the first weeks few people are known yet; later the students of earlier days add their lessons.
  const volume = days.map((day, d) => {
    const known = 0.3 + 0.7 * (1 - Math.exp(-d / 14))
    const settled = item(lived, d) * luckOf(day) * (0.4 + 0.75 * (d / DAYS))
    return known * (settled + 0.55 * item(busy, d))
  })
  return {
    start,
    end: end.getTime(),
    waves: waveOfDay,
    arrivals: cumulative(busy),
    volume: cumulative(volume),
  }
}

/** No two days are alike: up to 7 % more or less, the same for a date in every story. */
function luckOf(day: number): number {
  return 0.93 + (0.14 * mix(day / DAY, 3)) / 4294967296
}

function cumulative(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = [0]
  for (const weight of weights) shares.push(item(shares, shares.length - 1) + weight / total)
  // Rounding must not leave anybody out.
  return [...shares.slice(0, -1), 1]
}

function waveOn(day: number): Wave | undefined {
  const date = shanghaiDate(day).slice(5)
  return waves.find((wave) => wave.from <= date && date <= wave.to)
}

/** `2026-03-01` as a clock on a wall in Shanghai shows it. */
export function shanghaiDate(at: number): string {
  return new Date(at + SHANGHAI).toISOString().slice(0, 10)
}

export function shanghaiHour(at: number): number {
  return new Date(at + SHANGHAI).getUTCHours()
}

/** 0 is Sunday. */
export function shanghaiWeekday(at: number): number {
  return new Date(at + SHANGHAI).getUTCDay()
}

function isWeekend(at: number): boolean {
  return shanghaiWeekday(at) % 6 === 0
}

export function dayOf(calendar: Calendar, at: number): number {
  return Math.floor((at - calendar.start) / DAY)
}

export function waveAt(calendar: Calendar, at: number): Wave | undefined {
  return calendar.waves[dayOf(calendar, at)]
}

/** A moment on day `d`, after the rhythm of the hours. */
export function momentOn(r: Random, calendar: Calendar, d: number): number {
  const midnight = calendar.start + d * DAY
  const hour = weighted(r, isWeekend(midnight) ? weekendHours : weekdayHours)
  return midnight + hour * HOUR + Math.floor(draw(r) * HOUR)
}

/** The same, but before `end`: on the last, unfinished day after the rhythm of the hours already lived. */
export function pastMomentOn(r: Random, calendar: Calendar, d: number): number {
  const midnight = calendar.start + d * DAY
  if (midnight + DAY <= calendar.end) return momentOn(r, calendar, d)
  const hour = weighted(r, hoursLived(midnight, calendar.end))
  const from = midnight + hour * HOUR
  return from + Math.floor(draw(r) * Math.max(1, Math.min(HOUR, calendar.end - from)))
}

/** How busy each hour of a day is, as far as it lies before `end`. */
function hoursLived(midnight: number, end: number): number[] {
  const hours = isWeekend(midnight) ? weekendHours : weekdayHours
  return hours.map((busy, hour) => busy * Math.max(0, Math.min(1, (end - midnight) / HOUR - hour)))
}

function shareLived(midnight: number, end: number): number {
  const sum = (hours: readonly number[]) => hours.reduce((all, busy) => all + busy, 0)
  return sum(hoursLived(midnight, end)) / sum(hoursLived(midnight, midnight + DAY))
}

/** How busy the hour of `at` is; 1 is the average of the day. */
export function rhythmAt(at: number): number {
  const hours = isWeekend(at) ? weekendHours : weekdayHours
  const total = hours.reduce((sum, hour) => sum + hour, 0)
  return (item(hours, shanghaiHour(at)) * 24) / total
}
