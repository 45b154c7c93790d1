import type { Household, HouseholdPerson } from '#modules/companies/household-contract.ts'
import { HouseholdRole } from '#modules/companies/household-contract.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { belongingSql, seenSql } from '#modules/companies/server/circle-facts.ts'
import type { CircleRow } from '#modules/companies/server/circle-store.ts'
import type { Profile } from '#modules/profiles/contract.ts'
import { numberList, unitHomes } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Belonging = { circle: number; person: number; role: string; main: number }

/** Households as the API shows them, in the given order; one without anybody the caller may see is left out. */
export async function presentHouseholds(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  rows: readonly CircleRow[],
): Promise<Household[]> {
  if (rows.length === 0) return []
  const belonging = belongingSql(
    deps.profiles.personOf,
    `circle IN (${numberList(rows.map((row) => row.num))})`,
  )
  const seen = seenSql(ctx, `SELECT person FROM (${belonging})`)
  const belongings = await deps.ch.query<Belonging>(
    `SELECT circle, person, said AS role, first AS main FROM (${belonging})
     WHERE ${seen.sql} ORDER BY circle, first DESC, joined, person`,
    { ws: ctx.workspace.num, ...seen.params },
    { signal: ctx.signal },
  )
  const people = await profilesOf(
    deps,
    ctx,
    belongings.map((one) => one.person),
  )
  const contacts = await deps.database.read(ctx, (tx) =>
    unitHomes(
      tx,
      tx.workspace,
      rows.flatMap((row) => row.sharedUnit ?? []),
    ),
  )
  const mask = await deps.profiles.mask(ctx)
  const byCircle = Map.groupBy(belongings, (one) => one.circle)
  return rows.flatMap((row) => {
    const mine = (byCircle.get(row.num) ?? []).flatMap((one): HouseholdPerson[] => {
      const profile = people.get(one.person)
      return profile ? [presentPerson(profile, one.role, one.main === 1)] : []
    })
    if (mine.length === 0) return []
    const contact = row.sharedUnit === null ? undefined : contacts.get(row.sharedUnit)
    return [
      {
        id: row.id,
        name: row.name ? mask.text(row.name) : null,
        contact: contact ? mask.identifier({ kind: contact.kind, value: contact.value }) : null,
        people: mine,
        createdAt: row.createdAt.toISOString(),
      },
    ]
  })
}

export const presentPerson = (profile: Profile, role: string, main: boolean): HouseholdPerson => ({
  id: profile.id,
  name: profile.name,
  role: HouseholdRole.catch('other').parse(role),
  main,
  lastSeen: profile.lastSeen,
})

/** People the caller may see, by number. */
export async function profilesOf(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  persons: readonly number[],
): Promise<Map<number, Profile>> {
  const profiles = await deps.profiles.presentPeople(ctx, [...new Set(persons)])
  return new Map(
    profiles.map((profile) => [deps.personIds.decode(ctx.workspace.num, profile.id) as number, profile]),
  )
}
