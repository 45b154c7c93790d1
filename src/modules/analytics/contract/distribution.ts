import { z } from 'zod'
import { answered, BreakdownValues, breakdown, Compare, common, EventChoice } from './question.ts'

/** Of each person: how often, on how many days, in how many hours; or what the numbers of a property come to. */
export const countMeasures = ['count', 'days', 'hours'] as const
export const propMeasures = ['sum', 'avg', 'min', 'max'] as const
export const DistributionMeasure = z.enum([...countMeasures, ...propMeasures])
export type DistributionMeasure = z.infer<typeof DistributionMeasure>
export const isOfProp = (measure: DistributionMeasure): boolean =>
  (propMeasures as readonly string[]).includes(measure)

export const periods = ['range', 'day', 'week', 'month'] as const
export const mostBrackets = 60

const shape = {
  kind: z.literal('distribution'),
  ...common,
  event: EventChoice,
  measure: DistributionMeasure.default('count'),
  prop: z.string().min(1).max(500).optional(),
  /** Of the whole range, or anew in each of its days, weeks, months. */
  interval: z.enum(periods).default('range'),
  /** Lower bounds: [1, 3, 7] is 1 ≤ x < 3, 3 ≤ x < 7, 7 ≤ x; what is less is a bracket of its own. Without: automatic. */
  brackets: z.array(z.number()).min(1).max(mostBrackets).optional(),
  ...breakdown,
  compare: Compare.optional(),
}

export const DistributionQuestion = z.strictObject(shape)
export type DistributionQuestion = z.infer<typeof DistributionQuestion>

/** Who has `from ≤ value < until`, as far as these are given, in the period `t`, or in any without it. */
export const DistributionCell = z.strictObject({
  t: z.string().max(40).optional(),
  from: z.number().optional(),
  until: z.number().optional(),
  breakdown: BreakdownValues.optional(),
  /** Of the period it is compared with. */
  compared: z.boolean().default(false),
})
export type DistributionCell = z.infer<typeof DistributionCell>
export const DistributionPeopleQuestion = z.strictObject({ ...shape, cell: DistributionCell })

/** Null: no bound. */
export const Bracket = z.object({ from: z.number().nullable(), until: z.number().nullable() })
export type Bracket = z.infer<typeof Bracket>

const DistributionPoint = z.object({
  /** Null: the whole range. */
  t: z.string().nullable(),
  /** Everybody with a value. */
  people: z.number().int(),
  avg: z.number().nullable(),
  median: z.number().nullable(),
  /** People in each of `brackets`. */
  counts: z.array(z.number().int()),
})
export type DistributionPoint = z.infer<typeof DistributionPoint>

const counted = {
  points: z.array(DistributionPoint),
  values: z
    .array(
      z.object({
        breakdown: BreakdownValues,
        other: z.boolean().optional(),
        points: z.array(DistributionPoint),
      }),
    )
    .optional(),
}

export const DistributionAnswer = z.object({
  kind: z.literal('distribution'),
  ...answered,
  interval: z.enum(periods),
  /** Of both periods; automatic ones are made for the first. */
  brackets: z.array(Bracket),
  ...counted,
  compare: z.object({ range: z.object({ from: z.string(), to: z.string() }), ...counted }).optional(),
})
export type DistributionAnswer = z.infer<typeof DistributionAnswer>
