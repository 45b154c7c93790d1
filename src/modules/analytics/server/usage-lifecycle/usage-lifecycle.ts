import type { UsageLifecycleQuestion, UsageState } from '#modules/analytics/contract/usage-lifecycle.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionOf, positionSql } from '#modules/analytics/server/sql/positions.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { type Bucket, bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'
import { bindTime } from '#modules/rules/index.ts'

/** Who is new, stays, comes back, and falls asleep, period by period. */
export const usageLifecycle: Analysis<'usage_lifecycle'> = {
  names: ({ event }) => ({ events: [{ at: '/event', choice: event }], props: [] }),
  async numbers(inquiry, question) {
    const buckets = bucketsOf(inquiry.days, question.interval, inquiry.zone)
    const rows = await inquiry.ask<{ n: number; state: UsageState; people: number }>(
      `SELECT n, state, toUInt32(count()) AS people FROM (\n${innerQuery(inquiry, question, buckets)}\n) GROUP BY n, state`,
    )
    const found = new Map(rows.map(({ n, state, people }) => [`${n} ${state}`, people]))
    const points = buckets.map((bucket) => {
      const of = (state: UsageState) => found.get(`${positionOf(bucket, question.interval)} ${state}`) ?? 0
      return {
        t: bucket.t,
        new: of('new'),
        returning: of('returning'),
        resurrecting: of('resurrecting'),
        dormant: of('dormant'),
      }
    })
    const open = buckets.find((bucket) => bucket.until > inquiry.ctx.now)
    return { interval: question.interval, points, open_from: open?.t ?? null }
  },
  async people(inquiry, question, { t, state }) {
    const buckets = bucketsOf(inquiry.days, question.interval, inquiry.zone)
    const bucket = buckets.find((one) => one.t === t)
    if (!bucket) throw badQuestion('/cell/t', 'unknown_time', 'There is no such point.')
    return `SELECT person FROM (\n${innerQuery(inquiry, question, buckets)}\n)
      WHERE n = ${positionOf(bucket, question.interval)} AND state = ${inquiry.bindings.bind('String', state)}`
  },
}

/**
 * A row for each person, period and state. Periods count whole even where the range cuts them, else whoever came on a
 * Monday would have fallen asleep in a week that is shown from Tuesday on.
 */
function innerQuery(inquiry: Inquiry, question: UsageLifecycleQuestion, buckets: readonly Bucket[]): string {
  const [first, last] = [buckets[0] as Bucket, buckets.at(-1) as Bucket]
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const isByEvent = question.anchor === 'first_event'
  // The bucket before tells who returns; what made somebody new may lie anywhere in the past.
  const [before = first] = bucketsOf(
    { from: '', to: '', fromMs: first.from - 1, untilMs: first.from },
    question.interval,
    inquiry.zone,
  )
  const scan = scanEvents(inquiry, {
    columns: [`${positionSql(question.interval, zone)} AS n`, 'time'],
    choices: [question.event],
    days: { fromMs: isByEvent ? 0 : before.from, untilMs: last.until },
  })
  const recent = `time >= ${bindTime(inquiry.bindings, before.from)}`
  const perPerson = `SELECT person, min(n) AS anchor, arraySort(arrayDistinct(groupArrayIf(n, ${recent}))) AS own
    FROM (\n${scan}\n) GROUP BY person HAVING notEmpty(own)`
  const ws = inquiry.bindings.bind('UInt32', inquiry.ctx.workspace.num)
  const created = `SELECT person, ${positionSql(question.interval, zone, 'first_seen')} AS created FROM people FINAL
    WHERE ws = ${ws} AND deleted = 0`
  const anchored = isByEvent
    ? perPerson
    : `SELECT a.person AS person, p.created AS anchor, a.own AS own
       FROM (\n${perPerson}\n) AS a LEFT ANY JOIN (${created}) AS p ON p.person = a.person`
  return `SELECT person, step.1 AS n, step.2 AS state FROM (
    SELECT person, arrayJoin(arrayConcat(
      arrayMap((x, before) -> (x, multiIf(x = anchor, 'new', x = before + 1, 'returning', 'resurrecting')),
        own, arrayPopBack(arrayPushFront(own, -2))),
      arrayMap(x -> (x + 1, 'dormant'), arrayFilter((x, next) -> next != x + 1,
        own, arrayPopFront(arrayPushBack(own, -2)))))) AS step
    FROM (\n${anchored}\n))
    WHERE n >= ${positionOf(first, question.interval)} AND n <= ${positionOf(last, question.interval)}`
}
