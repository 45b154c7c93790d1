import { isInScope } from '#modules/access/index.ts'
import type { PersonCompany } from '#modules/companies/contract.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import {
  type CircleRow,
  type MemberRow,
  membersOfUnits,
  readCircles,
} from '#modules/companies/server/circle-store.ts'
import { belongs, titleOf } from '#modules/companies/server/told.ts'
import { unitHomes, unitsOfPerson } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

export type PersonCircle = {
  circle: CircleRow
  rows: MemberRow[]
  since: number
  title: string | null
  main: boolean
}

/** What a person belongs to, over all identifiers and only while a shared device was theirs; the latest first. */
export async function circlesOfPerson(tx: Tx, person: number): Promise<PersonCircle[]> {
  const { own, shared } = await unitsOfPerson(tx, person)
  const homes = await unitHomes(tx, tx.workspace, shared)
  const rows = (await membersOfUnits(tx, tx.workspace, [...own, ...shared])).filter(
    (row) => belongs(row) && (homes.get(row.unit)?.personAt(row.since) ?? person) === person,
  )
  const byCircle = Map.groupBy(rows, (row) => row.circle)
  const circles = (await readCircles(tx, [...byCircle.keys()])).filter((row) => row.deletedAt === null)
  return circles
    .map((circle) => {
      const mine = byCircle.get(circle.num) ?? []
      return {
        circle,
        rows: mine,
        since: Math.min(...mine.map((row) => row.since)),
        // As in lists: of several titles the one of the row that is youngest.
        title:
          mine
            .filter((row) => titleOf(row) !== null)
            .toSorted((a, b) => b.since - a.since || b.unit - a.unit || b.place - a.place)
            .map(titleOf)[0] ?? null,
        main: mine.some((row) => row.main),
      }
    })
    .sort((a, b) => b.since - a.since || a.circle.num - b.circle.num)
}

export async function companiesOfProfile(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  id: string,
): Promise<{ items: PersonCompany[] }> {
  const person = await deps.profiles.personNumber(ctx, id)
  const found = await deps.database.read(ctx, (tx) => circlesOfPerson(tx, person))
  return {
    items: found
      .filter(({ circle }) => circle.kind === 'company')
      .map(({ circle, since, title }) => ({
        id: circle.id,
        name: circle.name || circle.externalId,
        domain: circle.domain || null,
        title,
        since: new Date(since).toISOString(),
        visible: isInScope(ctx.scope, circle),
      })),
  }
}
