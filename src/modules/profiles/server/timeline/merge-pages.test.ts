import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergePages } from '#modules/profiles/server/timeline/merge-pages.ts'
import { comparePlaces, eventKey, splitKey } from '#modules/profiles/server/timeline/timeline-place.ts'
import type { TimelinePlace } from '#slots/timeline-source.ts'

type Entry = { place: TimelinePlace }
type Page = {
  from: TimelinePlace | undefined
  inclusive: boolean
  direction: 'older' | 'newer'
  limit: number
}

// Few moments, so that most entries tie; message ids that begin alike, as another source's keys do, or hold odd signs.
const key = fc.oneof(
  fc.tuple(fc.constantFrom('tag', 'segment', 'change'), fc.nat(30)).map(([source, n]) => `${source}:${n}`),
  fc
    .tuple(fc.constantFrom('a', 'ab', 'tag:1', 'tag:1\u0001', 'é', '\u{1F600}', ''), fc.nat(3), fc.nat(2))
    .map(([id, seq, idx]) => eventKey(id, seq + 1, idx)),
)
const place = fc.tuple(fc.nat(4), key)
const sources = fc
  .uniqueArray(place, { maxLength: 60, selector: (one) => one.join('|') })
  .chain((places) =>
    fc
      .array(fc.nat(3), { minLength: places.length, maxLength: places.length })
      .map((homes) =>
        [0, 1, 2, 3].map((home) =>
          places.flatMap((one, at) => (homes[at] === home ? [{ place: one as TimelinePlace }] : [])),
        ),
      ),
  )

/** What a source must answer, by looking at everything it has. */
function pageOf(entries: readonly Entry[], { from, inclusive, direction, limit }: Page): Entry[] {
  const sign = direction === 'older' ? -1 : 1
  return entries
    .filter((one) => {
      const after = from ? sign * comparePlaces(one.place, from) : 1
      return after > 0 || (inclusive && after === 0)
    })
    .toSorted((a, b) => sign * comparePlaces(a.place, b.place))
    .slice(0, limit)
}

function walk(all: readonly Entry[][], start: Omit<Page, 'limit'>, limit: number): Entry[] {
  const found: Entry[] = []
  let page: Omit<Page, 'limit'> = start
  for (;;) {
    const pages = all.map((entries) => pageOf(entries, { ...page, limit: limit + 1 }))
    const { entries, more } = mergePages(pages, page.direction, limit)
    found.push(...entries)
    if (!more) return found
    page = { ...page, from: entries.at(-1)?.place, inclusive: false }
  }
}

test('pages of all sources together are everything once, in one order, in either direction and from any place', () => {
  fc.assert(
    fc.property(sources, fc.integer({ min: 1, max: 7 }), fc.option(place), (all, limit, start) => {
      const sorted = all.flat().toSorted((a, b) => comparePlaces(b.place, a.place))
      const opening = (start ?? undefined) as TimelinePlace | undefined
      const older = walk(all, { from: opening, inclusive: true, direction: 'older' }, limit)
      const newer = walk(all, { from: opening, inclusive: false, direction: 'newer' }, limit)
      if (!opening) {
        expect(older).toEqual(sorted)
        expect(newer).toEqual(sorted.toReversed())
      } else expect([...newer.toReversed(), ...older]).toEqual(sorted)
    }),
  )
})

test('places are one strict order; a key is read back as it was written', () => {
  fc.assert(
    fc.property(place, place, place, (a, b, c) => {
      const [x, y, z] = [a, b, c] as TimelinePlace[] as [TimelinePlace, TimelinePlace, TimelinePlace]
      expect(Math.sign(comparePlaces(x, y))).toBe(-Math.sign(comparePlaces(y, x)) + 0)
      if (comparePlaces(x, y) < 0 && comparePlaces(y, z) < 0) expect(comparePlaces(x, z)).toBeLessThan(0)
      if (comparePlaces(x, y) === 0) expect(x).toEqual(y)
    }),
  )
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(1e6), (messageId, seq, idx) => {
      expect(splitKey(eventKey(messageId, seq, idx))).toEqual({ messageId, seq, idx })
    }),
  )
})
