import { z } from 'zod'
import { FunnelQuestion } from './funnel.ts'
import { answered, BreakdownValues, breakdown, Compare, common, EventChoice, Interval } from './question.ts'

export const pairings = ['nearest', 'first'] as const

const shape = {
  kind: z.literal('interval'),
  ...common,
  /** Lies in the range. */
  from: EventChoice,
  /** Lies in the range, too; with `max_gap` up to so long after it. */
  to: EventChoice,
  /** Each `to` with the latest `from` before it that has none yet; or the first `from` with the first `to` after it. */
  pairing: z.enum(pairings).default('nearest'),
  /** Longer ones are no pairs; inclusive. */
  max_gap: FunnelQuestion.shape.window.unwrap().optional(),
  /** Both with the same value of this property. */
  hold: z.string().min(1).max(500).optional(),
  /** Both in one visit, which ends with so long a pause in anything they do. */
  gap_minutes: z.int().min(1).max(10_080).optional(),
  ...breakdown,
  /** Also by the interval `from` lies in. */
  interval: Interval.optional(),
  /** How many bins of equal width; without, the cube root of the number of pairs, at most 60. */
  bins: z.int().min(1).max(90).optional(),
  /** In place of equal widths: lower bounds of the bins, in seconds; shorter ones are a bin of their own. */
  brackets: z.array(z.number().min(0)).min(1).max(60).optional(),
  compare: Compare.optional(),
}

export const IntervalQuestion = z.strictObject(shape)
export type IntervalQuestion = z.infer<typeof IntervalQuestion>

/** Marks of how long pairs took, of those the cell is about: percentiles, interpolated, and the average. */
export const gapMarks = ['p10', 'p25', 'p50', 'p75', 'p90', 'avg'] as const
export const GapMark = z.enum(gapMarks)
export type GapMark = z.infer<typeof GapMark>

/** Whose pairs took `from ≤ seconds < until` and `above < seconds ≤ upto`; without these, anybody with a pair. */
export const IntervalCell = z.strictObject({
  from: z.number().optional(),
  until: z.number().optional(),
  /** Longer than this mark: `{"above":"p25","upto":"p75"}` is the middle half. */
  above: GapMark.optional(),
  /** As long as this mark, or shorter. */
  upto: GapMark.optional(),
  breakdown: BreakdownValues.optional(),
  /** Only of pairs whose first event lies in this interval. */
  t: z.string().max(40).optional(),
  /** Of the period it is compared with. */
  compared: z.boolean().default(false),
})
export type IntervalCell = z.infer<typeof IntervalCell>
export const IntervalPeopleQuestion = z.strictObject({ ...shape, cell: IntervalCell })

const seconds = z.number().nullable()
const gaps = {
  people: z.number().int(),
  pairs: z.number().int(),
  /** Seconds, exact and interpolated between the two nearest pairs; null without any. */
  p25: seconds,
  p50: seconds,
  p75: seconds,
  avg: seconds,
  p10: seconds,
  p90: seconds,
  min: seconds,
  max: seconds,
}
const Gaps = z.object(gaps)
export type Gaps = z.infer<typeof Gaps>
/** `until` null: anything longer. */
const GapBin = z.object({
  from: z.number(),
  until: z.number().nullable(),
  pairs: z.number().int(),
  people: z.number().int(),
})
const bins = { bins: z.array(GapBin) }
const ofValue = { breakdown: BreakdownValues, other: z.boolean().optional() }

const counted = {
  ...gaps,
  /** The same bounds in both periods, from the shortest to the longest of either. */
  ...bins,
  values: z.array(z.object({ ...ofValue, ...gaps, ...bins })).optional(),
  trend: z
    .object({
      interval: Interval,
      lines: z.array(
        z.object({
          ...ofValue,
          points: z.array(
            z.object({
              t: z.string(),
              people: z.number().int(),
              pairs: z.number().int(),
              p50: seconds,
              avg: seconds,
            }),
          ),
        }),
      ),
    })
    .optional(),
}

export const IntervalAnswer = z.object({
  kind: z.literal('interval'),
  ...answered,
  ...counted,
  compare: z.object({ range: z.object({ from: z.string(), to: z.string() }), ...counted }).optional(),
})
export type IntervalAnswer = z.infer<typeof IntervalAnswer>
