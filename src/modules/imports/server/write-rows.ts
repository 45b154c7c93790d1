import { companyKey } from '#modules/companies/index.ts'
import { createReasons, type Reasons } from '#modules/imports/server/count-reasons.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { type Counts, type ImportRow, saveProgress, saveSent } from '#modules/imports/server/import-store.ts'
import {
  appendFailed,
  appendJournal,
  type FailedRow,
  type JournalRow,
  readDecided,
} from '#modules/imports/server/journal-store.ts'
import { judgeEntry, nameOf, type SeenKeys } from '#modules/imports/server/judge-entry.ts'
import type { Plan } from '#modules/imports/server/mapping/compile-spec.ts'
import { type Entry, type Grouped, groupOrders } from '#modules/imports/server/mapping/group-orders.ts'
import { makeItem, sourceOf } from '#modules/imports/server/mapping/make-item.ts'
import {
  type Identifier,
  type ReadRow,
  type RowContext,
  readRow,
} from '#modules/imports/server/mapping/read-row.ts'
import type { Cell, Table, TableRow } from '#modules/imports/server/reading/table-row.ts'
import { writeCompanyChunk } from '#modules/imports/server/write-companies.ts'
import { type KnownIdentifier, knownIdentifiers, type Recogniser } from '#modules/profiles/index.ts'
import { breathe } from '#platform/breathe.ts'
import type { WorkspaceRef } from '#platform/context.ts'
import type { JobRun } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

// One transaction and one log row each: 100,000 rows are 100 of both.
const chunkEntries = 1000

type Item = Record<string, unknown>
type Decided = { entry: Entry; item: Item; outcome: JournalRow['outcome'] }
export type Run = {
  deps: ImportDeps
  job: JobRun
  row: ImportRow
  context: RowContext
  strongest: Awaited<ReturnType<Recogniser['identifiersReader']>>
  counts: Counts
  reasons: Reasons
  seen: SeenKeys
  /** Cells of rows that are not decided yet, for the error file. */
  cells: Map<number, readonly Cell[]>
}

/**
 * Decides entry by entry and writes them in chunks: what a chunk does is noted in one transaction, then its items go
 * into the log. After a crash the noted chunk is sent again under the same message ids, which the log counts once.
 */
export async function writeRows(
  deps: ImportDeps,
  job: JobRun,
  row: ImportRow,
  plan: Plan,
  table: Table,
): Promise<void> {
  const run = await openRun(deps, job, row, plan)
  const decided = await deps.database.read(job.ctx, (tx) => readDecided(tx, row.id))
  let [at, again]: [number, Item[]] = [0, []]
  let chunk: Grouped[] = []
  for await (const grouped of entriesOf(run, table.rows)) {
    at++
    if (at <= row.decided) {
      const item = repeat(run, grouped, decided)
      if (item && at > row.sent) again.push(item)
      continue
    }
    if (again.length > 0) {
      await send(run, again)
      again = []
    }
    chunk.push(grouped)
    if (chunk.length < chunkEntries) continue
    await writeChunk(run, chunk, at)
    chunk = []
  }
  if (again.length > 0) await send(run, again)
  if (chunk.length > 0) await writeChunk(run, chunk, at)
}

async function openRun(deps: ImportDeps, job: JobRun, row: ImportRow, plan: Plan): Promise<Run> {
  const { workspace } = job.ctx
  return deps.database.read(job.ctx, async (tx) => ({
    ...{ deps, job, row, seen: new Map(), cells: new Map(), reasons: createReasons(row.reasons) },
    context: await rowContext(deps, tx, { workspace, spec: row.spec, plan }),
    strongest: await deps.profiles.recogniser.identifiersReader(tx, workspace.num),
    counts: { created: row.created, updated: row.updated, skipped: row.skipped, failed: row.failed },
  }))
}

/** What rows are read by. */
export async function rowContext(
  deps: Pick<ImportDeps, 'profiles'>,
  tx: Tx,
  { workspace, spec, plan }: { workspace: WorkspaceRef; spec: ImportRow['spec']; plan: Plan },
): Promise<RowContext> {
  const normalise = spec.kind === 'companies' ? companyKey : await deps.profiles.normaliser(tx, workspace.num)
  return { plan, spec, zone: workspace.timezone, normalise }
}

async function* entriesOf(run: Run, rows: AsyncIterable<TableRow>): AsyncGenerator<Grouped> {
  const read = readRows(run, rows)
  if (run.row.spec.kind === 'orders') yield* groupOrders(read)
  else
    for await (const one of read)
      yield one.ok ? { entry: { reading: one.reading, lines: [one.reading.number] } } : { refused: one }
}

async function* readRows(run: Run, rows: AsyncIterable<TableRow>): AsyncGenerator<ReadRow> {
  for await (const row of rows) {
    run.cells.set(row.number, row.cells)
    yield readRow(run.context, row)
  }
}

/** An entry decided before a restart: remembered, and its item, if it had one. */
function repeat(
  run: Run,
  grouped: Grouped,
  decided: ReadonlyMap<number, JournalRow['outcome']>,
): Item | undefined {
  forgetCells(run)
  if ('refused' in grouped) return undefined
  const { entry } = grouped
  if (run.row.spec.kind === 'companies') {
    run.seen.set(nameOf(entry.reading.key), entry.reading.content)
    return undefined
  }
  if (run.row.spec.kind !== 'people') return itemOf(run, entry)
  const outcome = decided.get(entry.lines[0] as number)
  if (!outcome) return undefined
  run.seen.set(nameOf(entry.reading.key), entry.reading.content)
  return outcome === 'kept' ? undefined : itemOf(run, entry)
}

