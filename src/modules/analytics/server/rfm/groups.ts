import { type RfmAnswer, RfmGroup } from '#modules/analytics/contract/rfm.ts'
import { type HighFrom, isInGroup } from '#modules/analytics/server/rfm/scores.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

export type Totals = { people: number; recency: number; frequency: number; money: number }
type Ends = Record<`${'r' | 'f' | 'm'}_${'from' | 'to'}`, number>
export type Row = Totals & Ends & { r: number; f: number; m: number }

export type Totalled = Totals & { r: number; f: number; m: number }

/** Every combination of scores that somebody has, best first. */
export function askGroups(inquiry: Inquiry, scored: string): Promise<Row[]> {
  const ends = [
    ['r', 'recency'],
    ['f', 'frequency'],
    ['m', 'money'],
  ].map(([key, column]) => {
    const scale = key === 'm' ? ' / 1000000' : ''
    return `toFloat64(min(${column}))${scale} AS ${key}_from, toFloat64(max(${column}))${scale} AS ${key}_to`
  })
  return inquiry.ask<Row>(
    `SELECT r, f, m, toUInt32(count()) AS people, toFloat64(sum(s.recency)) AS recency, toFloat64(sum(s.frequency)) AS frequency,
     toFloat64(sum(s.money)) / 1000000 AS money, ${ends.map((one) => one.replaceAll(/(min|max)\(/g, '$1(s.')).join(', ')}
     FROM (\n${scored}\n) AS s GROUP BY r, f, m ORDER BY r DESC, f DESC, m DESC`,
  )
}

export const joined = (rows: readonly Totals[]): Totals =>
  rows.reduce(
    (all, row) => ({
      people: all.people + row.people,
      recency: all.recency + row.recency,
      frequency: all.frequency + row.frequency,
      // In whole millionths: adding up must not drift.
      money: (Math.round(all.money * 1e6) + Math.round(row.money * 1e6)) / 1e6,
    }),
    { people: 0, recency: 0, frequency: 0, money: 0 },
  )

export const measured = ({ people, recency, frequency, money }: Totals) => ({
  people,
  recency_days_avg: people === 0 ? 0 : recency / people,
  frequency_avg: people === 0 ? 0 : frequency / people,
  monetary_sum: money,
})

/** The eight of some rows, whole or of one combination. */
export const namedOf = (rows: readonly Totalled[], from: HighFrom): RfmAnswer['named'] => {
  const whole = joined(rows)
  return RfmGroup.options.map((group) => present(group, rows, from, whole))
}

function present(
  group: RfmGroup,
  rows: readonly Totalled[],
  from: HighFrom,
  whole: Totals,
): RfmAnswer['named'][number] {
  const own = joined(rows.filter((row) => isInGroup(group, row, from)))
  const ratio = (part: number, all: number) => (all === 0 ? null : part / all)
  return {
    group,
    ...measured(own),
    share: ratio(own.people, whole.people),
    monetary_avg: ratio(own.money, own.people),
    monetary_share: ratio(own.money, whole.money),
  }
}

/** What each score covers in fact: the smallest and largest value that got it. */
export function levelsOf(rows: readonly Row[], key: 'r' | 'f' | 'm') {
  const byScore = [...Map.groupBy(rows, (row) => row[key])].sort(([a], [b]) => a - b)
  return byScore.map(([score, own]) => ({
    score,
    people: joined(own).people,
    from: Math.min(...own.map((row) => row[`${key}_from`])),
    to: Math.max(...own.map((row) => row[`${key}_to`])),
  }))
}
