import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import type { UsageLifecycleQuestion } from '#modules/analytics/contract/usage-lifecycle.ts'
import { breakDown } from '#modules/analytics/server/sql/break-down.ts'
import { brokenRows, placedRows, saidNames } from '#modules/analytics/server/sql/by-value.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionOf, positionSql } from '#modules/analytics/server/sql/positions.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { type Bucket, bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'
import { bindTime } from '#modules/rules/index.ts'

/** The periods shown and the one before them, which tells who returns; all of them whole, even where the range cuts them. */
export type Periods = {
  before: Bucket
  first: Bucket
  last: Bucket
  top?: readonly BreakdownValues[] | undefined
}

export function periodsOf(
  { zone }: Inquiry,
  { interval }: UsageLifecycleQuestion,
  buckets: readonly Bucket[],
): Periods {
  const [first, last] = [buckets[0] as Bucket, buckets.at(-1) as Bucket]
  // Else whoever came on a Monday would have fallen asleep in a week that is shown from Tuesday on.
  const [before = first] = bucketsOf(
    { from: '', to: '', fromMs: first.from - 1, untilMs: first.from },
    interval,
    zone,
  )
  return { before, first, last }
}

/**
 * The one inner query of a lifecycle: rows of `person`, `place` and `n`, a period they were active in. With `top` the
 * place is that of a combination, as if its values were conditions of the event. Where the first event makes somebody new
 * the rows go back to the first ever, all that lies before the period before under one number.
 */
export function activeSql(
  inquiry: Inquiry,
  { event, interval, anchor, breakdown }: UsageLifecycleQuestion,
  { before, last, top }: Periods,
): string {
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const own = positionSql(interval, zone)
  const isOfAll = anchor === 'first_event'
  const recent = `time >= ${bindTime(inquiry.bindings, before.from)}`
  const position = `${isOfAll ? `if(${recent}, ${own}, ${positionOf(before, interval) - 1})` : own} AS n`
  const days = { fromMs: isOfAll ? 0 : before.from, untilMs: last.until }
  if (top === undefined)
    return scanEvents(inquiry, { columns: ['toUInt32(0) AS place', position], choices: [event], days })
  const broken = breakDown(inquiry, breakdown)
  const scan = scanEvents(inquiry, {
    columns: [position, ...broken.columns],
    choices: [event],
    days,
    tail: `\nGROUP BY ${['person', 'n', ...saidNames(breakdown)].join(', ')}`,
  })
  return placedRows(inquiry, { sql: brokenRows(scan, broken, ['n']), names: broken.names }, ['n'], top)
}

/** Who was first seen in which of the periods shown: `person`, `created`. */
export function createdSql(
  inquiry: Inquiry,
  { interval }: UsageLifecycleQuestion,
  { first, last }: Periods,
): string {
  const { bindings } = inquiry
  inquiry.reads.people()
  const created = positionSql(interval, bindings.bind('String', inquiry.zone), 'first_seen')
  return `SELECT person, ${created} AS created FROM people FINAL
    WHERE ws = ${bindings.bind('UInt32', inquiry.ctx.workspace.num)} AND deleted = 0
      AND first_seen >= ${bindTime(bindings, first.from)} AND first_seen < ${bindTime(bindings, last.until)}`
}
