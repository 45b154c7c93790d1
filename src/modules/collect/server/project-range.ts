import type { CollectMetrics } from '#modules/collect/server/collect-metrics.ts'
import { createDedup, type Dedup, saveDedupChunks } from '#modules/collect/server/dedup.ts'
import { eventLine } from '#modules/collect/server/event-lines.ts'
import { saveFailedItems } from '#modules/collect/server/failed-items.ts'
import {
  countOutcomes,
  moveCheckpoint,
  outcomeCodes,
  saveVerdicts,
  type Verdict,
} from '#modules/collect/server/log-store.ts'
import type { DecodedBatch } from '#modules/collect/server/range-reader.ts'
import type { Item } from '#modules/collect/server/read-items.ts'
import type { Recogniser } from '#modules/profiles/index.ts'
import { breathe } from '#platform/breathe.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { EventProjection } from '#slots/event-projection.ts'
import type { PeopleChange, Shipment } from '#slots/people-change.ts'

export type RangeDeps = {
  ch: ClickHouse
  recogniser: Recogniser
  dedup: Dedup
  projections: readonly EventProjection[]
  metrics: Pick<CollectMetrics, 'timed'>
}
export const newDedup = () => createDedup(256 * 1024 * 1024)

type Placed = { workspace: number; item: Item }
export type ProjectedRange = { to: number; verdicts: Verdict[]; changes: PeopleChange[] }
/** Items to reject whatever they say, with why: log row → index → error. */
export type Refused = ReadonlyMap<number, ReadonlyMap<number, string>>
/** Called with the last number of the range when its rows are ready; shipping starts when it resolves. */
export type BeforeShipping = (to: number) => Promise<void>

/**
 * Projects a range of the log inside one Postgres transaction: judge every item, recognise people, ship to
 * ClickHouse, compare the counts there, and only then write what was decided and move the checkpoint.
 * A crash before the commit leaves rows in ClickHouse beyond the checkpoint; the next start removes them.
 */
export async function projectRange(
  deps: RangeDeps,
  tx: Tx,
  batches: readonly DecodedBatch[],
  beforeShipping: BeforeShipping,
  refused: Refused = new Map(),
): Promise<ProjectedRange> {
  const { timed } = deps.metrics
  const { verdicts, stored } = await timed('judge', () => judge(deps, tx, batches, refused))
  const shipments: Shipment[] = []
  const changes: PeopleChange[] = []
  const events: string[] = []
  for (const [workspace, items] of Map.groupBy(stored, (one) => one.workspace)) {
    const calls = items.map((one) => one.item)
    const recognised = await timed('recognise', () => deps.recogniser.recognise(tx, workspace, calls))
    shipments.push(...recognised.shipments)
    changes.push(recognised.change)
    for (const [at, item] of calls.entries()) {
      events.push(eventLine(workspace, recognised.units[at] as number, item))
      await breathe()
    }
    shipments.push(...projected(deps.projections, workspace, calls, recognised.units))
  }
  const from = batches[0]?.batch.seq as number
  const to = batches.at(-1)?.batch.seq as number
  await timed('wait for reactions', () => beforeShipping(to))
  await timed('ship', () => ship(deps, shipments, events, from, to))
  await timed('save', async () => {
    await saveVerdicts(tx, verdicts)
    await saveDedupChunks(tx, deps.dedup.take())
    await saveFailedItems(tx, batches, refused)
    await countOutcomes(tx, verdicts)
    await moveCheckpoint(tx, 'projected', to)
  })
  return { to, verdicts, changes }
}

/** Rows that other modules make of the same events. */
export function projected(
  projections: readonly EventProjection[],
  workspace: number,
  items: readonly Item[],
  units: readonly number[],
): Shipment[] {
  const events = items.map((item, at) => ({
    unit: units[at] as number,
    name: item.name,
    type: item.type,
    time: item.time,
    messageId: item.messageId,
    propertiesText: item.propertiesText,
  }))
  return projections.flatMap((projection) => projection.project(workspace, events))
}

async function judge(deps: RangeDeps, tx: Tx, decoded: readonly DecodedBatch[], refused: Refused) {
  await deps.recogniser.prepare(tx, new Set(decoded.map(({ batch }) => batch.workspace)))
  const candidates = decoded.flatMap(({ batch, items }) =>
    items.flatMap((one) => (one.ok ? [{ workspace: batch.workspace, item: one.item }] : [])),
  )
  await deps.dedup.load(tx, candidates)
  const stored: Placed[] = []
  const verdicts: Verdict[] = []
  for (const { batch, items } of decoded) {
    await breathe()
    const outcomes = Buffer.alloc(items.length)
    const given = refused.get(batch.seq)
    for (const [at, one] of items.entries()) {
      const outcome = one.ok && !given?.has(at) ? judgeItem(deps, batch.workspace, one.item) : 'rejected'
      outcomes[at] = outcomeCodes[outcome]
      if (one.ok && outcome === 'stored') stored.push({ workspace: batch.workspace, item: one.item })
    }
    verdicts.push({ seq: batch.seq, workspace: batch.workspace, outcomes })
  }
  return { verdicts, stored }
}

function judgeItem(deps: RangeDeps, workspace: number, item: Item) {
  if (deps.recogniser.identifiersOf(workspace, item).length === 0) return 'rejected' as const
  const seen = deps.dedup.judge(workspace, item)
  return seen === 'new' ? ('stored' as const) : seen
}

async function ship(
  deps: RangeDeps,
  shipments: readonly Shipment[],
  events: readonly string[],
  from: number,
  to: number,
) {
  const lines = Map.groupBy(shipments, (one) => one.table)
  const insert = (table: string) =>
    deps.ch.insertLines(table, (lines.get(table) ?? []).map((one) => one.lines).join(''))
  // What a failed range left in these is not taken back, so they get nothing of a range that the others refuse.
  const last = [...deps.projections.flatMap((projection) => projection.tables), 'unit_activity']
  const first = [...lines.keys()].filter((table) => !last.includes(table))
  await allOf([deps.ch.insertLines('events', events.join('')), ...first.map(insert)])
  await allOf([compareCount(deps, events.length, from, to), inTurn(last, insert)])
}

async function inTurn(tables: readonly string[], insert: (table: string) => Promise<void>): Promise<void> {
  for (const table of tables) await insert(table)
}

/** Waits for the end of every one, so that nothing is still on its way when a failure is cleaned up. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(works)) if (one.status === 'rejected') throw one.reason
}

async function compareCount(deps: RangeDeps, shipped: number, from: number, to: number): Promise<void> {
  const [row] = await deps.ch.query<{ n: number }>(
    'SELECT count() AS n FROM events WHERE seq >= {from:UInt64} AND seq <= {to:UInt64}',
    { from, to },
  )
  if (row?.n !== shipped)
    throw new Error(`range ${from}–${to}: ${shipped} events shipped, ${row?.n} found in ClickHouse`)
}
