import { z } from 'zod'

export const intervals = ['hour', 'day', 'week', 'month'] as const
export const AlertInterval = z.enum(intervals)
export type AlertInterval = z.infer<typeof AlertInterval>

const Amount = z.number().min(-1e15).max(1e15)

/** Against fixed numbers; the number itself is still fine. */
const Threshold = z.discriminatedUnion('is', [
  z.strictObject({ kind: z.literal('threshold'), is: z.literal('above'), high: Amount }),
  z.strictObject({ kind: z.literal('threshold'), is: z.literal('below'), low: Amount }),
  z
    .strictObject({ kind: z.literal('threshold'), is: z.literal('outside'), low: Amount, high: Amount })
    .refine(({ low, high }) => low <= high, { path: ['high'], message: 'The range ends before it begins.' }),
])

/** Against the bucket before, or the same one a week ago; by more than so much. */
const Change = z.strictObject({
  kind: z.literal('change'),
  against: z.enum(['previous', 'week']).default('previous'),
  to: z.enum(['up', 'down', 'either']).default('either'),
  by: z.number().gt(0).max(1e15),
  unit: z.enum(['percent', 'absolute']).default('percent'),
})

/** Against the median of comparable buckets, in median absolute deviations. */
const Deviation = z.strictObject({
  kind: z.literal('deviation'),
  to: z.enum(['up', 'down', 'either']).default('either'),
  sensitivity: z.enum(['low', 'medium', 'high']).default('medium'),
})

export const AlertCondition = z
  .union([Threshold, Change, Deviation])
  .meta({ id: 'AlertCondition', description: 'When the alert fires' })
export type AlertCondition = z.infer<typeof AlertCondition>

const Values = z.array(z.string().nullable()).min(1).max(3)

/** Which number of the question is watched. */
export const AlertMetric = z
  .discriminatedUnion('of', [
    z.strictObject({
      of: z.literal('trend'),
      /** Place in `series`; formulas are counted on from there. */
      series: z.int().min(0).max(17),
      /** One combination of values, where the question has a breakdown. */
      breakdown: Values.optional(),
    }),
    z.strictObject({
      of: z.literal('funnel'),
      /** Who reached this step; null: of 100 who began, how many reached the last. By when they began. */
      step: z.int().min(1).max(20).nullable().default(null),
    }),
    z.strictObject({
      of: z.literal('retention'),
      /** Place in `values`: of people in per cent of the cohort, else the value itself. By cohort. */
      period: z.int().min(1).max(400).default(1),
    }),
  ])
  .meta({ id: 'AlertMetric' })
export type AlertMetric = z.infer<typeof AlertMetric>

export const units = ['number', 'percent'] as const

export const verdicts = ['fine', 'breach', 'learning', 'empty'] as const
export type Verdict = (typeof verdicts)[number]

/** What is said of one bucket: the number, and between which bounds it had been fine. */
export const judged = {
  /** Name of the bucket in the workspace's zone, as in the answer of the analysis. */
  t: z.string(),
  /** Null: there is none, as of an average of nothing. */
  value: z.number().nullable(),
  /** Fine are `low ≤ value ≤ high`; null: no bound. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** What it is compared with, where that is one number: the bucket before, the median. */
  expected: z.number().nullable(),
  /** `learning`: too little history; `empty`: no value, or nothing to compare with. Neither changes the state. */
  verdict: z.enum(verdicts),
  /** So many days of history are missing yet. */
  needs: z.number().int(),
}
