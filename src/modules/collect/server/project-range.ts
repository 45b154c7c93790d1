import type { CollectMetrics } from '#modules/collect/server/collect-metrics.ts'
import { createDedup, type Dedup, saveDedupChunks } from '#modules/collect/server/dedup.ts'
import { eventLine } from '#modules/collect/server/event-lines.ts'
import { type FailedItem, failedOf, saveFailedItems } from '#modules/collect/server/failed-items.ts'
import {
  countOutcomes,
  moveCheckpoint,
  outcomeCodes,
  type StoredBatch,
  saveVerdicts,
  type Verdict,
} from '#modules/collect/server/log-store.ts'
import { type Decoded, type Item, readItems } from '#modules/collect/server/read-items.ts'
import { createSourceHours } from '#modules/collect/server/source-hours.ts'
import { type Shipping, startShipping } from '#modules/collect/server/start-shipping.ts'
import type { Recogniser } from '#modules/profiles/index.ts'
import { breathe } from '#platform/breathe.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { EventJudge, RangeJudge } from '#slots/event-judge.ts'
import type { EventProjection, StoredEvent } from '#slots/event-projection.ts'
import type { EventRecords } from '#slots/event-records.ts'
import type { PeopleChange, Shipment } from '#slots/people-change.ts'
import type { PeopleListener } from '#slots/people-listener.ts'

export type RangeDeps = {
  ch: ClickHouse
  recogniser: Recogniser
  dedup: Dedup
  projections: readonly EventProjection[]
  /** Keep records of events in Postgres. */
  records: readonly EventRecords[]
  /** May block what could be stored. */
  judge?: EventJudge | undefined
  listeners: readonly PeopleListener[]
  metrics: Pick<CollectMetrics, 'timed'>
}
export const newDedup = () => createDedup(256 * 1024 * 1024)

type Placed = { workspace: number; item: Item }
export type ProjectedRange = {
  to: number
  verdicts: Verdict[]
  failed: FailedItem[]
  changes: PeopleChange[]
}
/** Items to reject whatever they say, with why: log row → index → error. */
export type Refused = ReadonlyMap<number, ReadonlyMap<number, string>>
/** Shipping starts when it resolves; asked at the start, as rows are prepared meanwhile. */
export type BeforeShipping = () => Promise<void>
export type DecodedBatch = { batch: StoredBatch; items: Decoded[] }

// Some 2 MB of parsed items, little for the young generation of V8 to copy; recognising them takes 5 to 10 ms in one go.
const sliceItems = 1000

/**
 * Projects a range of the log inside one Postgres transaction: judge every item, recognise people, ship to
 * ClickHouse, compare the counts there, and only then write what was decided and move the checkpoint.
 * A crash before the commit leaves rows in ClickHouse beyond the checkpoint; the next start removes them.
 */
export async function projectRange(
  deps: RangeDeps,
  tx: Tx,
  rows: readonly StoredBatch[],
  beforeShipping: BeforeShipping,
  refused: Refused = new Map(),
): Promise<ProjectedRange> {
  const { timed } = deps.metrics
  const range = { from: rows[0]?.seq as number, to: rows.at(-1)?.seq as number }
  const shipping = startShipping(deps, range, beforeShipping())
  try {
    const done = await prepareRange(deps, tx, rows, refused, shipping)
    await timed('ship', () => shipping.finish())
    await timed('save', async () => {
      await saveVerdicts(tx, done.verdicts)
      await saveDedupChunks(tx, deps.dedup.take())
      await saveFailedItems(tx, done.failed)
      await done.judge?.save(tx)
      await countOutcomes(tx, done.verdicts)
      await done.hours.save(tx)
      for (const listener of deps.listeners) await listener.changing(tx, done.changes)
      await moveCheckpoint(tx, 'projected', range.to)
    })
    return { to: range.to, verdicts: done.verdicts, failed: done.failed, changes: done.changes }
  } finally {
    await shipping.settle()
  }
}

