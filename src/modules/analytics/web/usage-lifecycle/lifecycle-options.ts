import { z } from 'zod'

/** What only lifecycles ask, as it stands in the address. */
export const LifecycleOptions = z.object({
  anchor: z.enum(['first_event', 'person_created']).optional().catch(undefined),
  /** Which part of the answer is drawn: the values as JSON, nothing for everybody. */
  shown: z.string().optional().catch(undefined),
})
