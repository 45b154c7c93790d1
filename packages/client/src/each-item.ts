import type { Page } from './operation.ts'

/** Every item of a list, page after page; the next page is asked for when the last one is used up. */
export async function* eachItem<Item>(
  pageAt: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined
  for (;;) {
    const { items, next } = await pageAt(cursor)
    yield* items
    if (next === null) return
    if (next === cursor) throw new Error('the list answers the same page again and again')
    cursor = next
  }
}
