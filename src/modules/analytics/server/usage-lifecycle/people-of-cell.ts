import type { UsageLifecycleQuestion, UsageState } from '#modules/analytics/contract/usage-lifecycle.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionOf } from '#modules/analytics/server/sql/positions.ts'
import type { Bucket } from '#modules/analytics/server/sql/time-buckets.ts'
import { activeSql, createdSql, type Periods } from '#modules/analytics/server/usage-lifecycle/inner-query.ts'

/** SELECT of `person`: who is in that state in that period, out of the rows the numbers are counted from. */
export function peopleOfCell(
  inquiry: Inquiry,
  question: UsageLifecycleQuestion,
  periods: Periods,
  { bucket, place, state }: { bucket: Bucket; place: number; state: UsageState },
): string {
  const n = positionOf(bucket, question.interval)
  const rows = `SELECT person, n FROM (\n${activeSql(inquiry, question, periods)}\n) WHERE place = ${place} AND n <= ${n}`
  const perPerson = `SELECT person, countIf(n = ${n}) > 0 AS now, countIf(n = ${n - 1}) > 0 AS just, min(n) = ${n} AS begins
    FROM (\n${rows}\n) GROUP BY person`
  if (state === 'dormant') return `SELECT person FROM (\n${perPerson}\n) WHERE just AND NOT now`
  const isNew =
    question.anchor === 'first_event'
      ? 'begins'
      : `person IN (SELECT person FROM (\n${createdSql(inquiry, question, periods)}\n) WHERE created = ${n})`
  const held = { new: isNew, returning: `just AND NOT ${isNew}`, resurrecting: `NOT just AND NOT ${isNew}` }
  return `SELECT person FROM (\n${perPerson}\n) WHERE now AND ${held[state]}`
}
