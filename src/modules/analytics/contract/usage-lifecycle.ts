import { z } from 'zod'
import { answered, BreakdownValues, breakdown, Compare, common, EventChoice, Interval } from './question.ts'

/** States of a person in a period; `dormant`: active in the one before and not in this one. */
export const UsageState = z.enum(['new', 'returning', 'resurrecting', 'dormant'])
export type UsageState = z.infer<typeof UsageState>

const shape = {
  kind: z.literal('usage_lifecycle'),
  ...common,
  event: EventChoice,
  interval: Interval.default('day'),
  /** What makes somebody new: their first such event, or when the person was first seen at all. */
  anchor: z.enum(['first_event', 'person_created']).default('first_event'),
  ...breakdown,
  compare: Compare.optional(),
}

export const UsageLifecycleQuestion = z.strictObject(shape)
export type UsageLifecycleQuestion = z.infer<typeof UsageLifecycleQuestion>
export const UsageLifecycleCell = z.strictObject({
  t: z.string().max(40),
  state: UsageState,
  breakdown: BreakdownValues.optional(),
  /** Of the period it is compared with. */
  compared: z.boolean().default(false),
})
export type UsageLifecycleCell = z.infer<typeof UsageLifecycleCell>
export const UsageLifecyclePeopleQuestion = z.strictObject({ ...shape, cell: UsageLifecycleCell })

const people = z.number().int().min(0)
const points = {
  points: z.array(
    z.object({ t: z.string(), new: people, returning: people, resurrecting: people, dormant: people }),
  ),
}
const counted = {
  ...points,
  /** Each combination, as if its values were conditions of the event: who does it with two is in both. */
  breakdown: z
    .array(z.object({ values: BreakdownValues, other: z.boolean().optional(), ...points }))
    .optional(),
}

export const UsageLifecycleAnswer = z.object({
  kind: z.literal('usage_lifecycle'),
  ...answered,
  interval: Interval,
  ...counted,
  compare: z.object({ range: z.object({ from: z.string(), to: z.string() }), ...counted }).optional(),
  /** The first period that is not over yet: its dormant people may still come. */
  open_from: z.string().nullable(),
})
export type UsageLifecycleAnswer = z.infer<typeof UsageLifecycleAnswer>
