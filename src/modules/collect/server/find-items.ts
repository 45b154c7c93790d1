import { sql } from 'kysely'
import { decodeFrames } from '#modules/collect/server/log-format.ts'
import { outcomeCodes } from '#modules/collect/server/log-store.ts'
import { type Decoded, frameItems, namedBy, readItems } from '#modules/collect/server/read-items.ts'
import type { ErasedPeople } from '#modules/profiles/index.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Items of the log that are about erased people: row of the log → places in it. */
export type FoundItems = {
  /** Up to where the log was looked through. */
  upTo: number
  rows: Map<number, number[]>
  /** Of those the stored ones on units that others keep. */
  shared: SharedItem[]
  /** The earliest event of each of those who stay: what they were first seen by may be gone. */
  earliest: Map<number, Moment>
  /** A repeat of an item goes with it: whose it is. */
  messageIds: Map<string, number>
  /** How many items there are about each of those who go, by one of their numbers. */
  counts: Map<number, number>
}
export type Moment = { time: number; messageId: string }
export type SharedItem = { seq: number; idx: number; unit: number; time: number }

export const nothingFound = (): FoundItems => ({
  upTo: 0,
  rows: new Map(),
  shared: [],
  messageIds: new Map(),
  counts: new Map(),
  earliest: new Map(),
})

type Row = { seq: number; payload: Buffer; outcomes: Buffer }

// Some MB of JSON at a time.
const rowsPerStep = 20

/**
 * Looks through the next rows of the log that were projected, adding to what was found; false at the end. Stored items
 * are theirs by their unit, as everywhere; the others (repeats, rejected ones) by the identifiers they name.
 */
export async function findMore(
  tx: Tx,
  workspace: number,
  people: ErasedPeople,
  found: FoundItems,
): Promise<boolean> {
  const rows = await tx.rows<Row>(sql`
    select l.seq, l.payload, v.outcomes from collect.log_batch l join collect.verdict v using (seq)
    where l.workspace_id = ${workspace} and l.seq > ${found.upTo} order by l.seq limit ${rowsPerStep}`)
  for (const row of rows) {
    const items = await readItems({ ...row, workspace })
    const units = await people.unitsOf(
      tx,
      items.flatMap((one, idx) => (one.ok && isStored(row, idx) ? [one.item] : [])),
    )
    const gone = await judge(row, items, units, people, found)
    if (gone.length > 0) found.rows.set(row.seq, gone)
    found.upTo = row.seq
  }
  return rows.length === rowsPerStep
}

const isStored = (row: Row, idx: number): boolean => row.outcomes[idx] === outcomeCodes.stored

async function judge(
  row: Row,
  items: readonly Decoded[],
  units: readonly number[],
  people: ErasedPeople,
  found: FoundItems,
): Promise<number[]> {
  const gone: number[] = []
  const take = (idx: number, whose: number) => {
    gone.push(idx)
    found.counts.set(whose, (found.counts.get(whose) ?? 0) + 1)
  }
  let next = 0
  let raws: unknown[] | undefined
  for (const [idx, one] of items.entries()) {
    if (one.ok && isStored(row, idx)) {
      const unit = units[next++] as number
      const { time, messageId } = one.item
      const whose = people.whose(unit, time)
      if (whose === undefined) {
        if (people.staying.has(unit)) noteEarliest(found.earliest, unit, { time, messageId })
        continue
      }
      found.messageIds.set(messageId, whose)
      if (!people.units.has(unit)) found.shared.push({ seq: row.seq, idx, unit, time })
      take(idx, whose)
    } else if (one.ok) {
      const whose = found.messageIds.get(one.item.messageId) ?? people.namedBy(one.item)
      if (whose !== undefined) take(idx, whose)
    } else if (one.rejected.reason !== 'event.erased') {
      raws ??= (await decodeFrames(row.payload)).flatMap(frameItems)
      const whose = people.namedBy(namedBy(raws[idx]))
      if (whose !== undefined) take(idx, whose)
    }
  }
  return gone
}

function noteEarliest(earliest: Map<number, Moment>, unit: number, at: Moment): void {
  const known = earliest.get(unit)
  if (!known || at.time < known.time || (at.time === known.time && at.messageId < known.messageId))
    earliest.set(unit, at)
}

/** The last row of the workspace's log. */
export async function lastOfLog(tx: Tx): Promise<number> {
  const row = await tx.row<{ seq: number | null }>(sql`
    select max(seq) as seq from collect.log_batch where workspace_id = ${tx.workspace}`)
  return row?.seq ?? 0
}
