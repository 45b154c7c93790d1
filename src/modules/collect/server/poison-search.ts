import { eventLine } from '#modules/collect/server/event-lines.ts'
import type { StoredBatch } from '#modules/collect/server/log-store.ts'
import { projected, type RangeDeps, type Refused } from '#modules/collect/server/project-range.ts'
import { type Decoded, readItems } from '#modules/collect/server/read-items.ts'

/** A try of a log row with some of its items only, undone whatever comes of it; rejects when the row failed. */
export type Trial = (row: StoredBatch, without: Refused) => Promise<void>

// An item is given up after this many failures alone; a sender whose every item fails is believed sooner.
const tries = 3

/**
 * Finds the items of one log row that cannot be projected: halves it until single ones are left, and gives one up only
 * when it fails again and again while the row without it goes through. Rejects when the row fails with no item at all.
 */
export async function findPoison(
  deps: Pick<RangeDeps, 'projections'>,
  row: StoredBatch,
  trial: Trial,
): Promise<Refused> {
  const all = Array.from({ length: row.items }, (_, idx) => idx)
  const refused = new Map<number, string>()
  const decoded = await readItems(row).catch((error: unknown) => reasonOf(error))
  if (typeof decoded === 'string') return refuse(row, new Map(all.map((idx) => [idx, decoded])))
  const good: readonly number[] = []

  const attempt = async (items: readonly number[]): Promise<string | undefined> => {
    const taken = new Set(items)
    const left = new Map(all.filter((idx) => !taken.has(idx)).map((idx) => [idx, '']))
    const failure = await trial(row, refuse(row, left)).then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    if (!failure) return undefined
    if (deps.isOutage(failure.error)) throw failure.error
    return reasonOf(failure.error)
  }
  return refuse(row, refused)
}
