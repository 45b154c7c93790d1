import { z } from 'zod'
import { comparedDays, purchaseCohorts, purchasePart, purchases, valuesShown } from './purchases.ts'
import { answered, common, Interval } from './question.ts'

const shape = {
  kind: z.literal('repurchase'),
  ...common,
  ...purchases,
  ...purchaseCohorts,
  /** Value n: who bought again up to and with period n, in the period of the first order too; else in period n. */
  cumulative: z.boolean().default(false),
}

export const RepurchaseQuestion = z.strictObject(shape)
export type RepurchaseQuestion = z.infer<typeof RepurchaseQuestion>

const days = z.int().min(0).max(100_000)
/**
 * `period` is the place in `values`; 0 is the cohort. Or of everybody who first bought in the range: whose second order came
 * so many whole days after (`from` ≤ days < `until`); or who had so many days (`within`), and bought again in them or not.
 */
export const RepurchaseCell = z.union([
  z.strictObject({ cohort: z.string().max(40), period: z.int().min(0).max(400), ...purchasePart }),
  z.strictObject({ second: z.strictObject({ from: days, until: days }), ...purchasePart }),
  z.strictObject({ within: days, again: z.boolean().default(true), ...purchasePart }),
])
export type RepurchaseCell = z.infer<typeof RepurchaseCell>
export const RepurchasePeopleQuestion = z.strictObject({ ...shape, cell: RepurchaseCell })

const counted = {
  cohorts: z.array(
    z.object({
      /** First day of the period they first bought in. */
      date: z.string(),
      size: z.number().int(),
      /** The first is the size; null: not over yet. */
      values: z.array(z.number().int().nullable()),
    }),
  ),
  /** Days between the first and the second order, of those who have one. */
  second: z.object({
    people: z.number().int(),
    p25: z.number().nullable(),
    p50: z.number().nullable(),
    p75: z.number().nullable(),
    avg: z.number().nullable(),
    bins: z.array(z.object({ from: z.number().int(), until: z.number().int(), people: z.number().int() })),
  }),
  /** Who bought again within so many days, of those whose first order is so long ago. */
  rates: z.array(
    z.object({
      days: z.number().int(),
      people: z.number().int(),
      of: z.number().int(),
      rate: z.number().nullable(),
    }),
  ),
}
const broken = { ...counted, breakdown: z.array(z.object({ ...valuesShown, ...counted })).optional() }

export const RepurchaseAnswer = z.object({
  kind: z.literal('repurchase'),
  ...answered,
  interval: Interval,
  ...broken,
  compare: z.object({ range: comparedDays, ...broken }).optional(),
})
export type RepurchaseAnswer = z.infer<typeof RepurchaseAnswer>
