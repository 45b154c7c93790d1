import type { StickinessQuestion } from '#modules/analytics/contract/stickiness.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'
import { bucketKey, bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'

/** On how many days of the range people did it. */
export const stickiness: Analysis<'stickiness'> = {
  names: ({ event }) => ({ events: [{ at: '/event', choice: event }], props: [] }),
  async numbers(inquiry, question) {
    const size = bucketsOf(inquiry.days, question.interval, inquiry.zone).length
    const rows = await inquiry.ask<{ days: number; people: number }>(
      `SELECT toUInt32(days) AS days, toUInt32(count()) AS people FROM (\n${innerQuery(inquiry, question)}\n) GROUP BY days`,
    )
    const exactly = Array<number>(size).fill(0)
    for (const { days, people } of rows) exactly[days - 1] = people
    const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
    return {
      interval: question.interval,
      people: sum(exactly),
      bins: exactly.map((people, at) => ({
        days: at + 1,
        people: question.cumulative ? sum(exactly.slice(at)) : people,
      })),
    }
  },
  async people(inquiry, question, { days }) {
    if (days > bucketsOf(inquiry.days, question.interval, inquiry.zone).length)
      throw badQuestion('/cell/days', 'unknown_bin', 'There is no such bin.')
    const held = `days ${question.cumulative ? '>=' : '='} ${days}`
    return `SELECT person FROM (\n${innerQuery(inquiry, question)}\n) WHERE ${held}`
  },
}

/** A row a person: on how many days, or whatever the interval is, they did it often enough. */
function innerQuery(inquiry: Inquiry, question: StickinessQuestion): string {
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const days = scanEvents(inquiry, {
    columns: [`${bucketKey(question.interval, zone)} AS k`],
    choices: [question.event],
    days: inquiry.days,
    tail: `\nGROUP BY person, k HAVING count() >= ${question.minimum}`,
  })
  return `SELECT person, count() AS days FROM (\n${days}\n) GROUP BY person`
}
