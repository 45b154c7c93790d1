import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import type { UsageLifecycleQuestion, UsageState } from '#modules/analytics/contract/usage-lifecycle.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
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
import { comparedRange, type Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { type Bucket, bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'
import { innerQuery } from '#modules/analytics/server/usage-lifecycle/inner-query.ts'

type Row = { place: number; n: number; state: UsageState; people: number }

/** Who is new, stays, comes back, and falls asleep, period by period. */
export const usageLifecycle: Analysis<'usage_lifecycle'> = {
  names: ({ event, breakdown }) => ({ events: [{ at: '/event', choice: event }], props: [], breakdown }),
  async numbers(inquiry, question) {
    const buckets = bucketsOf(inquiry.days, question.interval, inquiry.zone)
    const top = await rank(inquiry, question)
    const own = await pointsOf(inquiry, question, inquiry.days, top)
    const open = buckets.find((bucket) => bucket.until > inquiry.ctx.now)
    const base = { interval: question.interval, ...own, open_from: open?.t ?? null }
    if (question.compare === undefined) return base
    const days = comparedRange(question.compare, inquiry.days, question.interval, inquiry.zone)
    const compared = await pointsOf(inquiry, question, days, top)
    return { ...base, compare: { range: { from: days.from, to: days.to }, ...compared } }
  },
  async people(inquiry, question, { t, state, breakdown, compared }) {
    const days =
      compared && question.compare !== undefined
        ? comparedRange(question.compare, inquiry.days, question.interval, inquiry.zone)
        : inquiry.days
    const buckets = bucketsOf(days, question.interval, inquiry.zone)
    const bucket = buckets.find((one) => one.t === t)
    if (!bucket) throw badQuestion('/cell/t', 'unknown_time', 'There is no such point.')
    const of = await placeOfCell(question.breakdown, breakdown, () => rank(inquiry, question))
    return `SELECT person FROM (\n${innerQuery(inquiry, question, buckets, of?.top)}\n)
      WHERE n = ${positionOf(bucket, question.interval)} AND place = ${of?.place ?? 0}
        AND state = ${inquiry.bindings.bind('String', state)}`
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
  const ask = (of?: readonly BreakdownValues[]) =>
    inquiry.ask<Row>(
      `SELECT place, n, state, toUInt32(count()) AS people
       FROM (\n${innerQuery(inquiry, question, buckets, of)}\n) GROUP BY place, n, state`,
    )
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

function counted(rows: readonly Row[], buckets: readonly Bucket[], { interval }: UsageLifecycleQuestion) {
  const found = new Map(rows.map(({ n, state, people }) => [`${n} ${state}`, people]))
  return buckets.map((bucket) => {
    const of = (state: UsageState) => found.get(`${positionOf(bucket, interval)} ${state}`) ?? 0
    return {
      t: bucket.t,
      new: of('new'),
      returning: of('returning'),
      resurrecting: of('resurrecting'),
      dormant: of('dormant'),
    }
  })
}
