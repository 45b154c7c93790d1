import { readLogAfter, type StoredBatch } from '#modules/collect/server/log-store.ts'
import { type Decoded, readItems } from '#modules/collect/server/read-items.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

export type DecodedBatch = { batch: StoredBatch; items: Decoded[] }

/** Reads ranges of the log, the next one while the current one is being shipped: decoding needs nothing but the log. */
export type RangeReader = {
  /** The rows after `seq`, decoded; what was read ahead from there is used. */
  take(tx: Tx, seq: number, maxItems: number): Promise<DecodedBatch[]>
  readAhead(seq: number, maxItems: number): void
}

export function createRangeReader(database: Pick<Database, 'system'>): RangeReader {
  let ahead: { seq: number; maxItems: number; batches: Promise<DecodedBatch[] | undefined> } | undefined

  return {
    take: async (tx, seq, maxItems) => {
      const held = ahead
      ahead = undefined
      const batches = held?.seq === seq && held.maxItems === maxItems ? await held.batches : undefined
      // Nothing there a moment ago does not mean nothing there now.
      return batches && batches.length > 0 ? batches : decode(await readLogAfter(tx, seq, maxItems))
    },
    readAhead: (seq, maxItems) => {
      const batches = database.system((tx) => readLogAfter(tx, seq, maxItems)).then(decode)
      // A failure here is met again, and told, when the range is read in its turn.
      ahead = { seq, maxItems, batches: batches.catch(() => undefined) }
    },
  }
}

const decode = (batches: readonly StoredBatch[]): Promise<DecodedBatch[]> =>
  Promise.all(batches.map(async (batch) => ({ batch, items: await readItems(batch) })))
