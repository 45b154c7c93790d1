import { sql } from 'kysely'
import { decodeFrames } from '#modules/collect/server/log-format.ts'
import { frameItems } from '#modules/collect/server/read-items.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Items of one source in a row of the log: `first` to `last`, both counted. */
export type Place = { seq: number; first: number; last: number }
export type Window = { source: string; from: Date; to: Date }

// Some MB at a time; only their headers are read where the source is not among them.
const rowsPerStep = 20

/** Where the items of a source lie in the log, in its next rows; `next` is undefined at the end. */
export async function findSource(
  tx: Tx,
  { source, from, to }: Window,
  after: number,
): Promise<{ places: Place[]; next: number | undefined }> {
  const rows = await tx.rows<{ seq: number; payload: Buffer }>(sql`
    select seq, payload from collect.log_batch where workspace_id = ${tx.workspace} and seq > ${after}
      and received_at between ${from} and ${to} order by seq limit ${rowsPerStep}`)
  const places: Place[] = []
  for (const { seq, payload } of rows) {
    const frames = await decodeFrames(payload)
    if (!frames.some((frame) => frame.sourceId === source)) continue
    let at = 0
    for (const frame of frames) {
      const items = frameItems(frame).length
      if (frame.sourceId === source && items > 0) places.push({ seq, first: at, last: at + items - 1 })
      at += items
    }
  }
  return { places, next: rows.length === rowsPerStep ? rows.at(-1)?.seq : undefined }
}
