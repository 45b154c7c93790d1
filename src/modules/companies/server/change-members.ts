import { aroundCircles } from '#modules/companies/server/change-companies.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import {
  type CircleRow,
  type MemberKey,
  type MemberRow,
  membersAt,
  saveMembers,
} from '#modules/companies/server/circle-store.ts'
import { requireCompany } from '#modules/companies/server/read-company.ts'
import { sayBelongs } from '#modules/companies/server/told.ts'
import { byHand, changePeople, unitHomes, unitsOfPerson } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

export type Joining = {
  person: string
  title?: string | null | undefined
  since?: string | undefined
}

/** Says that somebody belongs to a company; it is kept at the identifier that is the person's number. */
export async function addPerson(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  id: string,
  joining: Joining,
): Promise<void> {
  const person = await deps.profiles.personNumber(ctx, joining.person)
  await changePeople(deps, ctx, {
    plan: (tx) => requireCompany(tx, ctx, id),
    carryOut: async (tx, company) => {
      await join(tx, company.num, person, {
        now: ctx.now,
        title: joining.title,
        since: joining.since === undefined ? undefined : Date.parse(joining.since),
      })
      await note(deps, ctx, tx, 'company.person_added', company, joining.person)
      return withPerson(tx, company.num, person)
    },
  })
}

/** Takes somebody out: nothing that was said up to now counts any more, whichever identifier it was said of. */
export async function removePerson(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  id: string,
  publicId: string,
): Promise<void> {
  const person = await deps.profiles.personNumber(ctx, publicId)
  await changePeople(deps, ctx, {
    plan: (tx) => requireCompany(tx, ctx, id),
    carryOut: async (tx, company) => {
      const around = await withPerson(tx, company.num, person)
      await leave(tx, company.num, person, ctx.now)
      await note(deps, ctx, tx, 'company.person_removed', company, publicId)
      return around
    },
  })
}

/** Takes the latest removal back. */
export async function restorePerson(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  id: string,
  publicId: string,
): Promise<void> {
  const person = await deps.profiles.personNumber(ctx, publicId)
  await changePeople(deps, ctx, {
    plan: (tx) => requireCompany(tx, ctx, id),
    carryOut: async (tx, company) => {
      await comeBack(tx, company.num, person)
      await note(deps, ctx, tx, 'company.person_restored', company, publicId)
      return withPerson(tx, company.num, person)
    },
  })
}

export type Standing = {
  now: number
  title?: string | null | undefined
  since?: number | undefined
  main?: boolean
}

export async function join(tx: Tx, circle: number, person: number, said: Standing): Promise<void> {
  const homes = await unitHomes(tx, tx.workspace, [person])
  const rows = await rowsOf(tx, circle, person)
  const own = rows.find((row) => row.unit === person && row.place === 0)
  const latest = Math.max(
    said.now,
    ...rows.flatMap((row) => [row.last + 1, (row.removedAt ?? 0) + 1, (row.titleAt ?? 0) + 1]),
  )
  const title = said.title === undefined ? undefined : (said.title ?? '')
  const isDevice = homes.get(person)?.isDevice === true
  const belonging = sayBelongs(own, { time: latest, messageId: byHand, title })
  // The day given by hand counts even before what was taken back.
  const since = said.since ?? (own && own.since === belonging.since ? own.since : latest)
  const key: MemberKey = { circle, unit: person, place: isDevice ? latest : 0 }
  await saveMembers(tx, tx.workspace, [
    {
      removedBefore: null,
      ...own,
      ...key,
      ...belonging,
      since,
      removedAt: belonging.removedAt !== null && since <= belonging.removedAt ? null : belonging.removedAt,
      main: said.main ?? own?.main ?? false,
      shown: true,
    },
  ])
}

export async function leave(tx: Tx, circle: number, person: number, now: number): Promise<void> {
  const rows = await rowsOf(tx, circle, person)
  const at = Math.max(now, ...rows.map((row) => row.last + 1))
  await saveMembers(
    tx,
    tx.workspace,
    rows.map((row) => ({ ...row, removedBefore: row.removedAt, removedAt: at, shown: true })),
  )
}

export async function comeBack(tx: Tx, circle: number, person: number): Promise<void> {
  const rows = (await rowsOf(tx, circle, person)).filter(
    (row) => row.removedAt !== null && row.since <= row.removedAt,
  )
  const latest = Math.max(0, ...rows.map((row) => row.removedAt ?? 0))
  await saveMembers(
    tx,
    tx.workspace,
    rows
      .filter((row) => row.removedAt === latest)
      .map((row) => ({ ...row, removedAt: row.removedBefore, removedBefore: null, shown: true })),
  )
}

/** Rows of a person's identifiers; of a shared device those of their time. */
async function rowsOf(tx: Tx, circle: number, person: number): Promise<MemberRow[]> {
  const { own, shared } = await unitsOfPerson(tx, person)
  const homes = await unitHomes(tx, tx.workspace, shared)
  const rows = await membersAt(
    tx,
    tx.workspace,
    [...own, ...shared].map((unit) => ({ circle, unit })),
  )
  return rows.filter((row) => (homes.get(row.unit)?.personAt(row.since) ?? person) === person)
}

/** The change of a write: everybody of the circle, and who came or went. */
async function withPerson(tx: Tx, circle: number, person: number) {
  const done = await aroundCircles(tx, [circle])
  done.change.around.add(person)
  return { ...done, result: undefined }
}

const note = (
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  tx: Tx,
  action: string,
  company: CircleRow,
  person: string,
) => deps.audit(tx, ctx, { action, subject: company.id, details: { person } })
