import { cutFromLog } from '#modules/collect/server/erase-items.ts'
import { findSource, type Place, type Window } from '#modules/collect/server/find-source.ts'
import { finishRemoval, type RemovalDeps, type Turns } from '#modules/collect/server/finish-removal.ts'
import { noteRemoval } from '#modules/collect/server/removal.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export type TakeBackDeps = RemovalDeps & {
  turns: Turns
  /** The log says already what ClickHouse does not yet: what was begun is finished before anything else is written. */
  leaveToNextTurn: () => void
}

// So many items are out of the log before ClickHouse rewrites the parts they lie in: rewriting costs as much for one.
const itemsAtOnce = 200_000
const placesAtOnce = 1000

/**
 * Takes back everything a source sent, as an erasure takes single events: out of the log, so that a rebuild leaves them
 * out, and out of ClickHouse with what follows from them. Some rows of the log in each transaction, which notes what
 * ClickHouse is to follow: whenever it breaks off, this or the next start finishes what is noted. Done twice it changes
 * nothing more. Answers how many events went.
 */
export async function takeBackItems(
  deps: TakeBackDeps,
  ctx: WorkspaceCtx,
  of: Window,
  progress: (taken: number) => Promise<void>,
): Promise<number> {
  const name = `source ${of.source}`
  let taken = 0
  let waiting = { items: 0, places: 0 }
  const finish = async () => {
    await finishRemoval(deps, ctx, name, deps.turns)
    waiting = { items: 0, places: 0 }
  }
  try {
    await finish()
    for (let after: number | undefined = 0; after !== undefined; ) {
      const from: number = after
      const { places, next } = await deps.database.read(ctx, (tx) => findSource(tx, of, from))
      if (places.length > 0) {
        const stored = await deps.database.write(ctx, async (tx) => {
          await noteRemoval(tx, { name, what: { places } })
          return (await cutFromLog(tx, tx.workspace, rowsOf(places))).stored
        })
        taken += stored
        waiting = { items: waiting.items + stored, places: waiting.places + places.length }
      }
      await progress(taken)
      if (waiting.items >= itemsAtOnce || waiting.places >= placesAtOnce) await finish()
      after = next
    }
    await finish()
  } catch (error) {
    deps.leaveToNextTurn()
    throw error
  }
  return taken
}

export function rowsOf(places: readonly Place[]): Map<number, number[]> {
  const rows = new Map<number, number[]>()
  for (const { seq, first, last } of places) {
    const row = rows.get(seq) ?? []
    for (let idx = first; idx <= last; idx++) row.push(idx)
    rows.set(seq, row)
  }
  return rows
}
