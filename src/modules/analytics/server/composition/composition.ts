import type {
  CompositionCell,
  CompositionQuestion,
  CompositionRow,
} from '#modules/analytics/contract/composition.ts'
import { type BreakdownValues, otherValue } from '#modules/analytics/contract/question.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { isShown, listOf, placeSql, valuesSql } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { scanPeople } from '#modules/analytics/server/sql/scan-people.ts'
import { type Bucket, bucketKey, bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'
import { bindTime } from '#modules/rules/index.ts'

/** Of whom a group consists, who of it came lately, and what is typical of it. */
export const composition: Analysis<'composition'> = {
  names: ({ by }) => ({ events: [], props: [], breakdown: 'attr' in by ? [by] : [] }),
  async numbers(inquiry, question) {
    const buckets = bucketsOf(inquiry.days, question.interval, inquiry.zone)
    const inner = innerQuery(inquiry, question)
    const [whole] = await inquiry.ask<Whole>(`SELECT ${counts} FROM (\n${inner}\n)`)
    const total = whole ?? { people: 0, everyone: 0, joined: 0 }
    const top = await rankValues(inquiry, question, inner)
    const placed = `SELECT person, mine, joined, k, ${placeSql(inquiry, ['b0'], top)} AS place FROM (\n${inner}\n)`
    const [rows, joined] = await Promise.all([
      inquiry.ask<Whole & { place: number }>(
        `SELECT place, ${counts} FROM (\n${placed}\n) GROUP BY place ORDER BY place`,
      ),
      inquiry.ask<Joined>(
        `SELECT place, k, uniqExact(person) AS n FROM (\n${placed}\n) WHERE mine AND joined GROUP BY place, k`,
      ),
    ])
    const values = rows
      .filter(({ people }) => people > 0)
      .map((row) => present(row, top, total, buckets, joined))
    return { interval: question.interval, ...total, values }
  },
  async people(inquiry, question, cell) {
    const inner = innerQuery(inquiry, question)
    const conditions = cell.of === 'everyone' ? ['1'] : ['mine']
    if (cell.joined || cell.t !== undefined) conditions.push('joined')
    if (cell.t !== undefined) conditions.push(`k = ${keyOf(inquiry, question, cell.t)}`)
    if (cell.value !== undefined) conditions.push(await valueSql(inquiry, question, inner, cell))
    return `SELECT person FROM (\n${inner}\n) WHERE ${conditions.join(' AND ')}`
  },
}

type Whole = { people: number; everyone: number; joined: number }
type Joined = { place: number; k: number; n: number }

const counts = `uniqExactIf(person, mine) AS people, uniqExact(person) AS everyone, uniqExactIf(person, mine AND joined) AS joined`

/**
 * The one inner query: a row per person and value (`b0`, NULL where there is none) with whether they are of the audience
 * (`mine`), whether they were first seen in the range (`joined`) and in which bucket (`k`).
 */
function innerQuery(inquiry: Inquiry, { by, interval }: CompositionQuestion): string {
  const { bindings, days } = inquiry
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

function present(
  { place, people, everyone, joined }: Whole & { place: number },
  top: readonly BreakdownValues[],
  whole: Whole,
  buckets: readonly Bucket[],
  byBucket: readonly Joined[],
): CompositionRow {
  const [share, everyoneShare] = [ratio(people, whole.people), ratio(everyone, whole.everyone)]
  const own = new Map(byBucket.filter((row) => row.place === place).map(({ k, n }) => [k, n]))
  const other = place === top.length
  return {
    value: other ? otherValue : (top[place]?.[0] ?? null),
    ...(other ? { other } : {}),
    people,
    share,
    everyone,
    everyone_share: everyoneShare,
    index: share === null || !everyoneShare ? null : (share / everyoneShare) * 100,
    joined,
    points: buckets.map(({ t, key }) => ({ t, joined: own.get(key) ?? 0 })),
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

function keyOf(inquiry: Inquiry, { interval }: CompositionQuestion, t: string): number {
  const bucket = bucketsOf(inquiry.days, interval, inquiry.zone).find((one) => one.t === t)
  if (bucket === undefined) throw badQuestion('/cell/t', 'unknown_time', 'There is no such point.')
  return bucket.key
}
