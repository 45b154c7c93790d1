import { sql } from 'kysely'
import { scopeInClickHouse } from '#modules/access/index.ts'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import { trashedAmong } from '#modules/profiles/server/bin/trash-store.ts'
import { numberList } from '#modules/profiles/server/number-list.ts'
import type { ProfileDeps, ReadDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** The person a public id stands for now: merged ids keep answering. `profile.missing` when nobody, or not yours. */
export async function personNumber(
  deps: Pick<ReadDeps, 'database' | 'ch' | 'personIds'>,
  ctx: WorkspaceCtx,
  publicId: string,
): Promise<number> {
  const person = await deps.database.read(ctx, (tx) => personBehind(deps, tx, publicId))
  const [visible] = await visiblePersons(deps, ctx, [person])
  if (visible === undefined) throw missing()
  return person
}

/** As `personNumber`, inside a transaction and without the look at data scopes. */
export async function personBehind(
  deps: Pick<ProfileDeps, 'personIds'>,
  tx: Tx,
  publicId: string,
): Promise<number> {
  const unit = deps.personIds.decode(tx.workspace, publicId)
  if (unit === undefined) throw missing()
  const row = await tx.row<{ person: number }>(sql`
    select person from profiles.identifier where workspace_id = ${tx.workspace} and unit = ${unit}`)
  if (!row) throw missing()
  return row.person
}

/** As `personBehind` for many, in the given order; `pathOf` names the place of one that is nobody's. */
export async function personsBehind(
  deps: Pick<ProfileDeps, 'personIds'>,
  tx: Tx,
  publicIds: readonly string[],
  pathOf: (index: number) => string | undefined,
): Promise<number[]> {
  const units = publicIds.map((id) => deps.personIds.decode(tx.workspace, id))
  const known = units.filter((unit) => unit !== undefined)
  const rows = await tx.rows<{ unit: number; person: number }>(sql`
    select unit, person from profiles.identifier
    where workspace_id = ${tx.workspace} and unit = any(${known}::bigint[])`)
  const persons = new Map(rows.map((row) => [row.unit, row.person]))
  return units.map((unit, index) => {
    const person = unit === undefined ? undefined : persons.get(unit)
    if (person === undefined) throw missing(pathOf(index))
    return person
  })
}

/** As `personNumber` for many: one look at the data scope. */
export async function personNumbers(
  deps: Pick<ReadDeps, 'database' | 'ch' | 'personIds'>,
  ctx: WorkspaceCtx,
  publicIds: readonly string[],
  pathOf: (index: number) => string,
): Promise<number[]> {
  const persons = await deps.database.read(ctx, (tx) => personsBehind(deps, tx, publicIds, pathOf))
  const seen = new Set(await visiblePersons(deps, ctx, [...new Set(persons)]))
  const hidden = persons.findIndex((person) => !seen.has(person))
  if (hidden >= 0) throw missing(pathOf(hidden))
  return persons
}

export const missing = (path?: string) =>
  new AppError('profile.missing', 'missing', 'There is no such person.', path ? { details: { path } } : {})

/** Those of the people that the caller's data scope shows and who are not in the bin, in the given order. */
export async function visiblePersons(
  deps: Pick<ReadDeps, 'ch' | 'database'>,
  ctx: WorkspaceCtx,
  persons: readonly number[],
): Promise<number[]> {
  if (persons.length === 0) return []
  if (ctx.scope.all) {
    const hidden = await deps.database.read(ctx, (tx) => trashedAmong(tx, persons))
    return hidden.size === 0 ? [...persons] : persons.filter((person) => !hidden.has(person))
  }
  const scope = scopeInClickHouse(ctx.scope)
  const rows = await deps.ch.query<{ person: number }>(
    `SELECT person FROM people FINAL
     WHERE ws = {ws:UInt32} AND deleted = 0 AND person IN (${numberList(persons)}) AND ${scope.sql}`,
    { ws: ctx.workspace.num, ...scope.params },
  )
  const seen = new Set(rows.map((row) => row.person))
  return persons.filter((person) => seen.has(person))
}

/** The identifier whose number is the person's. */
export async function rootOf(tx: Tx, person: number): Promise<Identifier> {
  const row = await tx.row<Identifier>(sql`
    select kind, value from profiles.identifier where workspace_id = ${tx.workspace} and unit = ${person}`)
  if (!row) throw missing()
  return row
}
