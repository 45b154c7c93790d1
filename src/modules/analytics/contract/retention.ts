import { z } from 'zod'
import { answered, BreakdownValues, breakdown, Compare, common, EventChoice, Interval } from './question.ts'

/** Periods of one cohort; brackets reach no further. */
export const mostPeriods = 400

/**
 * Who comes into a cohort: everybody in each period they did the start event (`recurring`), once with the first event
 * that meets its conditions (`first_time`), or only if the first of that name ever met them (`first_ever`).
 */
export const RetentionMode = z.enum(['first_time', 'recurring', 'first_ever'])

const shape = {
  kind: z.literal('retention'),
  ...common,
  start: EventChoice,
  return: EventChoice,
  mode: RetentionMode.default('first_time'),
  interval: Interval.default('day'),
  /** Values of each cohort, the first of which is the cohort itself. */
  periods: z.int().min(1).max(mostPeriods).default(7),
  /** Lengths of the periods after the first, in place of `periods`: 1, 3, 7 are the periods 1, 2–4 and 5–11. */
  brackets: z.array(z.int().min(1).max(mostPeriods)).min(1).max(50).optional(),
  /** Periods of the calendar, or counted from the start event: 1 h, 24 h, 7 × 24 h, 30 × 24 h. */
  window: z.enum(['calendar', '24_hour']).default('calendar'),
  /** On or after: returned in this period or a later one of those asked for. */
  cumulative: z.boolean().default(false),
  /** So many return events within what a value covers. */
  minimum: z.int().min(1).max(1000).default(1),
  /** People who return, or the sum or mean of a property of their return events. */
  measure: z.enum(['people', 'sum', 'avg']).default('people'),
  prop: z.string().min(1).max(500).optional(),
  ...breakdown,
  compare: Compare.optional(),
}

export const RetentionQuestion = z.strictObject(shape)
export type RetentionQuestion = z.infer<typeof RetentionQuestion>

/** `period` is the place in `values`; 0 is the cohort. */
export const RetentionCell = z.strictObject({
  cohort: z.string().max(40),
  period: z.int().min(0).max(mostPeriods),
  breakdown: BreakdownValues.optional(),
  /** Of the period it is compared with. */
  compared: z.boolean().default(false),
})
export type RetentionCell = z.infer<typeof RetentionCell>
export const RetentionPeopleQuestion = z.strictObject({ ...shape, cell: RetentionCell })

const cohorts = {
  cohorts: z.array(
    z.object({
      /** First day of the period they started in. */
      date: z.string(),
      size: z.number().int(),
      /** Of people the first is the size. Null: not over yet, or no value to take the mean of. */
      values: z.array(z.number().nullable()),
    }),
  ),
}
const counted = {
  ...cohorts,
  /** Each combination: a member of a cohort has the values of the event that put them into it, so these add up. */
  breakdown: z
    .array(z.object({ values: BreakdownValues, other: z.boolean().optional(), ...cohorts }))
    .optional(),
}

export const RetentionAnswer = z.object({
  kind: z.literal('retention'),
  ...answered,
  interval: Interval,
  /** What each value covers, in periods after the start. */
  columns: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
  ...counted,
  compare: z.object({ range: z.object({ from: z.string(), to: z.string() }), ...counted }).optional(),
})
export type RetentionAnswer = z.infer<typeof RetentionAnswer>
