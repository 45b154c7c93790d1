import { inScope } from '#modules/profiles/server/bin/list-bin.ts'
import { restorePeople, trashPeople } from '#modules/profiles/server/bin/trash-people.ts'
import { trashedAmong } from '#modules/profiles/server/bin/trash-store.ts'
import { missing, personsBehind, visiblePersons } from '#modules/profiles/server/person-numbers.ts'
import type { ProfileDeps, ReadDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Order = { ids: readonly string[]; why?: string | undefined }

/** People the caller sees go into the bin; all or nobody. Who is there already is passed by. */
export async function trashByIds(deps: ProfileDeps, ctx: WorkspaceCtx, { ids, why }: Order) {
  const persons = await anyPersonNumbers(deps, ctx, ids, pathOf)
  const moved = await trashPeople(deps, ctx, { persons, why: why ?? null, audit: true })
  return { people: moved.length }
}

/** And come back. Who is not there any more is passed by. */
export async function restoreByIds(deps: ProfileDeps, ctx: WorkspaceCtx, { ids, why }: Order) {
  const persons = await anyPersonNumbers(deps, ctx, ids, pathOf)
  const moved = await restorePeople(deps, ctx, { persons, why: why ?? null, audit: true })
  return { people: moved.length }
}

const pathOf = (index: number) => `/body/ids/${index}`

/** As `personNumber`, also of somebody in the bin: to erase them they need not be restored first. */
export async function anyPersonNumber(deps: ReadDeps, ctx: WorkspaceCtx, publicId: string): Promise<number> {
  const [person] = await anyPersonNumbers(deps, ctx, [publicId], () => undefined)
  return person as number
}

async function anyPersonNumbers(
  deps: ReadDeps,
  ctx: WorkspaceCtx,
  ids: readonly string[],
  pathFor: (index: number) => string | undefined,
): Promise<number[]> {
  const { persons, trashed } = await deps.database.read(ctx, async (tx) => {
    const found = await personsBehind(deps, tx, ids, pathFor)
    return { persons: found, trashed: await trashedAmong(tx, found) }
  })
  const inBin = await inScope(
    deps,
    ctx,
    [...trashed].map((person) => ({ person })),
  )
  const others = await visiblePersons(
    deps,
    ctx,
    persons.filter((person) => !trashed.has(person)),
  )
  const seen = new Set([...inBin.map((one) => one.person), ...others])
  const hidden = persons.findIndex((person) => !seen.has(person))
  if (hidden >= 0) throw missing(pathFor(hidden))
  return persons
}
