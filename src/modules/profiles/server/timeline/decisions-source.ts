import { loadDecisions } from '#modules/profiles/server/list-decisions.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { comparePlaces } from '#modules/profiles/server/timeline/timeline-place.ts'
import type { TimelineEntry, TimelineSource } from '#slots/timeline-source.ts'

/** Merges and partings that name any of these units. A person has a handful, so the page is cut out of all of them. */
export function decisionsSource(
  deps: Pick<ProfileDeps, 'database'>,
  units: readonly number[],
): TimelineSource {
  return {
    name: 'decisions',
    groups: ['system'],
    entries: async (ctx, _person, question) => {
      const { from, inclusive, direction, since, until, limit } = question
      if (question.search) return []
      const decisions = await deps.database.read(ctx, (tx) => loadDecisions(tx, units, ctx.language))
      const sign = direction === 'older' ? -1 : 1
      return decisions
        .map((one): TimelineEntry & { event: object } => ({
          place: [Date.parse(one.time), one.id],
          group: 'system',
          kind: one.type,
          name: one.type,
          properties: { by: one.by },
          event: { identifiers: one.identifiers },
        }))
        .filter(({ place }) => {
          const after = from ? sign * comparePlaces(place, from) : 1
          return (
            (after > 0 || (inclusive && after === 0)) &&
            (since === undefined || place[0] >= since) &&
            (until === undefined || place[0] <= until)
          )
        })
        .toSorted((a, b) => sign * comparePlaces(a.place, b.place))
        .slice(0, limit)
    },
    present: async (ctx) => {
      const decisions = await deps.database.read(ctx, (tx) => loadDecisions(tx, units, ctx.language))
      return decisions.length > 0 ? ['system'] : []
    },
  }
}
