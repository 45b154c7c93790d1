import { z } from 'zod'
import {
  CurrencyUse,
  chosenCurrency,
  comparedDays,
  purchaseCohorts,
  purchasePart,
  purchases,
  valuesShown,
} from './purchases.ts'
import { answered, common, EventChoice, Interval } from './question.ts'

const shape = {
  kind: z.literal('ltv'),
  ...common,
  ...purchases,
  /** Property with the amount of `event`. */
  amount: z.string().min(1).max(500).default('revenue'),
  /** Who is in a cohort: by the first such event; without it by the first order. */
  start: EventChoice.optional(),
  ...purchaseCohorts,
  ...chosenCurrency,
}

export const LtvQuestion = z.strictObject(shape)
export type LtvQuestion = z.infer<typeof LtvQuestion>

/** Who of a cohort had bought by the end of a period; `of: 'cohort'`: all of it. */
export const LtvCell = z.strictObject({
  cohort: z.string().max(40),
  period: z.int().min(0).max(400),
  of: z.enum(['buyers', 'cohort']).default('buyers'),
  ...purchasePart,
})
export type LtvCell = z.infer<typeof LtvCell>
export const LtvPeopleQuestion = z.strictObject({ ...shape, cell: LtvCell })

const counted = {
  cohorts: z.array(
    z.object({
      /** First day of the period they began in. */
      date: z.string(),
      size: z.number().int(),
      /** What everybody of the cohort brought up to and with this period, for each; null: not over yet, or nobody. */
      values: z.array(z.number().nullable()),
      /** How many had bought by then. */
      buyers: z.array(z.number().int().nullable()),
    }),
  ),
}
const broken = { ...counted, breakdown: z.array(z.object({ ...valuesShown, ...counted })).optional() }

export const LtvAnswer = z.object({
  kind: z.literal('ltv'),
  ...answered,
  interval: Interval,
  ...broken,
  compare: z.object({ range: comparedDays, ...broken }).optional(),
  /** Of order facts: what amounts are in, and what there is besides. */
  currency: z.string().nullable(),
  currencies: z.array(CurrencyUse),
})
export type LtvAnswer = z.infer<typeof LtvAnswer>
