import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import type { UsageLifecycleQuestion } from '#modules/analytics/contract/usage-lifecycle.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { bothPeriods, daysOf } from '#modules/analytics/server/sql/both-periods.ts'
import { breakDown } from '#modules/analytics/server/sql/break-down.ts'
import {
  brokenRows,
  placeOfCell,
  rankPeople,
  saidNames,
  valuesOfPlace,
} from '#modules/analytics/server/sql/by-value.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { positionOf } from '#modules/analytics/server/sql/positions.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { type Bucket, bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'
import { countStates, type PeriodRow } from '#modules/analytics/server/usage-lifecycle/count-states.ts'
import { periodsOf } from '#modules/analytics/server/usage-lifecycle/inner-query.ts'
import { peopleOfCell } from '#modules/analytics/server/usage-lifecycle/people-of-cell.ts'

/** Who is new, stays, comes back, and falls asleep, period by period. */
export const usageLifecycle: Analysis<'usage_lifecycle'> = {
  names: ({ event, breakdown }) => ({ events: [{ at: '/event', choice: event }], props: [], breakdown }),
  async numbers(inquiry, question) {
    const buckets = bucketsOf(inquiry.days, question.interval, inquiry.zone)
    const top = await rank(inquiry, question)
    const counts = await bothPeriods(inquiry, question, (days) => pointsOf(inquiry, question, days, top))
    const open = buckets.find((bucket) => !inquiry.reads.isOver(bucket.until))
    return { interval: question.interval, ...counts, open_from: open?.t ?? null }
  },
  async people(inquiry, question, { t, state, breakdown, compared }) {
    const days = daysOf(inquiry, question, { compared })
    const buckets = bucketsOf(days, question.interval, inquiry.zone)
    const bucket = buckets.find((one) => one.t === t)
    if (!bucket) throw badQuestion('/cell/t', 'unknown_time', 'There is no such point.')
    const of = await placeOfCell(question.breakdown, breakdown, () => rank(inquiry, question))
    const periods = { ...periodsOf(inquiry, question, buckets), top: of?.top }
    return peopleOfCell(inquiry, question, periods, { bucket, place: of?.place ?? 0, state })
  },
}

/** Combinations by who was active in any of the periods. */
async function rank(inquiry: Inquiry, question: UsageLifecycleQuestion) {
  if (!question.breakdown?.length) return undefined
  const buckets = bucketsOf(inquiry.days, question.interval, inquiry.zone)
  const broken = breakDown(inquiry, question.breakdown)
  const scan = scanEvents(inquiry, {
    columns: broken.columns,
    choices: [question.event],
    days: { fromMs: (buckets[0] as Bucket).from, untilMs: (buckets.at(-1) as Bucket).until },
    tail: `\nGROUP BY ${['person', ...saidNames(question.breakdown)].join(', ')}`,
  })
  return rankPeople(inquiry, { sql: brokenRows(scan, broken, []), names: broken.names }, question.top)
}

/** Of everybody; with `top`, of each combination too. */
async function pointsOf(
  inquiry: Inquiry,
  question: UsageLifecycleQuestion,
  days: Days,
  top: readonly BreakdownValues[] | undefined,
) {
  const buckets = bucketsOf(days, question.interval, inquiry.zone)
  const periods = periodsOf(inquiry, question, buckets)
  const ask = (of?: readonly BreakdownValues[]) => countStates(inquiry, question, { ...periods, top: of })
  const whole = { points: counted(await ask(), buckets, question) }
  if (top === undefined) return whole
  const rows = Map.groupBy(await ask(top), ({ place }) => place)
  const breakdown = [...rows]
    .toSorted(([a], [b]) => a - b)
    .map(([place, of]) => ({
      ...valuesOfPlace(question.breakdown ?? [], top, place),
      points: counted(of, buckets, question),
    }))
  return { ...whole, breakdown }
}

function counted(
  rows: readonly PeriodRow[],
  buckets: readonly Bucket[],
  { interval }: UsageLifecycleQuestion,
) {
  const found = new Map(rows.map((row) => [row.n, row]))
  return buckets.map((bucket) => {
    const n = positionOf(bucket, interval)
    const { people, fresh, stayed, stayed_fresh } = found.get(n) ?? nobody
    const returning = stayed - stayed_fresh
    return {
      t: bucket.t,
      new: fresh,
      returning,
      resurrecting: people - fresh - returning,
      dormant: (found.get(n - 1)?.people ?? 0) - stayed,
    }
  })
}

const nobody = { people: 0, fresh: 0, stayed: 0, stayed_fresh: 0 }
