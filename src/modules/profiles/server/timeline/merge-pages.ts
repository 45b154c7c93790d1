import { comparePlaces } from '#modules/profiles/server/timeline/timeline-place.ts'
import type { TimelinePlace } from '#slots/timeline-source.ts'

/**
 * One page out of the first pages of many sources. Exact when each source told its nearest entries, `limit` + 1 of them
 * where it has as many: nothing that lies before the last entry of the page can be missing.
 */
export function mergePages<T extends { place: TimelinePlace }>(
  pages: readonly (readonly T[])[],
  direction: 'older' | 'newer',
  limit: number,
): { entries: T[]; more: boolean } {
  const sign = direction === 'older' ? -1 : 1
  const all = pages.flat().toSorted((a, b) => sign * comparePlaces(a.place, b.place))
  return { entries: all.slice(0, limit), more: all.length > limit }
}
