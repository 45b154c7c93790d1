import { z } from 'zod'
import { answered, BreakdownValues, breakdown, Compare, common, EventChoice, Interval } from './question.ts'

const shape = {
  kind: z.literal('stickiness'),
  ...common,
  event: EventChoice,
  interval: Interval.default('day'),
  /** A day counts with so many events. */
  minimum: z.int().min(1).max(1000).default(1),
  /** Each bin is of those with so many days or more. */
  cumulative: z.boolean().default(false),
  ...breakdown,
  compare: Compare.optional(),
}

export const StickinessQuestion = z.strictObject(shape)
export type StickinessQuestion = z.infer<typeof StickinessQuestion>
export const StickinessCell = z.strictObject({
  days: z.int().min(1).max(3000),
  breakdown: BreakdownValues.optional(),
  /** Of the period it is compared with. */
  compared: z.boolean().default(false),
})
export type StickinessCell = z.infer<typeof StickinessCell>
export const StickinessPeopleQuestion = z.strictObject({ ...shape, cell: StickinessCell })

const bins = {
  /** Everybody in any bin. */
  people: z.number().int(),
  /** `days`: on how many days, or whatever the interval is. */
  bins: z.array(z.object({ days: z.number().int(), people: z.number().int() })),
}
const counted = {
  ...bins,
  /** Each combination, as if its values were conditions of the event: who does it with two is in both. */
  breakdown: z
    .array(z.object({ values: BreakdownValues, other: z.boolean().optional(), ...bins }))
    .optional(),
}

export const StickinessAnswer = z.object({
  kind: z.literal('stickiness'),
  ...answered,
  interval: Interval,
  ...counted,
  compare: z.object({ range: z.object({ from: z.string(), to: z.string() }), ...counted }).optional(),
})
export type StickinessAnswer = z.infer<typeof StickinessAnswer>
