import { sql } from 'kysely'
import type { Household, HouseholdRole } from '#modules/companies/household-contract.ts'
import { aroundCircles } from '#modules/companies/server/change-companies.ts'
import { join, leave } from '#modules/companies/server/change-members.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { personsOfCircles } from '#modules/companies/server/circle-people.ts'
import { type CircleRow, insertCircles, readCircle } from '#modules/companies/server/circle-store.ts'
import { getHousehold } from '#modules/companies/server/list-households.ts'
import { presentHouseholds } from '#modules/companies/server/present-households.ts'
import { missing } from '#modules/companies/server/read-company.ts'
import { refuseHidden, requireSuggestion } from '#modules/companies/server/suggest-households.ts'
import { acceptShared, changePeople } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export type InHousehold = { person: string; role: HouseholdRole; main: boolean }
type Placed = { person: number; role: HouseholdRole; main: boolean }
type Making = {
  name?: string | null | undefined
  people: readonly InHousehold[]
  suggestion?: string | undefined
}

/** Makes a household. Of a suggestion: the review of identities is told that the shared contact is right. */
export async function createHousehold(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  { name, people, suggestion }: Making,
): Promise<Household> {
  const placed = await placesOf(deps, ctx, people)
  if (suggestion !== undefined) await refuseHidden(deps, ctx, suggestion)
  const id = newId('hou')
  await changePeople(deps, ctx, {
    plan: (tx) => (suggestion === undefined ? undefinedContact() : requireSuggestion(deps, tx, suggestion)),
    carryOut: async (tx, contact) => {
      const made = await insertCircles(tx, tx.workspace, [
        { id, kind: 'household', externalId: null, sharedUnit: contact?.unit ?? null, at: ctx.now },
      ])
      const num = made.get(id) as number
      if (name) await rename(tx, num, name)
      for (const one of placed)
        await join(tx, num, one.person, { now: ctx.now, title: one.role, main: one.main })
      if (contact)
        await acceptShared(tx, {
          unit: contact.unit,
          people: contact.persons.length,
          by: ctx.actor.name,
          at: ctx.now,
        })
      await note(deps, ctx, tx, 'household.created', id, people)
      return { result: undefined, ...(await aroundCircles(tx, [num])) }
    },
  })
  return getHousehold(deps, ctx, id)
}

const undefinedContact = async () => undefined

/** Another name, or other people: who is not named any more leaves. */
export async function updateHousehold(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  id: string,
  { name, people }: Partial<Pick<Making, 'name' | 'people'>>,
): Promise<Household> {
  const shown = await getHousehold(deps, ctx, id) // within the caller's scope
  const placed = people && (await placesOf(deps, ctx, people))
  // Who the caller does not see stays as they are.
  const seen = await deps.profiles.personNumbers(
    ctx,
    shown.people.map((one) => one.id),
    () => '/params/id',
  )
  await changePeople(deps, ctx, {
    plan: (tx) => requireHousehold(tx, id),
    carryOut: async (tx, row) => {
      const before = await personsOfCircles(tx, tx.workspace, [row.num])
      if (name !== undefined) await rename(tx, row.num, name ?? '')
      if (placed) {
        const kept = new Set(placed.map((one) => one.person))
        for (const person of seen) if (!kept.has(person)) await leave(tx, row.num, person, ctx.now)
        for (const one of placed)
          await join(tx, row.num, one.person, { now: ctx.now, title: one.role, main: one.main })
      }
      await note(deps, ctx, tx, 'household.updated', id, people ?? [])
      const done = await aroundCircles(tx, [row.num])
      for (const person of before) done.change.around.add(person)
      return { result: undefined, ...done }
    },
  })
  return getHousehold(deps, ctx, id)
}

export async function removeHousehold(deps: CircleDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  await getHousehold(deps, ctx, id)
  await setDissolved(deps, ctx, id, true)
}

export async function restoreHousehold(deps: CircleDeps, ctx: WorkspaceCtx, id: string): Promise<Household> {
  // Within the caller's scope before anything changes.
  const row = await deps.database.read(ctx, (tx) => readCircle(tx, 'household', id))
  if (!row || (await presentHouseholds(deps, ctx, [row])).length === 0) throw missing('household')
  await setDissolved(deps, ctx, id, false)
  return getHousehold(deps, ctx, id)
}

async function setDissolved(deps: CircleDeps, ctx: WorkspaceCtx, id: string, gone: boolean): Promise<void> {
  await changePeople(deps, ctx, {
    plan: async (tx) => {
      const row = await readCircle(tx, 'household', id)
      if (!row) throw missing('household')
      return row
    },
    carryOut: async (tx, row) => {
      const at = gone ? new Date(ctx.now) : null
      await tx.run(sql`update companies.circle set deleted_at = ${at}, version = nextval('companies.version_seq')
        where workspace_id = ${tx.workspace} and num = ${row.num}`)
      await note(deps, ctx, tx, gone ? 'household.dissolved' : 'household.restored', id, [])
      return { result: undefined, ...(await aroundCircles(tx, [row.num])) }
    },
  })
}

async function requireHousehold(tx: Tx, id: string): Promise<CircleRow> {
  const row = await readCircle(tx, 'household', id)
  if (!row || row.deletedAt !== null) throw missing('household')
  return row
}

/** Numbers of the people; each once, and one main contact at most. */
async function placesOf(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  people: readonly InHousehold[],
): Promise<Placed[]> {
  const persons = await deps.profiles.personNumbers(
    ctx,
    people.map((one) => one.person),
    (index) => `/body/people/${index}/person`,
  )
  const at = (index: number, field: string) => ({ details: { path: `/body/people/${index}/${field}` } })
  const twice = persons.findIndex((person, index) => persons.indexOf(person) !== index)
  if (twice >= 0)
    throw new AppError('household.same_person', 'invalid', 'Somebody is named twice.', at(twice, 'person'))
  const first = people.findIndex((one) => one.main)
  const second = people.findIndex((one, index) => one.main && index !== first)
  if (second >= 0)
    throw new AppError(
      'household.two_main',
      'invalid',
      'A household has one main contact at most.',
      at(second, 'main'),
    )
  return people.map(({ role, main }, index) => ({ person: persons[index] as number, role, main }))
}

const rename = (tx: Tx, num: number, name: string) =>
  tx.run(sql`update companies.circle set name = ${name}, version = nextval('companies.version_seq')
    where workspace_id = ${tx.workspace} and num = ${num}`)

const note = (
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  tx: Tx,
  action: string,
  subject: string,
  people: readonly InHousehold[],
) =>
  deps.audit(tx, ctx, {
    action,
    subject,
    details: people.length === 0 ? {} : { people: people.map(({ person, role }) => ({ person, role })) },
  })