/** All but the latest, which may have been read only to see that an order is complete. */
function forgetCells({ cells }: Run): void {
  const latest = [...cells].at(-1)
  cells.clear()
  if (latest) cells.set(...latest)
}

const itemOf = ({ row }: Run, entry: Entry) =>
  makeItem({ importId: row.id, spec: row.spec, startedAt: row.created_at.getTime() }, entry)

async function writeChunk(run: Run, chunk: readonly Grouped[], at: number): Promise<void> {
  const { deps, job, row } = run
  job.signal.throwIfAborted()
  await breathe()
  if (row.spec.kind === 'companies') {
    await writeCompanyChunk(run, chunk, at)
    forgetCells(run)
  } else {
    const items = await deps.database.write(job.ctx, (tx) => decideChunk(run, tx, chunk, at))
    forgetCells(run)
    if (!row.spec.dry_run && items.length > 0) await send(run, items)
    if (!row.spec.dry_run) await deps.database.write(job.ctx, (tx) => saveSent(tx, row.id, at))
  }
  const { created, updated, skipped, failed } = run.counts
  const handled = created + updated + skipped + failed
  await job.progress(
    Math.min(0.99, handled / Math.max(1, run.row.total ?? run.row.survey?.rows ?? 1)),
    `${handled}`,
  )
}

const send = (run: Run, items: readonly Item[]) =>
  run.deps.collect.take(
    { ...run.job.ctx, signal: run.job.signal },
    { source: sourceOf(run.row.id), receivedAt: run.deps.clock.now(), items },
  )

/** Judges a chunk and notes it; answers the items that are to be sent. */
async function decideChunk(run: Run, tx: Tx, chunk: readonly Grouped[], at: number): Promise<Item[]> {
  const known = await lookUp(run, tx, chunk)
  const failures: FailedRow[] = []
  const decided: Decided[] = []
  for (const grouped of chunk) {
    if ('refused' in grouped) refuse(run, grouped.refused, failures)
    else decide(run, grouped.entry, known, decided)
  }
  await appendFailed(tx, run.row.id, failures)
  if (!run.row.spec.dry_run) {
    const noted = run.row.spec.kind === 'people' ? decided : decided.filter(tellsValues)
    await appendJournal(
      tx,
      run.row.id,
      noted.map((one) => journalOf(run, one, known)),
    )
  }
  await saveProgress(tx, run.row.id, {
    ...run.counts,
    ...{ reasons: run.reasons.list(), decided: at, sent: run.row.sent },
  })
  run.row.sent = at
  return decided.flatMap(({ outcome, item }) => (outcome === 'kept' ? [] : [item]))
}

async function lookUp(run: Run, tx: Tx, chunk: readonly Grouped[]): Promise<Map<string, KnownIdentifier>> {
  const people = run.row.spec.kind === 'people'
  const ids = new Map<string, Identifier>()
  for (const grouped of chunk)
    if ('entry' in grouped && (people || tellsValues(grouped)))
      for (const id of [grouped.entry.reading.key, ...grouped.entry.reading.others]) ids.set(nameOf(id), id)
  return knownIdentifiers(tx, [...ids.values()])
}

/** Events and orders may say something of their people, too: then what stood before is noted. */
const tellsValues = ({ entry }: { entry: Entry }) => Object.keys(entry.reading.attributes).length > 0

type Refused = Extract<Grouped, { refused: unknown }>['refused']

function refuse(run: Run, { number, outcome, fault }: Refused, failures: FailedRow[]): void {
  run.counts[outcome]++
  run.reasons.add(outcome, number, fault)
  if (outcome === 'failed') failures.push({ row: number, fault, cells: run.cells.get(number) ?? [] })
}

function decide(run: Run, entry: Entry, known: ReadonlyMap<string, KnownIdentifier>, into: Decided[]): void {
  const verdict = judgeEntry(run.row.spec, entry, known, run.seen)
  run.counts[verdict.outcome] += entry.lines.length
  const first = entry.lines[0] as number
  for (const note of entry.reading.notes) run.reasons.add('noted', first, note)
  if (verdict.outcome === 'skipped') run.reasons.add('skipped', first, { code: verdict.code })
  if (verdict.outcome === 'skipped' && !verdict.keep) return
  into.push({
    entry,
    item: itemOf(run, entry),
    outcome: verdict.outcome === 'skipped' ? 'kept' : verdict.outcome,
  })
}

/** Values are told at the strongest identifier of a call: there they are found again when they are taken back. */
function journalOf(
  run: Run,
  { entry, item, outcome }: Decided,
  known: ReadonlyMap<string, KnownIdentifier>,
): JournalRow {
  const { key } = entry.reading
  const [strongest] = run.strongest(callOf(item))
  const at = strongest ?? key
  const told = known.get(nameOf(at))?.told ?? {}
  const names = Object.keys(traitsOf(item))
  const before = Object.fromEntries(names.map((name) => [name, told[name]?.[0] ?? null]))
  return { row: entry.lines[0] as number, outcome, key, at, before: outcome === 'kept' ? {} : before }
}

const traitsOf = (item: Item) =>
  (item.traits ?? (item.context as { traits?: object }).traits ?? {}) as Record<string, unknown>

/** The item as the log will read it back. */
function callOf(item: Item): Parameters<Run['strongest']>[0] {
  const externalIds = (
    (item.context as { externalIds?: { type: string; id: string }[] }).externalIds ?? []
  ).map(({ type, id }) => ({ kind: type, value: id }))
  return {
    ...{
      type: 'identify',
      time: 0,
      receivedAt: 0,
      messageId: '',
      sourceId: '',
      previousId: null,
      externalIds,
    },
    userId: (item.userId as string | undefined) ?? null,
    anonymousId: (item.anonymousId as string | undefined) ?? null,
    traits: traitsOf(item),
  }
}
