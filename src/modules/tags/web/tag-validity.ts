import type { Tag } from '#modules/tags/contract.ts'

/** Whether a tag may be given now: its first day has come and its last one is not over. */
export function whenGiven({ validity: { from, until } }: Pick<Tag, 'validity'>, now: number) {
  if (from !== null && Date.parse(from) > now) return 'later' as const
  return until !== null && Date.parse(until) <= now ? ('over' as const) : ('now' as const)
}
