import {
  type Bracket,
  type DistributionQuestion,
  isOfProp,
} from '#modules/analytics/contract/distribution.ts'
import { eventRows, innerQuery } from '#modules/analytics/server/distribution/inner-query.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

// So many values of a count are each a bracket of their own.
const mostSingle = 12
const wantedBrackets = 8
type Spread = { size: number; most: number; q: number[] }

/**
 * Lower bounds, those asked for or automatic ones: of counts each number by itself, or where they go far 1, 2, 3, 5, 10,
 * 20, 50, …; of a property about eight round steps over the middle nine tenths of the people, open at both ends.
 */
export async function boundsOf(inquiry: Inquiry, question: DistributionQuestion): Promise<number[]> {
  if (question.brackets) return question.brackets
  const inner = innerQuery(question, eventRows(inquiry, { ...question, breakdown: [] }).sql)
  const [spread] = await inquiry.ask<Spread>(
    `SELECT count() AS size, max(value) AS most, quantilesExactInclusive(0.05, 0.95)(value) AS q FROM (\n${inner}\n)`,
  )
  if (!spread || spread.size === 0) return [1]
  return isOfProp(question.measure) ? roundSteps(spread.q) : counts(spread.most)
}

function counts(most: number): number[] {
  if (most <= mostSingle) return Array.from({ length: most }, (_, at) => at + 1)
  const bounds = [1, 2, 3]
  for (let power = 1; ; power *= 10)
    for (const digit of [5, 10, 20]) {
      const bound = digit * power
      if (bound > most) return bounds
      bounds.push(bound)
    }
}

function roundSteps([low = 0, high = 0]: readonly number[]): number[] {
  const rough = (high - low) / wantedBrackets || Math.abs(low) || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((digit) => digit * power >= rough * (1 - 1e-9)) ?? 10) * power
  const first = Math.floor(low / step)
  const last = Math.floor(high / step) + 1
  // As decimals, not as multiples: 3 × 0.1 is not 0.3.
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)))
}

/** Brackets of lower bounds, the first of what is less than all of them. */
export function bracketsOf(bounds: readonly number[]): Bracket[] {
  return [null, ...bounds].map((from, at) => ({ from, until: bounds[at] ?? null }))
}

/** SQL of a value's place among these brackets. */
export const bracketSql = (bounds: readonly number[]): string =>
  `toUInt32(arrayCount(x -> x <= value, [${bounds.map((bound) => `toFloat64(${bound})`).join(', ')}]))`
