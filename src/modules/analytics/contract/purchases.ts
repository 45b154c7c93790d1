import { z } from 'zod'
import { BreakdownValues, breakdown, Compare, EventChoice, Interval } from './question.ts'

/** What counts as buying: an event, one order per distinct order id of a person; without `event` the order facts. */
export const purchases = {
  event: EventChoice.optional(),
  /** Property that tells orders of `event` apart; an event without it is an order by itself. */
  order_id: z.string().min(1).max(500).default('order_id'),
}

/** Of whom first orders are put together, and how far they are followed. */
export const purchaseCohorts = {
  interval: Interval.exclude(['hour']).default('month'),
  /** Values of each cohort, the first of its own period. */
  periods: z.int().min(1).max(400).default(12),
  /** By values of the order or event that puts somebody into a cohort, or of the person now: all parts add up. */
  ...breakdown,
  compare: Compare.optional(),
}

/** What a cell says besides its place. */
export const purchasePart = {
  breakdown: BreakdownValues.optional(),
  /** Of the period it is compared with. */
  compared: z.boolean().default(false),
}
/** What an answer calls one combination of values. */
export const valuesShown = { values: BreakdownValues, other: z.boolean().optional() }
export const comparedDays = z.object({ from: z.string(), to: z.string() })

/** Orders in each currency, the most used first; amounts of two are never added. */
export const CurrencyUse = z.object({ currency: z.string(), orders: z.number().int() })
export type CurrencyUse = z.infer<typeof CurrencyUse>
/** A currency as orders say it; without it the most used. Only of order facts. */
export const chosenCurrency = { currency: z.string().max(40).optional() }
