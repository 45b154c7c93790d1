import type { Gaps, IntervalAnswer, IntervalQuestion } from '#modules/analytics/contract/interval.ts'
import type { Inner } from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { secondBins } from '#modules/analytics/server/sql/second-bins.ts'

type Bins = IntervalAnswer['bins']

/** How many pairs took how long: in whole seconds of equal width, or by the bounds asked for. */
export async function countBins(
  inquiry: Inquiry,
  question: IntervalQuestion,
  inner: Inner,
  { pairs, min, max }: Gaps,
): Promise<Bins> {
  if (pairs === 0) return []
  const [least, most] = [Math.floor(min ?? 0), Math.floor(max ?? 0)]
  const { width, bins } = question.brackets
    ? { width: 0, bins: between(question.brackets) }
    : secondBins({ count: pairs, least, most }, question.bins)
  const place = question.brackets
    ? `arrayCount(x -> x <= took, [${bins.map(({ from }) => from * 1000).join(', ')}]) - 1`
    : `intDiv(intDiv(took, 1000) - ${least}, ${width})`
  const rows = await inquiry.ask<{ bin: number; pairs: number; people: number }>(
    `SELECT toUInt32(${place}) AS bin, count() AS pairs, uniqExact(person) AS people FROM (\n${inner.sql}\n) GROUP BY bin`,
  )
  const found = new Map(rows.map((row) => [row.bin, row]))
  return bins.map((bin, at) => ({
    ...bin,
    pairs: found.get(at)?.pairs ?? 0,
    people: found.get(at)?.people ?? 0,
  }))
}

function between(bounds: readonly number[]): { from: number; until: number | null }[] {
  const starts = (bounds[0] as number) > 0 ? [0, ...bounds] : bounds
  return starts.map((from, at) => ({ from, until: starts[at + 1] ?? null }))
}
