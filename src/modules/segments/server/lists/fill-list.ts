import { applyChunk } from '#modules/segments/server/lists/apply-chunk.ts'
import {
  type ChangeRow,
  countAnew,
  endChange,
  insertChange,
  noteJob,
  readChange,
} from '#modules/segments/server/lists/change-store.ts'
import { visibleAmong } from '#modules/segments/server/lists/find-people.ts'
import type { Upkeep } from '#modules/segments/server/membership/keep-current.ts'
import { requireSegment } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** What a list is to hold; the ids of the two changes are named, so that a broken-off work goes on in the same ones. */
export type Filling = {
  list: string
  persons: readonly number[]
  /** What the people are of, for the list's history. */
  title: string
  changes: { add: string; remove: string }
  jobId: string
}
export type Sign = { signal: AbortSignal; progress(handled: number): Promise<void> }

// One turn of the projector each: long enough to be worth its queries, short enough that events do not wait.
const chunkRows = 2000

/**
 * Makes a list hold exactly these people, within what the caller may see: who should not be on it is taken off, then the
 * others are put on. A restart passes by whom it dealt with.
 */
export async function fillList(
  deps: SegmentsDeps,
  upkeep: Upkeep,
  ctx: WorkspaceCtx,
  filling: Filling,
  sign: Sign,
): Promise<void> {
  const list = await deps.database.read(ctx, (tx) => requireSegment(tx, filling.list))
  const wanted = new Set(filling.persons)
  const leaving = (await membersOf(deps, ctx, list.num)).filter((person) => !wanted.has(person))
  const work = { deps, upkeep, ctx, list }
  for (const [what, persons] of [
    ['remove', leaving],
    ['add', filling.persons],
  ] as const) {
    if (what === 'remove' && persons.length === 0) continue
    const change = await begin(deps, ctx, filling, what, persons.length)
    for (let at = 0; at < persons.length; at += chunkRows) {
      sign.signal.throwIfAborted()
      const chunk = persons.slice(at, at + chunkRows)
      const seen = what === 'add' || ctx.scope.all ? undefined : await visibleAmong(deps, ctx, chunk)
      const targets = chunk
        .filter((person) => seen?.has(person) ?? true)
        .map((person) => ({ unit: person, person }))
      await applyChunk(work, change, { targets, unmatched: [], rows: chunk.length, created: 0 })
      if (what === 'add') await sign.progress(at + chunk.length)
    }
    await endFilling(deps, ctx, [change.id], 'done')
  }
}

/** Tells the history of a list how a filling ended; what is over already stays. */
export const endFilling = (
  deps: Pick<SegmentsDeps, 'database' | 'clock'>,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
  changes: readonly string[],
  state: 'done' | 'failed' | 'cancelled',
): Promise<void> =>
  deps.database.write(ctx, async (tx) => {
    for (const id of changes) await endChange(tx, id, state, deps.clock.now())
  })

function begin(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  { list, title, changes, jobId }: Filling,
  what: 'add' | 'remove',
  total: number,
): Promise<ChangeRow> {
  return deps.database.write(ctx, async (tx) => {
    const id = changes[what]
    const known = await readChange(tx, list, id)
    const change =
      known ??
      (await insertChange(tx, { id, segment_id: list, what, source: 'analysis', title, task: {} }, ctx))
    await noteJob(tx, change.number, jobId)
    await countAnew(tx, change.number, total)
    return change
  })
}

async function membersOf(deps: SegmentsDeps, ctx: WorkspaceCtx, segment: number): Promise<number[]> {
  const [row] = await deps.ch.query<{ persons: number[] }>(
    `SELECT groupArray(person) AS persons FROM (
       SELECT person FROM segment_member WHERE ws = {ws:UInt32} AND segment = {segment:UInt32}
       GROUP BY person HAVING argMax(member, version) = 1 ORDER BY person)`,
    { ws: ctx.workspace.num, segment },
  )
  return row?.persons ?? []
}
