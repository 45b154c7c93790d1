import type { Tag } from '#modules/tags/contract.ts'

export type PlacedTag = { tag: Tag; depth: number; isParent: boolean }

/** Parents before their children, by name. A match keeps the tags above it, so that it is seen where it belongs. */
export function placeTags(tags: Tag[], query: string, locale: string): PlacedTag[] {
  const order = new Intl.Collator(locale)
  const wanted = query.trim().toLowerCase()
  const known = new Set(tags.map((tag) => tag.name))
  const below = Map.groupBy(tags, (tag) => (tag.parent !== null && known.has(tag.parent) ? tag.parent : null))
  const place = (parent: string | null, depth: number): PlacedTag[] =>
    (below.get(parent) ?? [])
      .toSorted((a, b) => order.compare(a.name, b.name))
      .flatMap((tag) => {
        const children = place(tag.name, depth + 1)
        const isShown = children.length > 0 || tag.name.toLowerCase().includes(wanted)
        return isShown ? [{ tag, depth, isParent: below.has(tag.name) }, ...children] : []
      })
  return place(null, 0)
}

/** A tag and everything below it: none of these can become its parent. */
export function namesBelow(tags: Tag[], name: string): Set<string> {
  const found = new Set([name])
  for (const seen of found) {
    for (const tag of tags) if (tag.parent === seen) found.add(tag.name)
  }
  return found
}
