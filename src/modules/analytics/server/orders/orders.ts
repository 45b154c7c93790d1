import type {
  OrdersAnswer,
  OrdersCell,
  OrdersLine,
  OrdersQuestion,
} from '#modules/analytics/contract/orders.ts'
import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { innerQuery } from '#modules/analytics/server/orders/inner-query.ts'
import { type Measured, measureSql, measuresOf } from '#modules/analytics/server/orders/measures.ts'
import { currenciesOf, currencyOf } from '#modules/analytics/server/purchases/currencies.ts'
import { dayBins } from '#modules/analytics/server/purchases/day-bins.ts'
import {
  isOther,
  isShown,
  otherValues,
  placeSql,
  valuesSql,
} from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { comparedRange, type Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'

const day = 86_400_000
// Values that only look personal to this reader are passed over; so many more are looked at.
const passedOver = 500

/** What is sold, what of it goes back and when, by two clocks. */
export const orders: Analysis<'orders'> = {
  names: ({ breakdown = [] }) => ({
    events: [],
    props: [],
    breakdown: breakdown.flatMap((by) => ('order' in by ? [] : [by])),
  }),
  async numbers(inquiry, question) {
    const currencies = await currenciesOf(inquiry)
    const currency = question.currency ?? currencies[0]?.currency ?? ''
    const top = await rankValues(inquiry, question, currency)
    const [own, returns] = await Promise.all([
      lines(inquiry, question, currency, inquiry.days, top),
      returned(inquiry, question, currency),
    ])
    const open = bucketsOf(inquiry.days, question.interval, inquiry.zone).find(
      ({ until }) => !inquiry.reads.isOver(until),
    )
    const base = {
      interval: question.interval,
      currency,
      currencies,
      ...own,
      returns,
      open_from: open?.t ?? null,
    }
    if (question.compare === undefined) return base
    const days = comparedRange(question.compare, inquiry.days, question.interval, inquiry.zone)
    const compared = await lines(inquiry, question, currency, days, top)
    return { ...base, compare: { range: { from: days.from, to: days.to }, ...compared } }
  },
  async people(inquiry, question, cell) {
    const currency = await currencyOf(inquiry, question.currency)
    const isCompared = 'who' in cell && cell.compared && question.compare !== undefined
    const days = isCompared
      ? comparedRange(question.compare as never, inquiry.days, question.interval, inquiry.zone)
      : inquiry.days
    const { sql, names } = innerQuery(inquiry, question, currency, days)
    const conditions = cellSql(inquiry, question, cell, days)
    if ('who' in cell && cell.breakdown !== undefined && names.length > 0) {
      const top = isOther(cell.breakdown) ? await rankValues(inquiry, question, currency) : []
      conditions.push(
        isOther(cell.breakdown)
          ? `${placeSql(inquiry, names, top)} = ${top.length}`
          : valuesSql(inquiry, names, cell.breakdown),
      )
    }
    return `SELECT person FROM (\n${sql}\n) WHERE ${conditions.join(' AND ')}`
  },
}

const isBack = "type != 'sale'"

function cellSql(inquiry: Inquiry, question: OrdersQuestion, cell: OrdersCell, days: Days): string[] {
  if ('reason' in cell)
    return [isBack, 'happened', `reason = ${inquiry.bindings.bind('String', cell.reason)}`]
  if ('delay' in cell) {
    const whole = `intDiv(greatest(delay, 0), ${day})`
    return [isBack, 'happened', 'sold', `${whole} >= ${cell.delay.from}`, `${whole} < ${cell.delay.until}`]
  }
  const [what, bucket] = {
    orders: ["type = 'sale' AND placed", 'k'],
    order_refunds: [`${isBack} AND placed AND money != 0`, 'k'],
    refunds: [`${isBack} AND happened AND money != 0`, 'h'],
  }[cell.who] as [string, string]
  if (cell.t === undefined) return [what]
  const found = bucketsOf(days, question.interval, inquiry.zone).find(({ t }) => t === cell.t)
  if (found === undefined) throw badQuestion('/cell/t', 'unknown_time', 'There is no such point.')
  return [what, `${bucket} = ${found.key}`]
}

/** The values shown by themselves: by sales of the range, the largest first, equal ones by their text. */
async function rankValues(
  inquiry: Inquiry,
  question: OrdersQuestion,
  currency: string,
): Promise<BreakdownValues[]> {
  const { sql, names } = innerQuery(inquiry, question, currency, inquiry.days)
  if (names.length === 0) return [[]]
  const rows = await inquiry.ask<{ b0: string | null }>(
    `SELECT b0, sumIf(toInt128(money), type = 'sale' AND placed) AS value FROM (\n${sql}\n)
     GROUP BY b0 ORDER BY value DESC, b0 ASC NULLS LAST LIMIT ${question.top + passedOver}`,
  )
  return rows
    .map(({ b0 }): BreakdownValues => [b0])
    .filter((values) => isShown(inquiry, values))
    .slice(0, question.top)
}

async function lines(
  inquiry: Inquiry,
  question: OrdersQuestion,
  currency: string,
  days: Days,
  top: readonly BreakdownValues[],
): Promise<{ lines: OrdersLine[]; total: OrdersLine }> {
  const { sql, names } = innerQuery(inquiry, question, currency, days)
  const buckets = bucketsOf(days, question.interval, inquiry.zone)
  const placed = `SELECT *, toUInt32(${placeSql(inquiry, names, top)}) AS place FROM (\n${sql}\n)`
  const isBroken = names.length > 0
  const [by] = question.breakdown ?? []
  const areLines = by !== undefined && 'order' in by && by.order !== 'coupon'
  const rows = await inquiry.ask<Measured & { place: number; b: number; whole: number; all: number }>(
    `SELECT ${isBroken ? 'place, grouping(place)' : '0 AS place, 1'} AS all, b, grouping(b) AS whole, ${measureSql(areLines)}
     FROM (SELECT *, arrayJoin(arrayFilter(c -> if(c.1 = 1, placed, happened AND type != 'sale'),
         [(1, toInt64(k)), (2, toInt64(h))])) AS clock, clock.2 AS b FROM (\n${placed}\n))
     GROUP BY ${isBroken ? 'GROUPING SETS ((place, b), (place), (b), ())' : 'b WITH ROLLUP'}`,
  )
  const lineOf = (own: typeof rows, values: BreakdownValues, other: boolean): OrdersLine => {
    const byKey = new Map(own.filter((row) => row.whole === 0).map((row) => [row.b, row]))
    return {
      breakdown: values,
      ...(other ? { other } : {}),
      total: measuresOf(own.find((row) => row.whole === 1)),
      points: buckets.map(({ t, key }) => ({ t, ...measuresOf(byKey.get(key)) })),
    }
  }
  const total = lineOf(
    rows.filter((row) => row.all === 1),
    [],
    false,
  )
  if (names.length === 0) return { lines: [], total }
  const found = Map.groupBy(
    rows.filter((row) => row.all === 0),
    (row) => row.place,
  )
  const shown = [...found].toSorted(([a], [b]) => a - b)
  return {
    lines: shown.map(([place, own]) => lineOf(own, top[place] ?? otherValues(1), place === top.length)),
    total,
  }
}

type Returned = Reason & {
  /** 1: of all reasons. */
  whole: number
  delays: number
  quartiles: (number | null)[]
  days: [number[], number[]]
}
type Reason = OrdersAnswer['returns']['reasons'][number]
const mostReasons = 100

async function returned(
  inquiry: Inquiry,
  question: OrdersQuestion,
  currency: string,
): Promise<OrdersAnswer['returns']> {
  const plain = { ...question, breakdown: undefined }
  const { sql } = innerQuery(inquiry, plain, currency, inquiry.days, 'returned')
  const rows = await inquiry.ask<Returned>(
    `SELECT reason, grouping(reason) AS whole, toUInt32(count()) AS count, toUInt32(uniqExact(person)) AS people, -sum(money) / 100 AS amount,
       toUInt32(countIf(sold)) AS delays, arrayMap(x -> x / ${day}, quantilesExactInclusiveIf(0.25, 0.5, 0.75)(greatest(delay, 0), sold)) AS quartiles,
       sumMapIf([toUInt32(intDiv(greatest(delay, 0), ${day}))], [toUInt32(1)], sold) AS days
     FROM (\n${sql}\n) WHERE happened GROUP BY reason WITH ROLLUP ORDER BY whole DESC, amount DESC, reason LIMIT ${mostReasons + 1}`,
  )
  const delay = rows.find(({ whole }) => whole === 1)
  const reasons = rows
    .filter(({ whole }) => whole === 0)
    .map(({ reason, count, people, amount }): Reason => ({ reason, count, people, amount }))
  const quartile = (at: number) =>
    delay === undefined || delay.delays === 0 ? null : (delay.quartiles[at] ?? null)
  return {
    reasons,
    delay: {
      count: delay?.delays ?? 0,
      ...{ p25: quartile(0), p50: quartile(1), p75: quartile(2) },
      bins: dayBins(delay?.days ?? [[], []]),
    },
  }
}
