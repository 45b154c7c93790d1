import { isOutage } from '#modules/collect/server/is-outage.ts'
import type { StoredBatch } from '#modules/collect/server/log-store.ts'
import { projected, type RangeDeps, type Refused } from '#modules/collect/server/project-range.ts'
import { type Decoded, readItems } from '#modules/collect/server/read-items.ts'

/** Projects a log row without some of its items and takes it back, whatever comes of it; rejects when it failed. */
export type Trial = (row: StoredBatch, without: Refused) => Promise<void>

// An item is given up after this many failures of its own; where many fail, the next ones are believed at once.
const tries = 3

/**
 * Finds the items of a log row that cannot be projected: takes blocks of them in, halves a block that fails, and gives
 * an item up when it fails again and again while the row without it goes through. Rejects when the row fails without
 * any of its items: then none of them is the cause.
 */
export async function findPoison(
  deps: Pick<RangeDeps, 'projections'>,
  row: StoredBatch,
  trial: Trial,
): Promise<Refused> {
  const { seq } = row
  const items = await readItems(row)
  const all = items.flatMap((one, idx) => (one.ok ? [idx] : []))
  const refused = unshippable(deps, row.workspace, items)
  let good: number[] = []

  async function failureOf(items: readonly number[]): Promise<Error | undefined> {
    const taken = new Set(items)
    const left = new Map(all.filter((idx) => !taken.has(idx)).map((idx) => [idx, '']))
    try {
      await trial(row, new Map([[seq, left]]))
      return undefined
    } catch (error) {
      if (isOutage(error)) throw error
      return asError(error)
    }
  }

  async function sift(block: readonly number[]): Promise<void> {
    if (block.length === 0) return
    const failure = await failureOf([...good, ...block])
    if (!failure) good = [...good, ...block]
    else if (block.length === 1) await judge(block[0] as number, failure)
    else {
      const half = block.length >> 1
      await sift(block.slice(0, half))
      await sift(block.slice(half))
    }
  }

  async function judge(idx: number, first: Error): Promise<void> {
    let failure: Error | undefined = first
    for (let n = 1; failure && n < (refused.size < tries ? tries : 1); n++)
      failure = await failureOf([...good, idx])
    if (!failure) {
      good = [...good, idx]
      return
    }
    const without = await failureOf(good)
    if (without) throw without // not this item's fault after all
    refused.set(idx, failure.message)
  }

  const surroundings = await failureOf([])
  if (surroundings) throw surroundings
  await sift(all.filter((idx) => !refused.has(idx)))
  return new Map([[seq, refused]])
}

/** What no row can be made of, found without asking an engine: a thousand such items would mean thousands of trials. */
function unshippable(
  deps: Pick<RangeDeps, 'projections'>,
  workspace: number,
  items: readonly Decoded[],
): Map<number, string> {
  const found = new Map<number, string>()
  for (const [idx, one] of items.entries()) {
    if (!one.ok) continue
    try {
      projected(deps.projections, workspace, [one.item], [0])
    } catch (error) {
      found.set(idx, asError(error).message)
    }
  }
  return found
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
