import { z } from 'zod'
import { answered, common, EventChoice, Interval } from './question.ts'

const shape = {
  kind: z.literal('stickiness'),
  ...common,
  event: EventChoice,
  interval: Interval.default('day'),
  /** A day counts with so many events. */
  minimum: z.int().min(1).max(1000).default(1),
  /** Each bin is of those with so many days or more. */
  cumulative: z.boolean().default(false),
}

export const StickinessQuestion = z.strictObject(shape)
export type StickinessQuestion = z.infer<typeof StickinessQuestion>
export const StickinessCell = z.strictObject({ days: z.int().min(1).max(3000) })
export type StickinessCell = z.infer<typeof StickinessCell>
export const StickinessPeopleQuestion = z.strictObject({ ...shape, cell: StickinessCell })

export const StickinessAnswer = z.object({
  kind: z.literal('stickiness'),
  ...answered,
  interval: Interval,
  /** Everybody in any bin. */
  people: z.number().int(),
  /** `days`: on how many days, or whatever the interval is. */
  bins: z.array(z.object({ days: z.number().int(), people: z.number().int() })),
})
export type StickinessAnswer = z.infer<typeof StickinessAnswer>
