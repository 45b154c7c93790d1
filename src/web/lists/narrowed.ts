import { z } from 'zod'

/** What narrows a list of named things, as it stands in the address. */
export const narrowedSearch = {
  q: z.string().optional().catch(undefined),
  folder: z.string().optional().catch(undefined),
  mine: z.boolean().optional().catch(undefined),
}
export type Narrowed = z.infer<z.ZodObject<typeof narrowedSearch>>

/** The same as a list's route takes it. */
export const narrowedQuery = ({ q, folder, mine }: Narrowed) => ({
  limit: 100,
  ...(q ? { search: q } : {}),
  ...(folder === undefined ? {} : { folder }),
  ...(mine ? { mine: 'true' as const } : {}),
})

export const isNarrowed = ({ q, folder, mine }: Narrowed): boolean =>
  Boolean(q) || folder !== undefined || mine === true
