import type { RfmGroup, RfmQuestion } from '#modules/analytics/contract/rfm.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

/** Cut points as SQL literals, ascending; money in whole millionths. */
export type Cuts = { r: string[]; f: string[]; m: string[]; method: RfmQuestion['method'] }

/**
 * Of quantiles, cut point k of n bins is the smallest value that at least k/n of the people do not exceed. A hair below
 * k/n, because quantileExact takes the value after the one that ends a bin where k/n of the people is a whole number.
 */
export async function cutsOf(inquiry: Inquiry, question: RfmQuestion, inner: string): Promise<Cuts> {
  if (question.method === 'fixed') return fixedCuts(question)
  const levels = Array.from({ length: question.bins - 1 }, (_, at) => (at + 1) / question.bins - 1e-9)
  const quantiles = (column: string) =>
    `arrayMap(x -> toString(x), quantilesExact(${levels.join(', ')})(${column}))`
  const [row] = await inquiry.ask<{ people: number } & Record<'r' | 'f' | 'm', string[]>>(
    `SELECT toUInt32(count()) AS people, ${quantiles('recency')} AS r, ${quantiles('frequency')} AS f,
     ${quantiles('money')} AS m FROM (\n${inner}\n)`,
  )
  const whole = (texts: readonly string[] | undefined) =>
    row && row.people > 0 ? (texts ?? []).map((text) => `toInt128('${BigInt(text)}')`) : []
  return { r: whole(row?.r), f: whole(row?.f), m: whole(row?.m), method: 'quantile' }
}

function fixedCuts({ cuts }: RfmQuestion): Cuts {
  if (!cuts) throw badQuestion('/cuts', 'no_cuts', 'Fixed cut points must be named: cuts of r, f and m.')
  return {
    r: cuts.r.map((cut) => `toInt128(${Math.floor(cut)})`),
    f: cuts.f.map((cut) => `toInt128(${Math.ceil(cut)})`),
    m: cuts.m.map((cut) => `toInt128('${BigInt(Math.floor(cut * 1e6 + 0.5))}')`),
    method: 'fixed',
  }
}

/**
 * Rows of the inner query with scores `r`, `f`, `m`. Equal values share a score. Recency up to a cut point is on its better
 * side. Frequency and money are above a quantile, and from a fixed cut point on: "from 500" is how people set one.
 */
export function scoredSql(inner: string, { r, f, m, method }: Cuts): string {
  const above = method === 'fixed' ? '<=' : '<'
  const passed = (cuts: readonly string[], column: string, is: string) =>
    cuts.map((cut) => `(${cut} ${is} ${column})`).join(' + ') || '0'
  return `SELECT *, toUInt8(${r.length + 1} - (${passed(r, 'recency', '<')})) AS r,
    toUInt8(1 + ${passed(f, 'frequency', above)}) AS f, toUInt8(1 + ${passed(m, 'money', above)}) AS m
    FROM (\n${inner}\n)`
}

/** The score from which a dimension is high: the first above everybody's mean, or the one asked for. */
export type HighFrom = { r: number; f: number; m: number }
export function highFrom(
  { high }: RfmQuestion,
  groups: readonly { r: number; f: number; m: number; people: number }[],
): HighFrom {
  if (high !== 'mean') return { r: high, f: high, m: high }
  const people = groups.reduce((sum, group) => sum + group.people, 0)
  const from = (of: 'r' | 'f' | 'm') =>
    people === 0
      ? 1
      : Math.floor(groups.reduce((sum, group) => sum + group[of] * group.people, 0) / people) + 1
  return { r: from('r'), f: from('f'), m: from('m') }
}

/** Which of recency, frequency and money are high in a group. */
const highs: Record<RfmGroup, [r: boolean, f: boolean, m: boolean]> = {
  champions: [true, true, true],
  promising: [true, false, true],
  cannot_lose: [false, true, true],
  lost_valuable: [false, false, true],
  loyal: [true, true, false],
  new: [true, false, false],
  fading: [false, true, false],
  dormant: [false, false, false],
}

export const isInGroup = (group: RfmGroup, of: { r: number; f: number; m: number }, from: HighFrom) =>
  (['r', 'f', 'm'] as const).every((key, at) => of[key] >= from[key] === highs[group][at])

export const groupSql = (group: RfmGroup, from: HighFrom): string =>
  (['r', 'f', 'm'] as const)
    .map((key, at) => `${key} ${highs[group][at] ? '>=' : '<'} ${from[key]}`)
    .join(' AND ')
