import { z } from 'zod'
import { Rule } from '#modules/rules/contract.ts'
import { Timestamp } from '#platform/http/define-routes.ts'

export const Ids = z.array(z.string().min(1).max(64)).min(1).max(1000)
export const Why = z.string().trim().min(1).max(500)

/** Whose people: a member's id, or `none` for those nobody looks after. */
export const OwnerFilter = z.string().min(1).max(64)

/** Whom bulk work is for: chosen people, or everybody a list with these filters shows the caller. */
export const Whom = {
  ids: Ids.optional(),
  matching: z
    .object({
      rule: Rule.optional(),
      search: z.string().max(200).optional(),
      owner: OwnerFilter.optional(),
    })
    .optional(),
  why: Why.optional(),
}
const JobState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled'])

/** Work on many people in the background; what somebody did since stands when it is taken back. */
export const PeopleBatch = z.object({
  id: z.string(),
  jobId: z.string(),
  action: z.enum(['owner', 'trash']),
  /** The new owner; null also where the action knows none. */
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  state: JobState,
  /** How many it concerns, once that is known, and how many it has changed so far. */
  people: z.number().int().nullable(),
  changed: z.number().int(),
  why: z.string().nullable(),
  by: z.object({ kind: z.enum(['member', 'api_key', 'user', 'system']), name: z.string() }),
  createdAt: Timestamp,
  /** State of taking it back. */
  undo: JobState.nullable(),
})
export type PeopleBatch = z.infer<typeof PeopleBatch>
