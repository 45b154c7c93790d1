import type { BreakdownBy } from '#modules/analytics/contract/question.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { type Plan, planRetention } from '#modules/analytics/server/retention/plan.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import type { Bucket } from '#modules/analytics/server/sql/time-buckets.ts'

/** Cohorts of first orders are those of a retention by the calendar. */
export const planCohorts = (
  inquiry: Inquiry,
  { interval, periods, breakdown, top }: Asked,
  days: Days = inquiry.days,
): Plan =>
  planRetention(inquiry, { interval, periods, breakdown, top, window: 'calendar', measure: 'people' }, days)

type Asked = {
  interval: 'day' | 'week' | 'month'
  periods: number
  breakdown?: BreakdownBy[] | undefined
  top: number
}

export function cohortOf(plan: Plan, { cohort, period }: { cohort: string; period: number }): Bucket {
  const bucket = plan.cohorts.find(({ t }) => t === cohort)
  if (!bucket) throw badQuestion('/cell/cohort', 'unknown_cohort', 'There is no such cohort.')
  if (period >= plan.columns.length)
    throw badQuestion('/cell/period', 'unknown_period', 'There is no such period.')
  return bucket
}
