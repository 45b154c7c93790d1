import { z } from 'zod'

/** What only lifecycles ask, as it stands in the address. */
export const LifecycleOptions = z.object({
  anchor: z.enum(['first_event', 'person_created']).optional().catch(undefined),
})