/** Slice by slice, so that parsed items die young, and rows leave while the next slice is decoded (decision 7). */
async function prepareRange(
  deps: RangeDeps,
  tx: Tx,
  rows: readonly StoredBatch[],
  refused: Refused,
  shipping: Shipping,
) {
  const { timed } = deps.metrics
  await deps.recogniser.prepare(tx, new Set(rows.map((row) => row.workspace)))
  const judging = await deps.judge?.begin(tx, rows)
  const done = {
    verdicts: [] as Verdict[],
    failed: [] as FailedItem[],
    changes: [] as PeopleChange[],
    judge: judging,
    hours: createSourceHours(),
  }
  for (const slice of slicesOf(rows)) {
    const decoded = await timed('read', () => decode(slice))
    const { verdicts, stored } = await timed('judge', () => judge(deps, tx, decoded, refused, judging))
    done.verdicts.push(...verdicts)
    for (const [at, batch] of decoded.entries()) done.hours.add(batch, verdicts[at]?.outcomes as Buffer)
    done.failed.push(...failedOf(decoded, refused))
    for (const [workspace, items] of Map.groupBy(stored, (one) => one.workspace)) {
      const calls = items.map((one) => one.item)
      const recognised = await timed('recognise', () => deps.recogniser.recognise(tx, workspace, calls))
      done.changes.push(recognised.change, ...(await recorded(deps, tx, workspace, calls, recognised.units)))
      const { units, shipments } = recognised
      const events = calls.map((item, at) => eventLine(workspace, units[at] as number, item))
      shipping.add(events, [...shipments, ...projected(deps.projections, workspace, calls, units)])
      await breathe()
    }
  }
  return done
}

/** Neighbouring rows of about so many items, at least one row. */
function* slicesOf(rows: readonly StoredBatch[]): Generator<StoredBatch[]> {
  let slice: StoredBatch[] = []
  let items = 0
  for (const row of rows) {
    slice.push(row)
    items += row.items
    if (items < sliceItems) continue
    yield slice
    slice = []
    items = 0
  }
  if (slice.length > 0) yield slice
}

const decode = (rows: readonly StoredBatch[]): Promise<DecodedBatch[]> =>
  Promise.all(rows.map(async (batch) => ({ batch, items: await readItems(batch) })))

/** Rows that other modules make of the same events. */
export function projected(
  projections: readonly EventProjection[],
  workspace: number,
  items: readonly Item[],
  units: readonly number[],
): Shipment[] {
  const events = items.map((item, at) => storedEvent(item, units[at] as number))
  return projections.flatMap((projection) => projection.project(workspace, events))
}

const storedEvent = (item: Item, unit: number): StoredEvent => ({
  unit,
  name: item.name,
  type: item.type,
  time: item.time,
  messageId: item.messageId,
  propertiesText: item.propertiesText,
})

/** Lets those who keep records of such calls write them; answers whom it concerns besides. */
async function recorded(
  { records }: Pick<RangeDeps, 'records'>,
  tx: Tx,
  workspace: number,
  items: readonly Item[],
  units: readonly number[],
): Promise<PeopleChange[]> {
  const changes: PeopleChange[] = []
  for (const one of records) {
    const events = items.flatMap((item, at) =>
      one.types.has(item.type) ? [storedEvent(item, units[at] as number)] : [],
    )
    const change = events.length === 0 ? undefined : await one.record(tx, workspace, events)
    if (change) changes.push(change)
  }
  return changes
}

async function judge(
  deps: RangeDeps,
  tx: Tx,
  decoded: readonly DecodedBatch[],
  refused: Refused,
  judging: RangeJudge | undefined,
) {
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
      const outcome =
        one.ok && !given?.has(at) ? judgeItem(deps, batch.workspace, one.item, judging) : 'rejected'
      outcomes[at] = outcomeCodes[outcome]
      if (one.ok && outcome === 'stored') stored.push({ workspace: batch.workspace, item: one.item })
    }
    verdicts.push({ seq: batch.seq, workspace: batch.workspace, outcomes })
  }
  return { verdicts, stored }
}

function judgeItem(deps: RangeDeps, workspace: number, item: Item, judging: RangeJudge | undefined) {
  if (deps.recogniser.identifiersOf(workspace, item).length === 0) return 'rejected' as const
  const judgement = judging?.judge(workspace, item)
  // Before it is remembered as seen: the same message may come again once what blocks it was put right.
  if (judgement?.blocks) {
    judging?.note(workspace, item, judgement)
    return 'rejected' as const
  }
  const seen = deps.dedup.judge(workspace, item)
  if (seen !== 'new') return seen
  if (judgement) judging?.note(workspace, item, judgement)
  return 'stored' as const
}
