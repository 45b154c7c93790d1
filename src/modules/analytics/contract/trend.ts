import { z } from 'zod'
import {
  answered,
  BreakdownValues,
  breakdown,
  Compare,
  common,
  eventChoice,
  Interval,
  questionLimits,
} from './question.ts'

/** Of events or people. `dau`, `wau`, `mau`: people in the 1, 7, 30 days that end with the last day of the bucket. */
export const countMaths = ['count', 'people', 'per_person', 'dau', 'wau', 'mau'] as const
/** Of the numbers of a property; exact, percentiles interpolated between the two nearest values. */
export const propMaths = ['sum', 'avg', 'min', 'max', 'median', 'p75', 'p90', 'p95', 'p99'] as const
export const TrendMath = z.enum([...countMaths, ...propMaths])
export type TrendMath = z.infer<typeof TrendMath>

export const rollingDays: Partial<Record<TrendMath, number>> = { dau: 1, wau: 7, mau: 30 }
export const isPropMath = (math: TrendMath): boolean => (propMaths as readonly string[]).includes(math)

export const TrendSeries = z.strictObject({
  ...eventChoice,
  math: TrendMath.default('count'),
  prop: z.string().min(1).max(500).optional(),
  name: z.string().max(200).optional(),
})
export type TrendSeries = z.infer<typeof TrendSeries>

const shape = {
  kind: z.literal('trend'),
  ...common,
  series: z.array(TrendSeries).min(1).max(questionLimits.series),
  /** Over the series by their letters: `A / B * 100`; what is divided by zero is null. */
  formulas: z
    .array(z.strictObject({ expression: z.string().min(1).max(200), name: z.string().max(200).optional() }))
    .max(6)
    .optional(),
  interval: Interval.default('day'),
  ...breakdown,
  /** Each point is of everything from the first day on. */
  cumulative: z.boolean().default(false),
  /** Mean of the last so many points beside each value; null before there are so many. */
  moving_average: z.int().min(2).max(90).optional(),
  compare: Compare.optional(),
}

export const TrendQuestion = z.strictObject(shape)
export type TrendQuestion = z.infer<typeof TrendQuestion>

/** A point, or without `t` the whole period; of a formula: the people of the series it names. */
export const TrendCell = z.strictObject({
  series: z.int().min(0),
  t: z.string().max(40).optional(),
  breakdown: BreakdownValues.optional(),
  /** Of the period it is compared with. */
  compared: z.boolean().default(false),
})
export type TrendCell = z.infer<typeof TrendCell>

export const TrendPeopleQuestion = z.strictObject({ ...shape, cell: TrendCell })

const TrendLine = z.object({
  /** Place in `series`; formulas are counted on from there. */
  series: z.number().int(),
  event: z.string().nullable(),
  formula: z.string().optional(),
  name: z.string().optional(),
  breakdown: BreakdownValues,
  /** The rest beyond the first `top`. */
  other: z.boolean().optional(),
  /** Of the whole period, counted and not added up; null for rolling people. */
  total: z.number().nullable(),
  points: z.array(
    z.object({ t: z.string(), value: z.number().nullable(), average: z.number().nullable().optional() }),
  ),
})
export type TrendLine = z.infer<typeof TrendLine>

export const TrendAnswer = z.object({
  kind: z.literal('trend'),
  ...answered,
  interval: Interval,
  series: z.array(TrendLine),
  compare: z
    .object({ range: z.object({ from: z.string(), to: z.string() }), series: z.array(TrendLine) })
    .optional(),
  /** The first bucket that is not over yet. */
  open_from: z.string().nullable(),
})
export type TrendAnswer = z.infer<typeof TrendAnswer>
