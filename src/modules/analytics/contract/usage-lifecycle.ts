import { z } from 'zod'
import { answered, common, EventChoice, Interval } from './question.ts'

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
}

export const UsageLifecycleQuestion = z.strictObject(shape)
export type UsageLifecycleQuestion = z.infer<typeof UsageLifecycleQuestion>
export const UsageLifecycleCell = z.strictObject({ t: z.string().max(40), state: UsageState })
export type UsageLifecycleCell = z.infer<typeof UsageLifecycleCell>
export const UsageLifecyclePeopleQuestion = z.strictObject({ ...shape, cell: UsageLifecycleCell })

const people = z.number().int().min(0)
export const UsageLifecycleAnswer = z.object({
  kind: z.literal('usage_lifecycle'),
  ...answered,
  interval: Interval,
  points: z.array(
    z.object({ t: z.string(), new: people, returning: people, resurrecting: people, dormant: people }),
  ),
  /** The first period that is not over yet: its dormant people may still come. */
  open_from: z.string().nullable(),
})
export type UsageLifecycleAnswer = z.infer<typeof UsageLifecycleAnswer>
