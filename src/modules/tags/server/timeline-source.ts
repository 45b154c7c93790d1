import { tagEntriesOf } from '#modules/profiles/index.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import type { TimelineSource } from '#slots/timeline-source.ts'

/** Tags in a person's timeline: given and taken, by whom, why. */
export function tagTimeline(deps: Pick<TagDeps, 'database'>): TimelineSource {
  const nearest = { from: undefined, inclusive: false, direction: 'older', limit: 1 } as const
  const all = { ...nearest, since: undefined, until: undefined, search: undefined }
  return {
    name: 'tags',
    groups: ['system'],
    entries: async (ctx, { person }, question) => {
      const rows = await deps.database.read(ctx, (tx) => tagEntriesOf(tx, person, question))
      return rows.map(({ ms, key, tag, added, by, by_kind, why }) => ({
        place: [ms, key] as const,
        group: 'system' as const,
        kind: added ? 'tag.added' : 'tag.removed',
        name: tag,
        properties: {},
        by: { kind: by_kind, name: by },
        why,
      }))
    },
    present: async (ctx, { person }) => {
      const rows = await deps.database.read(ctx, (tx) => tagEntriesOf(tx, person, all))
      return rows.length > 0 ? ['system'] : []
    },
  }
}
