import type { MemberRow } from '#modules/segments/server/membership/evaluation-sql.ts'
import {
  changeLines,
  type Flip,
  memberLines,
  sizeLines,
} from '#modules/segments/server/membership/member-rows.ts'
import {
  addToSizes,
  closeRun,
  openRun,
  openRuns,
  type Run,
  setSizes,
} from '#modules/segments/server/membership/run-store.ts'
import type { WorkspaceRules } from '#modules/segments/server/rule-book.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'

/**
 * Writes what changed: note the run, rows, record of changes, listeners, sizes. Whatever of it a crash leaves undone,
 * `finishRuns` does before anything else is evaluated in this workspace.
 */
export async function writeChanges(
  deps: SegmentsDeps,
  rules: WorkspaceRules,
  workspace: number,
  rows: readonly MemberRow[],
): Promise<void> {
  if (rows.length === 0) return
  const run = await deps.database.system((tx) => openRun(tx, workspace, true, deps.clock.now()))
  await deps.ch.insertLines('segment_member', memberLines(run, rows))
  const flips = rows.filter((row) => row.flipped === 1)
  await deps.ch.insertLines('segment_change', changeLines(run, flips))
  await tellListeners(deps, rules, run, flips)
  const sizes = await deps.database.system(async (tx) => {
    await closeRun(tx, run)
    return flips.length === 0 ? new Map<number, number>() : addToSizes(tx, run, deltasOf(flips))
  })
  await deps.ch.insertLines('segment_size', sizeLines(run, sizes))
}

function deltasOf(flips: readonly Flip[]): Map<number, number> {
  const deltas = new Map<number, number>()
  for (const { segment, member } of flips)
    deltas.set(segment, (deltas.get(segment) ?? 0) + (member === 1 ? 1 : -1))
  return deltas
}

/** Takes up runs that a crash or an error interrupted. Sizes are counted anew: how far it came is not known. */
export async function finishRuns(
  deps: SegmentsDeps,
  rules: WorkspaceRules,
  workspace: number,
): Promise<void> {
  const runs = await deps.database.system((tx) => openRuns(tx, workspace))
  for (const run of runs) await finishRun(deps, rules, run)
}

/** The part of a run after its rows are in `segment_member`, from what ClickHouse knows of it. */
export async function finishRun(deps: SegmentsDeps, rules: WorkspaceRules, run: Run): Promise<void> {
  if (run.heard) {
    const flips = await readFlips(deps, run)
    await deps.ch.insertLines('segment_change', changeLines(run, await notRecorded(deps, run, flips)))
    await tellListeners(deps, rules, run, flips)
  }
  const sizes = await countMembers(deps, run.workspace, await touchedBy(deps, run))
  await deps.database.system(async (tx) => {
    await setSizes(tx, run, sizes)
    await closeRun(tx, run)
  })
  await deps.ch.insertLines('segment_size', sizeLines(run, sizes))
}

/** Those without a record of their change: a crash may have come before, after, or in the midst of writing it. */
async function notRecorded(deps: SegmentsDeps, run: Run, flips: readonly Flip[]): Promise<readonly Flip[]> {
  const rows = await deps.ch.query<Pick<Flip, 'segment' | 'person'>>(
    'SELECT segment, person FROM segment_change WHERE ws = {ws:UInt32} AND version = {version:UInt64}',
    { ws: run.workspace, version: run.version },
  )
  const recorded = new Set(rows.map(({ segment, person }) => `${segment}/${person}`))
  return flips.filter(({ segment, person }) => !recorded.has(`${segment}/${person}`))
}

const readFlips = (deps: SegmentsDeps, run: Run): Promise<Flip[]> =>
  deps.ch.query<Flip>(
    `SELECT segment, person, member FROM segment_member
     WHERE ws = {ws:UInt32} AND version = {version:UInt64} AND flipped = 1 ORDER BY segment, person`,
    { ws: run.workspace, version: run.version },
  )

async function touchedBy(deps: SegmentsDeps, run: Run): Promise<number[]> {
  const rows = await deps.ch.query<{ segment: number }>(
    'SELECT DISTINCT segment FROM segment_member WHERE ws = {ws:UInt32} AND version = {version:UInt64}',
    { ws: run.workspace, version: run.version },
  )
  return rows.map((row) => row.segment)
}

/** Members of each of these segments now; one without any counts 0. */
export async function countMembers(
  deps: Pick<SegmentsDeps, 'ch'>,
  workspace: number,
  segments: readonly number[],
): Promise<Map<number, number>> {
  if (segments.length === 0) return new Map()
  const rows = await deps.ch.query<{ segment: number; n: number }>(
    `SELECT segment, count() AS n FROM (
       SELECT segment, person FROM segment_member WHERE ws = {ws:UInt32} AND segment IN (${segments.join(', ')})
       GROUP BY segment, person HAVING argMax(member, version) = 1
     ) GROUP BY segment`,
    { ws: workspace },
  )
  const found = new Map(rows.map((row) => [row.segment, row.n]))
  return new Map(segments.map((segment) => [segment, found.get(segment) ?? 0]))
}

async function tellListeners(
  deps: SegmentsDeps,
  rules: WorkspaceRules,
  run: Run,
  flips: readonly Flip[],
): Promise<void> {
  if (deps.listeners.length === 0) return
  for (const [num, ones] of Map.groupBy(flips, (flip) => flip.segment)) {
    const segment = rules.byNum.get(num)
    if (!segment) continue
    const entered = ones.filter((one) => one.member === 1).map((one) => one.person)
    const left = ones.filter((one) => one.member === 0).map((one) => one.person)
    for (const listener of deps.listeners)
      await listener.changed({ workspace: run.workspace, segmentId: segment.id, entered, left, at: run.at })
  }
}
