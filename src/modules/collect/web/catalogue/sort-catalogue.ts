import type { CatalogueItem } from '#modules/collect/contract.ts'
import type { EventTitles } from '#web/event-titles.ts'

export const sortings = [
  '-count',
  'count',
  '-lastSeen',
  'lastSeen',
  '-name',
  'name',
  '-recent',
  'recent',
] as const
export type Sorting = (typeof sortings)[number]

const recent = (item: CatalogueItem) => item.days.reduce((sum, count) => sum + count, 0)
const seenAt = (item: CatalogueItem) => (item.lastSeen === null ? 0 : Date.parse(item.lastSeen))

/** The rows a reader asked for; names decide between equals, so that the order never jumps. */
export function chooseRows(
  items: readonly CatalogueItem[],
  wanted: { q: string; hidden: boolean; sort: Sorting },
  titles: Pick<EventTitles, 'event' | 'eventAlias'>,
): CatalogueItem[] {
  const text = wanted.q.trim().toLowerCase()
  const fits = ({ name, description, inherited, hidden }: CatalogueItem) =>
    (wanted.hidden || !hidden) &&
    [name, titles.eventAlias(name), description, inherited.description].some((one) =>
      one.toLowerCase().includes(text),
    )
  const byName = (a: CatalogueItem, b: CatalogueItem) =>
    titles.event(a.name).localeCompare(titles.event(b.name))
  const by = {
    count: (a: CatalogueItem, b: CatalogueItem) => a.count - b.count,
    lastSeen: (a: CatalogueItem, b: CatalogueItem) => seenAt(a) - seenAt(b),
    name: byName,
    recent: (a: CatalogueItem, b: CatalogueItem) => recent(a) - recent(b),
  }
  const down = wanted.sort.startsWith('-')
  const compare = by[(down ? wanted.sort.slice(1) : wanted.sort) as keyof typeof by]
  return items.filter(fits).sort((a, b) => (down ? -1 : 1) * compare(a, b) || byName(a, b))
}
