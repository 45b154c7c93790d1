import type { Compare, Interval } from '#modules/analytics/contract/question.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { comparedRange, type Days } from '#modules/analytics/server/sql/resolve-range.ts'

type Asked = { compare?: Compare | undefined; interval: Interval }

/** The days a question is compared with; undefined: with none. */
export const comparedDays = ({ days, zone }: Inquiry, { compare, interval }: Asked): Days | undefined =>
  compare === undefined ? undefined : comparedRange(compare, days, interval, zone)

/** The days a cell is of. */
export const daysOf = (inquiry: Inquiry, asked: Asked, { compared }: { compared: boolean }): Days =>
  (compared ? comparedDays(inquiry, asked) : undefined) ?? inquiry.days

/** What is counted over the days asked about, and as `compare` the same over those they are compared with. */
export async function bothPeriods<T extends object>(
  inquiry: Inquiry,
  asked: Asked,
  count: (days: Days) => Promise<T>,
): Promise<T & { compare?: T & { range: { from: string; to: string } } }> {
  const days = comparedDays(inquiry, asked)
  const [own, compared] = await Promise.all([count(inquiry.days), days && count(days)])
  if (days === undefined || compared === undefined) return own
  return { ...own, compare: { range: { from: days.from, to: days.to }, ...compared } }
}
