import { z } from 'zod'

/** What only compositions ask, as it stands in the address: an attribute; tags without one. */
export const CompositionOptions = z.object({ attr: z.string().max(500).optional().catch(undefined) })
