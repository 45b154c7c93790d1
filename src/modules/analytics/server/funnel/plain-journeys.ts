import type { FunnelQuestion } from '#modules/analytics/contract/funnel.ts'
import { beginnersSql, places, stepBits, windowMs } from '#modules/analytics/server/funnel/journey-sql.ts'
import { propOf } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'

/**
 * Which people's journeys are read without message ids, which are most of what a funnel would read: `plain` all but those
 * whose ways hang on them, because different steps have one moment (`tied`); `whole` nobody's.
 */
export type Reading = { plain: false } | { plain: true; tied: readonly number[] }

export const readWhole: Reading = { plain: false }
/** With more of them everybody is read whole. */
export const mostTied = 10_000

/** Nothing but the steps in order is asked for. */
export const isPlain = ({ order, exclusions, hold, count, breakdown }: FunnelQuestion): boolean =>
  order === 'ordered' &&
  !exclusions?.length &&
  hold === undefined &&
  count === 'people' &&
  (breakdown ?? []).every((by) => propOf(by) === undefined)

export function readingOf(tied: readonly number[]): Reading {
  return tied.length > mostTied ? readWhole : { plain: true, tied }
}

/**
 * As `journeySql`, a row a person, with two columns more: `begun`, the beginnings of who certainly never reaches step 2 and
 * has no `ev`; and `tied`. Each event is one number: milliseconds since the range began, then a bit for each step.
 * 200,000 events of 80,000 people take 40 ms of CPU to gather like this, and 140 as tuples with their ids.
 */
export function plainJourneySql(inquiry: Inquiry, question: FunnelQuestion, tied: readonly number[]): string {
  const { steps, start, interval } = question
  const size = steps.length
  const until = inquiry.days.untilMs - inquiry.days.fromMs
  const scan = scanEvents(inquiry, {
    columns: [
      `toUInt64(toUnixTimestamp64Milli(time) - ${inquiry.days.fromMs}) AS t`,
      `${stepBits(inquiry, question)} AS m`,
    ],
    choices: steps,
    days: { fromMs: inquiry.days.fromMs, untilMs: inquiry.days.untilMs + windowMs(question) },
    where: [
      `person IN (\n${beginnersSql(inquiry, question)}\n)`,
      ...(tied.length === 0 ? [] : [`person NOT IN ${inquiry.bindings.bind('Array(UInt64)', [...tied])}`]),
    ],
  })
  const begins = `bitTest(m, 0) AND t < ${until}`
  const perPerson = `SELECT person, groupArray(bitOr(bitShiftLeft(t, ${size}), m)) AS packed,
      countIf(bitTest(m, 1)) > 0 AND maxIf(t, bitTest(m, 1)) >= minIf(t, ${begins}) AS goes_on
    FROM (\n${scan}\n) GROUP BY person HAVING countIf(${begins}) > 0`
  const moment = `bitShiftRight(p, ${size})`
  // Of beginnings that lead nowhere the one that counts is enough, where no interval wants one each.
  const own = `arrayMap(p -> ${moment}, arrayFilter(p -> bitTest(p, 0) AND ${moment} < ${until}, packed))`
  const counted = interval ? own : start === 'latest' ? `[arrayMax(${own})]` : `[arrayMin(${own})]`
  return `SELECT person, 0 AS visit,
      if(goes_on, CAST([], 'Array(UInt64)'), arrayMap(at -> at * ${places}, ${counted})) AS begun,
      if(goes_on, arraySort(packed), CAST([], 'Array(UInt64)')) AS sorted,
      arrayExists((p, next) -> p != next AND ${moment} = bitShiftRight(next, ${size}), arrayPopBack(sorted), arrayPopFront(sorted)) AS tied,
      arrayMap((p, place) -> (${moment} * ${places} + place, toUInt32(bitAnd(p, ${2 ** size - 1})), toUInt32(0)),
        sorted, arrayEnumerate(sorted)) AS ev
    FROM (\n${perPerson}\n)`
}

/** People whose ways need message ids; one more than `mostTied` at most. */
export async function findTied(inquiry: Inquiry, question: FunnelQuestion): Promise<number[]> {
  const [row] = await inquiry.ask<{ tied: number[] }>(
    `SELECT groupArrayIf(${mostTied + 1})(person, tied) AS tied FROM (\n${plainJourneySql(inquiry, question, [])}\n)`,
  )
  return row?.tied ?? []
}
