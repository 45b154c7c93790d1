import type { Gaps, IntervalAnswer, IntervalQuestion } from '#modules/analytics/contract/interval.ts'
import {
  type Inner,
  placed,
  type Ranked,
  wholeAndPlaces,
} from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { secondBins } from '#modules/analytics/server/sql/second-bins.ts'

type Bins = IntervalAnswer['bins']
/** Bounds of the bins, and SQL of the bin a pair lies in. */
export type BinPlan = { bins: { from: number; until: number | null }[]; place: string }

/**
 * In whole seconds of equal width, or by the bounds asked for: the same for all periods, from the shortest pair to the
 * longest of any, and as many as the first has use for.
 */
export function planBins(question: IntervalQuestion, periods: readonly Gaps[]): BinPlan {
  const some = periods.filter(({ pairs }) => pairs > 0)
  const [first] = some
  if (first === undefined) return { bins: [], place: '0' }
  if (question.brackets) {
    const bins = between(question.brackets)
    return {
      bins,
      place: `arrayCount(x -> x <= took, [${bins.map(({ from }) => from * 1000).join(', ')}]) - 1`,
    }
  }
  const least = Math.floor(Math.min(...some.map(({ min }) => min ?? 0)))
  const most = Math.floor(Math.max(...some.map(({ max }) => max ?? 0)))
  const { width, bins } = secondBins({ count: first.pairs, least, most }, question.bins)
  return { bins, place: `intDiv(intDiv(took, 1000) - ${least}, ${width})` }
}

type Row = { all: number; place: number; bin: number; pairs: number; people: number }

/** How many pairs of everybody, and of the combination at a place, took how long. */
export async function countBins(
  inquiry: Inquiry,
  inner: Inner,
  top: Ranked,
  { bins, place }: BinPlan,
): Promise<(place?: number) => Bins> {
  if (bins.length === 0) return () => []
  const isBroken = inner.names.length > 0
  const rows = await inquiry.ask<Row>(
    `SELECT ${isBroken ? 'place, grouping(place)' : '0 AS place, 1'} AS all, toUInt32(${place}) AS bin,
       count() AS pairs, uniqExact(person) AS people
     FROM (\n${placed(inquiry, inner, top)}\n) GROUP BY GROUPING SETS (${wholeAndPlaces(inner, [['bin']])})`,
  )
  const found = Map.groupBy(rows, (row) => (row.all === 1 ? undefined : row.place))
  return (at) => {
    const own = new Map(found.get(at)?.map((row) => [row.bin, row]))
    return bins.map((bin, index) => {
      const { pairs = 0, people = 0 } = own.get(index) ?? {}
      return { ...bin, pairs, people }
    })
  }
}

function between(bounds: readonly number[]): { from: number; until: number | null }[] {
  const starts = (bounds[0] as number) > 0 ? [0, ...bounds] : bounds
  return starts.map((from, at) => ({ from, until: starts[at + 1] ?? null }))
}
