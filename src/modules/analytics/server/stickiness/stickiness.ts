import type { BreakdownValues } from '#modules/analytics/contract/question.ts'
import type { StickinessQuestion } from '#modules/analytics/contract/stickiness.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { bothPeriods, daysOf } from '#modules/analytics/server/sql/both-periods.ts'
import { breakDown } from '#modules/analytics/server/sql/break-down.ts'
import {
  brokenRows,
  placedRows,
  placeOfCell,
  rankPeople,
  saidNames,
  valuesOfPlace,
} from '#modules/analytics/server/sql/by-value.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { bucketKey, bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'

/** On how many days of the range people did it. */
export const stickiness: Analysis<'stickiness'> = {
  names: ({ event, breakdown }) => ({ events: [{ at: '/event', choice: event }], props: [], breakdown }),
  async numbers(inquiry, question) {
    const top = await rank(inquiry, question)
    const counts = await bothPeriods(inquiry, question, (days) => binsOf(inquiry, question, days, top))
    return { interval: question.interval, ...counts }
  },
  async people(inquiry, question, { days: count, breakdown, compared }) {
    const days = daysOf(inquiry, question, { compared })
    if (count > bucketsOf(days, question.interval, inquiry.zone).length)
      throw badQuestion('/cell/days', 'unknown_bin', 'There is no such bin.')
    const of = await placeOfCell(question.breakdown, breakdown, () => rank(inquiry, question))
    const held = `days ${question.cumulative ? '>=' : '='} ${count} AND place = ${of?.place ?? 0}`
    return `SELECT person FROM (\n${innerQuery(inquiry, question, days, of?.top)}\n) WHERE ${held}`
  },
}

async function rank(inquiry: Inquiry, question: StickinessQuestion): Promise<BreakdownValues[] | undefined> {
  if (!question.breakdown?.length) return undefined
  const broken = breakDown(inquiry, question.breakdown)
  const scan = scanEvents(inquiry, {
    columns: broken.columns,
    choices: [question.event],
    days: inquiry.days,
    tail: `\nGROUP BY ${['person', ...saidNames(question.breakdown)].join(', ')}`,
  })
  return rankPeople(inquiry, { sql: brokenRows(scan, broken, []), names: broken.names }, question.top)
}

/** Of everybody; with `top`, of each combination too: who does it with two values is in both and in the whole once. */
async function binsOf(
  inquiry: Inquiry,
  question: StickinessQuestion,
  days: Days,
  top: readonly BreakdownValues[] | undefined,
) {
  const size = bucketsOf(days, question.interval, inquiry.zone).length
  const ask = (of?: readonly BreakdownValues[]) =>
    inquiry.ask<{ place: number; days: number; people: number }>(
      `SELECT place, toUInt32(days) AS days, toUInt32(count()) AS people
       FROM (\n${innerQuery(inquiry, question, days, of)}\n) GROUP BY place, days`,
    )
  const whole = counted(await ask(), size, question)
  if (top === undefined) return whole
  const rows = Map.groupBy(await ask(top), ({ place }) => place)
  const breakdown = [...rows]
    .toSorted(([a], [b]) => a - b)
    .map(([place, of]) => ({
      ...valuesOfPlace(question.breakdown ?? [], top, place),
      ...counted(of, size, question),
    }))
  return { ...whole, breakdown }
}

function counted(
  rows: readonly { days: number; people: number }[],
  size: number,
  { cumulative }: StickinessQuestion,
) {
  const exactly = Array<number>(size).fill(0)
  for (const { days, people } of rows) exactly[days - 1] = people
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  return {
    people: sum(exactly),
    bins: exactly.map((people, at) => ({
      days: at + 1,
      people: cumulative ? sum(exactly.slice(at)) : people,
    })),
  }
}

/**
 * A row a person: on how many days, or whatever the interval is, they did it often enough; with `top`, one for each
 * combination (`place`), as if its values were conditions of the event.
 */
function innerQuery(
  inquiry: Inquiry,
  question: StickinessQuestion,
  days: Days,
  top?: readonly BreakdownValues[],
): string {
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const key = `${bucketKey(question.interval, zone)} AS k`
  const choices = [question.event]
  if (top === undefined) {
    const tail = `\nGROUP BY person, k HAVING count() >= ${question.minimum}`
    const own = scanEvents(inquiry, { columns: [key], choices, days, tail })
    return `SELECT person, toUInt32(0) AS place, count() AS days FROM (\n${own}\n) GROUP BY person`
  }
  const broken = breakDown(inquiry, question.breakdown)
  const scan = scanEvents(inquiry, {
    columns: [key, ...broken.columns, 'count() AS n'],
    choices,
    days,
    tail: `\nGROUP BY ${['person', 'k', ...saidNames(question.breakdown)].join(', ')}`,
  })
  const rows = { sql: brokenRows(scan, broken, ['k', 'n']), names: broken.names }
  return `SELECT person, place, count() AS days FROM (
    SELECT person, place, k FROM (\n${placedRows(inquiry, rows, ['k', 'n'], top)}\n)
    GROUP BY person, place, k HAVING sum(n) >= ${question.minimum}) GROUP BY person, place`
}
