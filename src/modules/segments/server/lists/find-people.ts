import { scopeInClickHouse } from '#modules/access/index.ts'
import type { Target } from '#modules/segments/server/lists/apply-chunk.ts'
import type { Unmatched } from '#modules/segments/server/lists/change-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export type Named = { row: number; kind: string; value: string }
export type Found = { targets: Target[]; unmatched: Unmatched[] }

/** The people identifiers belong to, among those the caller may see; and the rows that name nobody, with the reason. */
export async function findNamed(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  rows: readonly Named[],
): Promise<Found> {
  const unmatched: Unmatched[] = []
  const known = await deps.database.read(ctx, async (tx) => {
    const normalise = await deps.profiles.normaliser(tx, ctx.workspace.num)
    const asked = rows.flatMap((named) => {
      const value = named.value.trim() === '' ? undefined : normalise(named.kind, named.value)
      if (value !== undefined && !value.includes('\u0000'))
        return [{ named, id: { kind: named.kind, value } }]
      unmatched.push({ ...storable(named), reason: named.value.trim() === '' ? 'empty' : 'invalid' })
      return []
    })
    const found = await deps.profiles.identifierUnits(
      tx,
      asked.map((one) => one.id),
    )
    return asked.map(({ named, id }) => ({ named, target: found.get(`${id.kind}:${id.value}`) }))
  })
  const seen = await visibleAmong(
    deps,
    ctx,
    known.flatMap(({ target }) => target?.person ?? []),
  )
  const targets: Target[] = []
  for (const { named, target } of known)
    if (target && seen.has(target.person)) targets.push(target)
    else unmatched.push({ ...storable(named), reason: 'unknown' })
  return { targets, unmatched: unmatched.sort((a, b) => a.row - b.row) }
}

// Postgres takes neither half of a surrogate pair nor a zero.
const storable = (named: Named): Named => ({
  ...named,
  value: named.value.replaceAll('\u0000', '').slice(0, 512).toWellFormed(),
})

/** Those of the people who are in lists at all, and in the caller's data scope. */
export async function visibleAmong(
  deps: Pick<SegmentsDeps, 'ch'>,
  ctx: WorkspaceCtx,
  persons: readonly number[],
): Promise<ReadonlySet<number>> {
  if (persons.length === 0) return new Set()
  const { sql, params } = scopeInClickHouse(ctx.scope)
  const isMine = ctx.scope.all ? '' : ` AND ${sql}`
  const rows = await deps.ch.query<{ person: number }>(
    `SELECT person FROM people FINAL WHERE ws = {ws:UInt32} AND deleted = 0
       AND person IN (${persons.map(Math.trunc).join(',')})${isMine}`,
    { ws: ctx.workspace.num, ...(ctx.scope.all ? {} : params) },
  )
  return new Set(rows.map((row) => row.person))
}

/** Who is on a list is shown, so what it is filled by counts as asked for. `job`: by a job, which does not ask again. */
export const askForList = (
  deps: Pick<SegmentsDeps, 'profiles'>,
  ctx: WorkspaceCtx,
  identifiers: readonly { kind: string; value: string }[],
  job = false,
) => deps.profiles.guesses.askInBulk(ctx, identifiers, { whole: true, lists: true, job })
