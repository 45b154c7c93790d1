import { listLines, personsOfList, unitsOnLists } from '#modules/segments/server/lists/list-rows.ts'
import type { Upkeep } from '#modules/segments/server/membership/keep-current.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'
import { addCounts, addUnmatched, type ChangeRow, type Counts, type Unmatched } from './change-store.ts'
import { type ListUnit, putUnits, takeUnits, turnUnits } from './unit-store.ts'

/** Somebody to put on or take off, by the identifier that named them. */
export type Target = { unit: number; person: number }
export type Chunk = {
  targets: readonly Target[]
  unmatched: readonly Unmatched[]
  /** Rows of the source this chunk covers, and how many of its people were made for it. */
  rows: number
  created: number
}
type Work = { deps: SegmentsDeps; upkeep: Upkeep; ctx: WorkspaceCtx; list: { id: string; num: number } }

/**
 * Puts one chunk of people on a list, or takes them off. In the projector's turn: Postgres first, then ClickHouse, then
 * everybody concerned is looked at for the list and what is built on it. Broken off after Postgres, the next turn finds
 * that the two differ and ships the list again.
 */
export async function applyChunk(work: Work, change: ChangeRow, chunk: Chunk): Promise<Counts> {
  return inTurn(work, async (num) => {
    const people = new Map(chunk.targets.map((target) => [target.person, target]))
    const on = await membersAmong(work, num, [...people.keys()])
    const adds = change.what === 'add'
    const concerned = [...people.values()].filter(({ person }) => on.has(person) !== adds)
    const units = adds ? concerned.map(({ unit }) => unit) : await unitsOf(work, num, concerned)
    const counts: Counts = {
      handled: chunk.rows,
      changed: concerned.length,
      unmatched: chunk.unmatched.length,
      created: chunk.created,
    }
    await write(
      work,
      num,
      concerned.map(({ person }) => person),
      async (tx) => {
        await addUnmatched(tx, change.number, chunk.unmatched)
        await addCounts(tx, change.number, counts)
        return adds
          ? putUnits(tx, num, units, change.number, work.deps.clock.now())
          : takeUnits(tx, num, units, change.number)
      },
    )
    return counts
  })
}

/** Turns back some of what a change did, where it is still the latest; answers how many identifiers, 0 when done. */
export function turnBackChunk(work: Work, change: ChangeRow, undone: number, limit: number): Promise<number> {
  return inTurn(work, (num) =>
    write(work, num, [], async (tx) => {
      const rows = await turnUnits(tx, num, undone, change.number, limit)
      await addCounts(tx, change.number, { ...nothing, handled: rows.length, changed: rows.length })
      return rows
    }),
  )
}

const nothing: Counts = { handled: 0, changed: 0, unmatched: 0, created: 0 }

async function inTurn<T>({ deps, upkeep, ctx, list }: Work, work: (num: number) => Promise<T>): Promise<T> {
  return upkeep.inTurn(async () => {
    const rules = await deps.rules.of(ctx.workspace.num)
    const known = rules.segments.get(list.id)
    if (!known) throw new AppError('segment.missing', 'missing', 'There is no such segment.')
    if (known.state !== 'live')
      throw new AppError('segment.building', 'busy', 'The list is being counted; try again in a moment.', {
        retryAfter: 2,
      })
    await upkeep.prepare(rules, ctx.workspace.num)
    return work(known.num)
  })
}

async function write(
  { deps, upkeep, ctx, list }: Work,
  num: number,
  named: readonly number[],
  inPostgres: (tx: Tx) => Promise<ListUnit[]>,
): Promise<number> {
  const rows = await deps.database.write(ctx, inPostgres)
  if (rows.length === 0) return 0
  const workspace = ctx.workspace.num
  await deps.ch.insertLines('list_unit', listLines(workspace, num, rows))
  const rules = await deps.rules.of(workspace)
  const owners = await personsOfList(
    deps,
    rules,
    workspace,
    num,
    rows.map((row) => row.unit),
  )
  await upkeep.review(workspace, [list.id], [...new Set([...named, ...owners])])
  return rows.length
}

async function membersAmong(
  { deps, ctx }: Work,
  num: number,
  persons: readonly number[],
): Promise<Set<number>> {
  if (persons.length === 0) return new Set()
  const rows = await deps.ch.query<{ person: number }>(
    `SELECT person FROM segment_member WHERE ws = {ws:UInt32} AND segment = {segment:UInt32}
       AND person IN (${persons.map(Math.trunc).join(',')})
     GROUP BY person HAVING argMax(member, version) = 1`,
    { ws: ctx.workspace.num, segment: num },
  )
  return new Set(rows.map((row) => row.person))
}

async function unitsOf({ deps, ctx }: Work, num: number, targets: readonly Target[]): Promise<number[]> {
  const workspace = ctx.workspace.num
  const persons = targets.map(({ person }) => person)
  const rows = await unitsOnLists(deps, await deps.rules.of(workspace), workspace, persons, num)
  return rows.map((row) => row.unit)
}
