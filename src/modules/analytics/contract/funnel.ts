import { z } from 'zod'
import {
  answered,
  BreakdownBy,
  BreakdownValues,
  breakdown,
  Compare,
  common,
  eventChoice,
  Interval,
  questionLimits,
} from './question.ts'

/** Seconds of a unit; a month is 30 days, so that a window is the same length whenever it begins. */
export const windowUnits = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 }
export type WindowUnit = keyof typeof windowUnits
const unitNames = Object.keys(windowUnits) as [WindowUnit, ...WindowUnit[]]

export const funnelOrders = ['ordered', 'strict', 'any'] as const
export const fewestSteps = 2
export const mostSteps = 20
const stepNumber = z.int().min(1).max(mostSteps)

export const FunnelStep = z.strictObject({ ...eventChoice, name: z.string().max(200).optional() })
export type FunnelStep = z.infer<typeof FunnelStep>

export const FunnelExclusion = z.strictObject({
  ...eventChoice,
  /** After reaching the first of the two steps and before the second; in any order: the whole funnel. */
  between: z.tuple([stepNumber, stepNumber]),
})
export type FunnelExclusion = z.infer<typeof FunnelExclusion>

/** Beyond these, what goes together with converting is told of the most frequent only. */
export const correlationLimits = {
  events: 50,
  properties: 20,
  /** Of each property. */
  values: 10,
  /** With so few people, or all but so few, nothing is said. */
  fewest: 5,
} as const

const shape = {
  kind: z.literal('funnel'),
  ...common,
  steps: z.array(FunnelStep).min(fewestSteps).max(mostSteps),
  order: z.enum(funnelOrders).default('ordered'),
  /** From step 1, inclusive. */
  window: z
    .strictObject({ value: z.int().min(1).max(1_000_000), unit: z.enum(unitNames) })
    .default({ value: 14, unit: 'day' }),
  exclusions: z.array(FunnelExclusion).max(questionLimits.choices).optional(),
  /** All steps with the same value of this property. */
  hold: z.string().min(1).max(500).optional(),
  /** Of several beginnings that get equally far: the last one, or the first. */
  start: z.enum(['latest', 'first']).default('latest'),
  /** Whole lives, or visits: everything up to a pause of so long. */
  count: z.enum(['people', 'sessions']).default('people'),
  gap_minutes: z.int().min(1).max(10_080).default(30),
  ...breakdown,
  /** Which event of the way through says the value: the first or last that has one, or that of a step. */
  attribution: z.union([z.enum(['first', 'last']), z.strictObject({ step: stepNumber })]).default('first'),
  /** Conversion by the interval step 1 lies in. */
  interval: Interval.optional(),
  /** How long it takes from one step to another, as a histogram; both as in `between`. */
  convert: z
    .strictObject({
      from: stepNumber.default(1),
      to: stepNumber.optional(),
      bins: z.int().min(1).max(90).optional(),
    })
    .optional(),
  /**
   * What those who convert did more or less often: other events on the way, or values of the event they begin with and
   * of the person now.
   */
  correlate: z
    .union([z.literal('events'), z.array(BreakdownBy).min(1).max(correlationLimits.properties)])
    .optional(),
  compare: Compare.optional(),
}

export const FunnelQuestion = z.strictObject(shape)
export type FunnelQuestion = z.infer<typeof FunnelQuestion>

/** Who reached the step; `dropped`: who reached the one before and not this one. */
export const FunnelCell = z.strictObject({
  step: stepNumber,
  dropped: z.boolean().default(false),
  breakdown: BreakdownValues.optional(),
  /** Only who began in this interval, as `trend` counts them. */
  t: z.string().max(40).optional(),
  /** Of the period it is compared with. */
  compared: z.boolean().optional(),
  /** Only whose time as in `convert` is `from ≤ seconds < until`. */
  took: z.strictObject({ from: z.number(), until: z.number() }).optional(),
  /** Only who has, or has not, what is correlated; by itself, without the three above. */
  correlation: z
    .strictObject({
      event: z.string().max(500).optional(),
      by: BreakdownBy.optional(),
      value: z.string().nullable().optional(),
      has: z.boolean().default(true),
      /** false: who does not reach the last step. */
      converted: z.boolean().optional(),
    })
    .optional(),
})
export type FunnelCell = z.infer<typeof FunnelCell>

export const FunnelPeopleQuestion = z.strictObject({ ...shape, cell: FunnelCell })

const StepNumbers = z.object({
  /** Who reached at least this step. */
  count: z.number().int(),
  /** From the step before; null for the first, and where nobody got. */
  avg_seconds: z.number().nullable(),
  median_seconds: z.number().nullable(),
})
export type StepNumbers = z.infer<typeof StepNumbers>

const ofValue = { breakdown: BreakdownValues, other: z.boolean().optional() }

const Halves = z.object({ converted: z.number().int(), lost: z.number().int() })
export const Correlation = z.object({
  /** Who began, and who of them reached the last step. */
  people: z.number().int(),
  converted: z.number().int(),
  /** Sure ones first, then by strength. */
  rows: z.array(
    z.object({
      event: z.string().optional(),
      by: BreakdownBy.optional(),
      value: z.string().nullable().optional(),
      with: Halves,
      without: Halves,
      /** Odds ratio, ½ added to each of the four numbers; 1: no difference. */
      odds: z.number(),
      /** Fisher's exact test, two-sided. */
      p: z.number(),
      /** Less than 5 % by chance for all rows together (Bonferroni). */
      sure: z.boolean(),
    }),
  ),
  /** So many more, of fewer people, are not told. */
  left_out: z.number().int(),
})
export type Correlation = z.infer<typeof Correlation>

const Whole = z.object({ avg_seconds: z.number().nullable(), median_seconds: z.number().nullable() })
const Values = z.array(z.object({ ...ofValue, steps: z.array(StepNumbers) }))

export const FunnelAnswer = z.object({
  kind: z.literal('funnel'),
  ...answered,
  steps: z.array(StepNumbers),
  /** From step 1 to the last, of who got there. */
  whole: Whole,
  values: Values.optional(),
  /** The same of another period; the values shown are those of this one. */
  compare: z
    .object({
      range: z.object({ from: z.string(), to: z.string() }),
      steps: z.array(StepNumbers),
      whole: Whole,
      values: Values.optional(),
    })
    .optional(),
  trend: z
    .object({
      interval: Interval,
      /** The first interval whose beginners may still convert. */
      open_from: z.string().nullable(),
      lines: z.array(
        z.object({
          ...ofValue,
          points: z.array(z.object({ t: z.string(), counts: z.array(z.number().int()) })),
        }),
      ),
    })
    .optional(),
  convert: z
    .object({
      from: z.number().int(),
      to: z.number().int(),
      count: z.number().int(),
      avg_seconds: z.number().nullable(),
      median_seconds: z.number().nullable(),
      bins: z.array(z.object({ from: z.number(), until: z.number(), count: z.number().int() })),
    })
    .optional(),
  correlation: Correlation.optional(),
})
export type FunnelAnswer = z.infer<typeof FunnelAnswer>
