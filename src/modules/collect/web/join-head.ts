type Item = { id: string }
type Page<T extends Item> = { items: T[]; newest: string | null; next: string | null }
type Pages<T extends Item> = { pages: Page<T>[]; pageParams: (string | undefined)[] }

/** Beyond this the list starts anew from the newest page; nobody scrolls back through more than this live. */
const mostItems = 2000

/**
 * Puts a freshly read newest page on top of the pages known. Items known to both take the fresh outcome; when the fresh
 * page does not reach down to what is known, something lies between, and the list starts anew instead of hiding a gap.
 */
export function joinHead<T extends Item>(known: Pages<T>, fresh: Page<T>): Pages<T> {
  const [first, ...rest] = known.pages
  const count = known.pages.reduce((sum, page) => sum + page.items.length, 0)
  if (!first || count > mostItems || !reaches(fresh, first))
    return { pages: [fresh], pageParams: [undefined] }
  const renewed = new Map(fresh.items.map((item) => [item.id, item]))
  const old = first.items.filter((item) => !renewed.has(item.id))
  const page = { ...first, items: [...fresh.items, ...old], newest: fresh.newest ?? first.newest }
  const later = rest.map((one) => ({ ...one, items: one.items.filter((item) => !renewed.has(item.id)) }))
  return { pages: [page, ...later], pageParams: known.pageParams }
}

function reaches<T extends Item>(fresh: Page<T>, known: Page<T>): boolean {
  const newestKnown = known.items[0]
  if (!newestKnown || fresh.next === null) return true
  const last = fresh.items.at(-1)
  return (
    isOlderOrSame(fresh.next, newestKnown.id) ||
    (last !== undefined && isOlderOrSame(last.id, newestKnown.id))
  )
}

/** Ids are places in the log, `seq:index`. */
function isOlderOrSame(a: string, b: string): boolean {
  const [seqA = 0, indexA = 0] = a.split(':').map(Number)
  const [seqB = 0, indexB = 0] = b.split(':').map(Number)
  return seqA < seqB || (seqA === seqB && indexA <= indexB)
}
