import { firstUnderWay, forgetUnmatched } from '#modules/segments/server/lists/change-store.ts'
import { forgetUnits } from '#modules/segments/server/lists/unit-store.ts'
import { liveNames } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { forgetInSnapshots } from '#modules/segments/server/snapshots/freeze-members.ts'
import { readyNumbers } from '#modules/segments/server/snapshots/snapshot-store.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

/** Who was in which segment when. Sizes stay: they say nothing about anybody. */
export function segmentKeeper(deps: Pick<SegmentsDeps, 'database' | 'ch' | 'log'>): PersonalDataKeeper {
  return {
    name: 'segments',
    tell: async (ctx, { person }) => ({
      segments: await memberships(deps, ctx, person),
      segmentHistory: await changes(deps, ctx, person),
      segmentSnapshots: await snapshotsOf(deps, ctx, person),
    }),
    // What was not found is kept as it was written: somebody who is erased meanwhile would be.
    underWaySince: (ctx) => deps.database.read(ctx, firstUnderWay),
    forget: async (ctx, { units, identifiers, marks }) => {
      await deps.database.write(ctx, async (tx) => {
        await forgetUnits(tx, units)
        await forgetUnmatched(tx, [...identifiers.map((id) => id.value), ...marks])
      })
      await forgetInSnapshots(deps, ctx, units)
      const onLists = `ws = ${Math.trunc(ctx.workspace.num)} AND unit IN (${units.map(Math.trunc).join(',')})`
      await deleteRows(deps.ch, 'list_unit', () => onLists)
      const rows = `ws = ${Math.trunc(ctx.workspace.num)} AND person IN (${units.map(Math.trunc).join(',')})`
      await deleteRows(deps.ch, 'segment_member', () => rows)
      await deleteRows(deps.ch, 'segment_change', () => rows)
    },
  }
}

type Deps = Pick<SegmentsDeps, 'database' | 'ch'>

async function namesOf(deps: Deps, ctx: WorkspaceCtx) {
  const segments = await deps.database.read(ctx, liveNames)
  return new Map(segments.map((one) => [one.num, { id: one.id, name: one.name }]))
}

async function memberships(deps: Deps, ctx: WorkspaceCtx, person: number) {
  const names = await namesOf(deps, ctx)
  const rows = await deps.ch.query<{ segment: number; since: number }>(
    `SELECT segment, toUnixTimestamp64Milli(argMax(since, version)) AS since FROM segment_member
     WHERE ws = {ws:UInt32} AND person = {person:UInt64} GROUP BY segment HAVING argMax(member, version) = 1`,
    { ws: ctx.workspace.num, person },
  )
  return rows.flatMap(({ segment, since }) => {
    const known = names.get(segment)
    return known ? [{ ...known, since: since > 0 ? stamp(since) : null }] : []
  })
}

async function changes(deps: Deps, ctx: WorkspaceCtx, person: number) {
  const names = await namesOf(deps, ctx)
  const rows = await deps.ch.query<{ segment: number; ms: number; entered: number }>(
    `SELECT segment, toUnixTimestamp64Milli(at) AS ms, entered FROM segment_change
     WHERE ws = {ws:UInt32} AND person = {person:UInt64} ORDER BY at, segment`,
    { ws: ctx.workspace.num, person },
  )
  return rows.flatMap(({ segment, ms, entered }) => {
    const known = names.get(segment)
    return known ? [{ ...known, at: stamp(ms), change: entered === 1 ? 'entered' : 'left' }] : []
  })
}

const stamp = (ms: number) => new Date(ms).toISOString()

/** Snapshots that show them, by any number they had. */
async function snapshotsOf(deps: Deps, ctx: WorkspaceCtx, person: number) {
  const rows = await deps.ch.query<{ list: number }>(
    `SELECT DISTINCT list FROM list_unit FINAL WHERE ws = {ws:UInt32} AND present = 1
       AND (unit = {person:UInt64} OR unit IN (SELECT unit FROM unit_person WHERE person = {person:UInt64}))`,
    { ws: ctx.workspace.num, person },
  )
  const on = new Set(rows.map((row) => row.list))
  const known = await deps.database.read(ctx, (tx) => readyNumbers(tx, tx.workspace))
  return known.filter((one) => on.has(one.num)).map(({ id, at }) => ({ id, at: at.toISOString() }))
}
