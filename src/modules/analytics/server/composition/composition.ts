import type {
  CompositionCell,
  CompositionQuestion,
  CompositionRow,
} from '#modules/analytics/contract/composition.ts'
import { type BreakdownValues, otherValue } from '#modules/analytics/contract/question.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { comparedDays } from '#modules/analytics/server/sql/both-periods.ts'
import { isShown, listOf, placeSql, valuesSql } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { scanPeople } from '#modules/analytics/server/sql/scan-people.ts'
import { bucketKey, bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'
import { bindTime } from '#modules/rules/index.ts'

/** Of whom a group consists, who of it came lately, and what is typical of it. */
export const composition: Analysis<'composition'> = {
  names: ({ by }) => ({ events: [], props: [], breakdown: 'attr' in by ? [by] : [] }),
  async numbers(inquiry, question) {
    const inner = innerQuery(inquiry, question, inquiry.days)
    const top = await rankValues(inquiry, question, inner)
    const placed = `SELECT person, mine, ${placeSql(inquiry, ['b0'], top)} AS place FROM (\n${inner}\n)`
    const [counted, came] = await Promise.all([
      inquiry.ask<Counted & { place: number; whole: number }>(
        `SELECT place, grouping(place) AS whole, ${counts} FROM (\n${placed}\n) GROUP BY GROUPING SETS ((place), ())`,
      ),
      newcomers(inquiry, question, inquiry.days, top),
    ])
    const { people = 0, everyone = 0 } = counted.find(({ whole }) => whole === 1) ?? {}
    const rows = counted
      .filter((row) => row.whole === 0 && row.people > 0)
      .toSorted((a, b) => a.place - b.place)
    const values = rows.map((row) => ({
      ...named(top, row.place),
      ...sharesOf(row, { people, everyone }),
      ...came.of(row.place),
    }))
    const base = { interval: question.interval, people, everyone, joined: came.joined, values }
    const days = comparedDays(inquiry, question)
    if (days === undefined) return base
    const then = await newcomers(inquiry, question, days, top)
    const before = rows.map(({ place }) => ({ ...named(top, place), ...then.of(place) }))
    const range = { from: days.from, to: days.to }
    return { ...base, compare: { range, joined: then.joined, values: before } }
  },
  async people(inquiry, question, cell) {
    const days = cell.compared ? comparedDays(inquiry, question) : inquiry.days
    if (days === undefined)
      throw badQuestion('/compare', 'compare_missing', 'There is no period to compare with.')
    const inner = innerQuery(inquiry, question, days)
    const conditions = cell.of === 'everyone' ? ['1'] : ['mine']
    if (cell.joined || cell.compared || cell.t !== undefined) conditions.push('joined')
    if (cell.t !== undefined) conditions.push(`k = ${keyOf(inquiry, question, days, cell.t)}`)
    if (cell.value !== undefined) conditions.push(await valueSql(inquiry, question, inner, cell))
    return `SELECT person FROM (\n${inner}\n) WHERE ${conditions.join(' AND ')}`
  },
}

type Counted = { people: number; everyone: number }

const counts = 'uniqExactIf(person, mine) AS people, uniqExact(person) AS everyone'

/**
 * The one inner query: a row per person and value (`b0`, NULL where there is none) with whether they are of the audience
 * (`mine`), whether they were first seen in the days (`joined`) and in which bucket (`k`).
 */
function innerQuery(inquiry: Inquiry, { by, interval }: CompositionQuestion, days: Days): string {
  const { bindings } = inquiry
  const zone = bindings.bind('String', inquiry.zone)
  const values = 'attr' in by ? listOf('attrs', by.attr) : `CAST(tags, 'Array(Nullable(String))')`
  return scanPeople(inquiry, [
    `arrayJoin(if(empty(${values}), [NULL], ${values})) AS b0`,
    `(first_seen >= ${bindTime(bindings, days.fromMs)} AND first_seen < ${bindTime(bindings, days.untilMs)}) AS joined`,
    `${bucketKey(interval, zone, 'first_seen')} AS k`,
  ])
}

/** Most people of the audience first, equal ones by text. */
async function rankValues(
  inquiry: Inquiry,
  { top }: CompositionQuestion,
  inner: string,
): Promise<BreakdownValues[]> {
  const rows = await inquiry.ask<{ b0: string | null }>(
    `SELECT b0, uniqExactIf(person, mine) AS people FROM (\n${inner}\n)
     GROUP BY b0 HAVING people > 0 ORDER BY people DESC, b0 ASC NULLS LAST LIMIT ${top + 500}`,
  )
  return rows
    .map(({ b0 }): BreakdownValues => [b0])
    .filter((values) => isShown(inquiry, values))
    .slice(0, top)
}

/** Who of the audience was first seen in the days: in all, and by the place of a value. */
async function newcomers(
  inquiry: Inquiry,
  question: CompositionQuestion,
  days: Days,
  top: readonly BreakdownValues[],
) {
  const inner = innerQuery(inquiry, question, days)
  const placed = `SELECT person, k, ${placeSql(inquiry, ['b0'], top)} AS place FROM (\n${inner}\n) WHERE mine AND joined`
  // Somebody is first seen once, so the buckets of a value add up; those with several values are in several places.
  const rows = await inquiry.ask<{ place: number; k: number; whole: number; n: number }>(
    `SELECT place, k, grouping(k) AS whole, uniqExact(person) AS n FROM (\n${placed}\n)
     GROUP BY GROUPING SETS ((place, k), ())`,
  )
  const buckets = bucketsOf(days, question.interval, inquiry.zone)
  return {
    joined: rows.find(({ whole }) => whole === 1)?.n ?? 0,
    of: (place: number) => {
      const own = rows.filter((row) => row.whole === 0 && row.place === place)
      const byKey = new Map(own.map(({ k, n }) => [k, n]))
      return {
        joined: own.reduce((sum, { n }) => sum + n, 0),
        points: buckets.map(({ t, key }) => ({ t, joined: byKey.get(key) ?? 0 })),
      }
    },
  }
}

function named(top: readonly BreakdownValues[], place: number): Pick<CompositionRow, 'value' | 'other'> {
  return place === top.length ? { value: otherValue, other: true } : { value: top[place]?.[0] ?? null }
}

function sharesOf({ people, everyone }: Counted, whole: Counted) {
  const [share, everyoneShare] = [ratio(people, whole.people), ratio(everyone, whole.everyone)]
  return {
    ...{ people, share, everyone, everyone_share: everyoneShare },
    index: share === null || !everyoneShare ? null : (share / everyoneShare) * 100,
  }
}

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole)

async function valueSql(
  inquiry: Inquiry,
  question: CompositionQuestion,
  inner: string,
  { value = null }: CompositionCell,
): Promise<string> {
  if (value !== otherValue) return valuesSql(inquiry, ['b0'], [value])
  const top = await rankValues(inquiry, question, inner)
  return `${placeSql(inquiry, ['b0'], top)} = ${top.length}`
}

function keyOf(inquiry: Inquiry, { interval }: CompositionQuestion, days: Days, t: string): number {
  const bucket = bucketsOf(days, interval, inquiry.zone).find((one) => one.t === t)
  if (bucket === undefined) throw badQuestion('/cell/t', 'unknown_time', 'There is no such point.')
  return bucket.key
}
