import { z } from 'zod'
import { CurrencyUse, chosenCurrency } from './purchases.ts'
import { answered, BreakdownValues, Compare, common, Interval, questionLimits } from './question.ts'

const name = z.string().min(1).max(500)
/** Something of the order, a property of its event, or an attribute of the buyer as it is now. */
export const OrderBy = z.union([
  z.strictObject({ order: z.enum(['product', 'category', 'coupon']) }),
  z.strictObject({ prop: name }),
  z.strictObject({ attr: name }),
])
export type OrderBy = z.infer<typeof OrderBy>

const shape = {
  kind: z.literal('orders'),
  ...common,
  interval: Interval.exclude(['hour']).default('day'),
  breakdown: z.array(OrderBy).max(1).optional(),
  /** Values shown by themselves; the rest is one more, `$other`. */
  top: z.int().min(1).max(questionLimits.top).default(10),
  compare: Compare.optional(),
  ...chosenCurrency,
}

export const OrdersQuestion = z.strictObject(shape)
export type OrdersQuestion = z.infer<typeof OrdersQuestion>

/** Who ordered; of whose orders of then something went back (`order_refunds`); to whom something went back then. */
export const OrdersPeople = z.enum(['orders', 'order_refunds', 'refunds'])
const days = z.int().min(0).max(100_000)
/** Of a line: in a bucket `t`, or the whole period; of what went back: by its reason, or whole days after the order. */
export const OrdersCell = z.union([
  z.strictObject({
    who: OrdersPeople,
    t: z.string().max(40).optional(),
    breakdown: BreakdownValues.optional(),
    compared: z.boolean().default(false),
  }),
  z.strictObject({ reason: z.string().max(1000) }),
  z.strictObject({ delay: z.strictObject({ from: days, until: days }) }),
])
export type OrdersCell = z.infer<typeof OrdersCell>
export const OrdersPeopleQuestion = z.strictObject({ ...shape, cell: OrdersCell })

/** Amounts in the currency’s units. The two clocks: of orders placed then, and of what went back then. */
const measures = {
  /** Before discounts. */
  gross: z.number(),
  discount: z.number(),
  /** What was to be paid: gross less discounts. */
  sales: z.number(),
  orders: z.number().int(),
  buyers: z.number().int(),
  items: z.number(),
  /** Sales by order. */
  aov: z.number().nullable(),
  /** Went back of orders placed then, whenever it did; and from how many of them. */
  order_refunds: z.number(),
  orders_refunded: z.number().int(),
  /** Sales less that. */
  net: z.number(),
  /** Went back then, whenever the order was; and sales less that. */
  refunds: z.number(),
  cash: z.number(),
}
export const OrderMeasures = z.object(measures)
export type OrderMeasures = z.infer<typeof OrderMeasures>
const Line = z.object({
  breakdown: BreakdownValues,
  other: z.boolean().optional(),
  total: OrderMeasures,
  points: z.array(z.object({ t: z.string(), ...measures })),
})
export type OrdersLine = z.infer<typeof Line>
const lines = { lines: z.array(Line), total: Line }

export const OrdersAnswer = z.object({
  kind: z.literal('orders'),
  ...answered,
  interval: Interval,
  currency: z.string(),
  currencies: z.array(CurrencyUse),
  ...lines,
  compare: z.object({ range: z.object({ from: z.string(), to: z.string() }), ...lines }).optional(),
  /** What went back in the range. */
  returns: z.object({
    /** Most first, and no more than a hundred; '' where none is said. */
    reasons: z.array(
      z.object({ reason: z.string(), count: z.number().int(), people: z.number().int(), amount: z.number() }),
    ),
    /** Days from the order, of those whose order is known. */
    delay: z.object({
      count: z.number().int(),
      p25: z.number().nullable(),
      p50: z.number().nullable(),
      p75: z.number().nullable(),
      bins: z.array(z.object({ from: z.number().int(), until: z.number().int(), people: z.number().int() })),
    }),
  }),
  /** The first bucket that is not over yet. */
  open_from: z.string().nullable(),
})
export type OrdersAnswer = z.infer<typeof OrdersAnswer>
