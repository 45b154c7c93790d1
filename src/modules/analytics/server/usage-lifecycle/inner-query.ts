import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import type { UsageLifecycleQuestion } from '#modules/analytics/contract/usage-lifecycle.ts'
import { breakDown } from '#modules/analytics/server/sql/break-down.ts'
import { brokenRows, placedRows, saidNames } from '#modules/analytics/server/sql/by-value.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionOf, positionSql } from '#modules/analytics/server/sql/positions.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { type Bucket, bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'
import { bindTime } from '#modules/rules/index.ts'

/**
 * A row for each person, period and state; with `top`, for each combination (`place`) as if its values were conditions
 * of the event. Periods count whole even where the range cuts them, else whoever came on a Monday would have fallen
 * asleep in a week that is shown from Tuesday on.
 */
export function innerQuery(
  inquiry: Inquiry,
  question: UsageLifecycleQuestion,
  buckets: readonly Bucket[],
  top?: readonly BreakdownValues[],
): string {
  const [first, last] = [buckets[0] as Bucket, buckets.at(-1) as Bucket]
  // The bucket before tells who returns.
  const [before = first] = bucketsOf(
    { from: '', to: '', fromMs: first.from - 1, untilMs: first.from },
    question.interval,
    inquiry.zone,
  )
  const active = activeSql(inquiry, question, { before, last, top })
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const ws = inquiry.bindings.bind('UInt32', inquiry.ctx.workspace.num)
  const created = `SELECT person, ${positionSql(question.interval, zone, 'first_seen')} AS created FROM people FINAL
    WHERE ws = ${ws} AND deleted = 0`
  const anchored =
    question.anchor === 'first_event'
      ? active
      : `SELECT a.person AS person, a.place AS place, p.created AS anchor, a.own AS own
         FROM (\n${active}\n) AS a LEFT ANY JOIN (${created}) AS p ON p.person = a.person`
  return `SELECT person, place, step.1 AS n, step.2 AS state FROM (
    SELECT person, place, arrayJoin(arrayConcat(
      arrayMap((x, before) -> (x, multiIf(x = anchor, 'new', x = before + 1, 'returning', 'resurrecting')),
        own, arrayPopBack(arrayPushFront(own, -2))),
      arrayMap(x -> (x + 1, 'dormant'), arrayFilter((x, next) -> next != x + 1,
        own, arrayPopFront(arrayPushBack(own, -2)))))) AS step
    FROM (\n${anchored}\n))
    WHERE n >= ${positionOf(first, question.interval)} AND n <= ${positionOf(last, question.interval)}`
}

type Periods = { before: Bucket; last: Bucket; top: readonly BreakdownValues[] | undefined }

/** A row a person (and combination): `anchor`, the first period ever, and `own`, the periods from `before` on. */
function activeSql(
  inquiry: Inquiry,
  { event, interval, anchor, breakdown }: UsageLifecycleQuestion,
  { before, last, top }: Periods,
): string {
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const position = `${positionSql(interval, zone)} AS n`
  // What made somebody new may lie anywhere in the past.
  const days = { fromMs: anchor === 'first_event' ? 0 : before.from, untilMs: last.until }
  if (top === undefined) {
    const scan = scanEvents(inquiry, { columns: [position, 'time'], choices: [event], days })
    const recent = `time >= ${bindTime(inquiry.bindings, before.from)}`
    return `SELECT person, toUInt32(0) AS place, min(n) AS anchor, arraySort(arrayDistinct(groupArrayIf(n, ${recent}))) AS own
      FROM (\n${scan}\n) GROUP BY person HAVING notEmpty(own)`
  }
  const broken = breakDown(inquiry, breakdown)
  const scan = scanEvents(inquiry, {
    columns: [position, ...broken.columns],
    choices: [event],
    days,
    tail: `\nGROUP BY ${['person', 'n', ...saidNames(breakdown)].join(', ')}`,
  })
  const rows = { sql: brokenRows(scan, broken, ['n']), names: broken.names }
  return `SELECT person, place, min(n) AS anchor,
      arraySort(arrayDistinct(groupArrayIf(n, n >= ${positionOf(before, interval)}))) AS own
    FROM (\n${placedRows(inquiry, rows, ['n'], top)}\n) GROUP BY person, place HAVING notEmpty(own)`
}
