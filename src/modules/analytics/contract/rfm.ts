import { z } from 'zod'
import { answered, BreakdownValues, breakdown, Compare, common, day, EventChoice } from './question.ts'

/** The eight groups of high and low recency, frequency and money, best first. */
export const RfmGroup = z.enum([
  'champions',
  'promising',
  'cannot_lose',
  'lost_valuable',
  'loyal',
  'new',
  'fading',
  'dormant',
])
export type RfmGroup = z.infer<typeof RfmGroup>

export const rfmLimits = { bins: 10 } as const
const Score = z.int().min(1).max(rfmLimits.bins)
const Cuts = z
  .array(z.number().min(-1e15).max(1e15))
  .min(1)
  .max(rfmLimits.bins - 1)
  .refine((cuts) => cuts.every((cut, at) => at === 0 || cut > (cuts[at - 1] as number)), {
    message: 'Cut points ascend.',
  })

const shape = {
  kind: z.literal('rfm'),
  ...common,
  /** What is an order. Left out: the order facts, net of refunds and cancellations. */
  event: EventChoice.optional(),
  /** Of events: the property with the amount. */
  amount: z.string().min(1).max(500).default('revenue'),
  /** Of events: those with the same value of this are one order, the first of them; those without are one each. */
  order_id: z.string().min(1).max(500).default('order_id'),
  /** Of order facts: only orders in this currency; left out: in the one most orders are in. */
  currency: z.string().max(16).optional(),
  /** The day from which recency is counted; what came after it does not count. Left out: the last of the range. */
  as_of: day.optional(),
  method: z.enum(['quantile', 'fixed']).default('quantile'),
  /** Scores of `quantile` run from 1 to this. */
  bins: z.int().min(2).max(rfmLimits.bins).default(5),
  /** Of `fixed`: days up to which recency is better; orders and money from which frequency and money are. */
  cuts: z.strictObject({ r: Cuts, f: Cuts, m: Cuts }).optional(),
  /** Which scores are high, for the eight groups: those above everybody's mean, or from this one on. */
  high: z.union([z.literal('mean'), Score.min(2)]).default('mean'),
  /** By attributes of people as they are now; groups are those of everybody, so the parts add up. */
  ...breakdown,
  /** The other period, scored by itself, with the as-of day moved as the last day of the range is. */
  compare: Compare.optional(),
}

export const RfmQuestion = z.strictObject(shape)
export type RfmQuestion = z.infer<typeof RfmQuestion>
const about = {
  breakdown: BreakdownValues.optional(),
  /** Of the period it is compared with. */
  compared: z.boolean().default(false),
}
/** Null: nobody's, because they did not order in that period; left out: any. */
const Side = RfmGroup.nullable().optional()
/** A cell of the cube, a row or plane of it, or a group; or who went from one group to another between the periods. */
export const RfmCell = z.union([
  z.strictObject({ r: Score.optional(), f: Score.optional(), m: Score.optional(), ...about }),
  z.strictObject({ group: RfmGroup, ...about }),
  z.strictObject({ move: z.strictObject({ from: Side, to: Side }) }),
])
export type RfmCell = z.infer<typeof RfmCell>
export const RfmPeopleQuestion = z.strictObject({ ...shape, cell: RfmCell })

const measures = {
  people: z.number().int(),
  recency_days_avg: z.number(),
  frequency_avg: z.number(),
  monetary_sum: z.number(),
}
const Level = z.object({
  score: z.number().int(),
  people: z.number().int(),
  /** The smallest and the largest value that got this score. */
  from: z.number(),
  to: z.number(),
})
const Named = z.object({
  group: RfmGroup,
  ...measures,
  share: z.number().nullable(),
  monetary_avg: z.number().nullable(),
  monetary_share: z.number().nullable(),
})
const summed = { people: z.number().int(), monetary_sum: z.number() }

export const RfmAnswer = z.object({
  kind: z.literal('rfm'),
  ...answered,
  as_of: z.string(),
  ...summed,
  /** Every combination of scores that somebody has. */
  groups: z.array(z.object({ r: Score, f: Score, m: Score, ...measures })),
  named: z.array(Named),
  /** Each combination of attributes, with the eight groups of everybody. */
  breakdown: z
    .array(
      z.object({
        values: BreakdownValues,
        other: z.boolean().optional(),
        ...summed,
        named: z.array(Named),
      }),
    )
    .optional(),
  compare: z
    .object({
      range: z.object({ from: z.string(), to: z.string() }),
      as_of: z.string(),
      ...summed,
      named: z.array(Named),
      /** How many were in one group then and in another, or the same, now; null: did not order in that period. */
      moves: z.array(
        z.object({ from: RfmGroup.nullable(), to: RfmGroup.nullable(), people: z.number().int() }),
      ),
    })
    .optional(),
  /** What each score covers, worst first; scores nobody has are left out. */
  levels: z.object({ r: z.array(Level), f: z.array(Level), m: z.array(Level) }),
  /** Scores from which the groups take a dimension as high. */
  high_from: z.object({ r: z.number(), f: z.number(), m: z.number() }),
  /** Of order facts: the currency, and those there are. */
  currency: z.string().nullable(),
  currencies: z.array(z.object({ currency: z.string(), orders: z.number().int() })),
})
export type RfmAnswer = z.infer<typeof RfmAnswer>
