import { sql } from 'kysely'
import type { HouseholdSuggestion } from '#modules/companies/household-contract.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { circlesOfPerson } from '#modules/companies/server/companies-of-person.ts'
import { presentPerson, profilesOf } from '#modules/companies/server/present-households.ts'
import type { Profile } from '#modules/profiles/contract.ts'
import { type SharedContact, sharedContact, sharedContacts } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import type { Tx } from '#platform/pg/database.ts'

// More people than that sharing a phone are a school or a shop, and stand in the review of identities.
export const mostPeople = 8
const looksAhead = 4

/** Contacts several people share who are in no household together yet, the latest first. */
export async function suggestHouseholds(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  query: PageQuery,
): Promise<{ items: HouseholdSuggestion[]; next: string | null }> {
  let before = decodeCursor(query.cursor, ['integer'])?.[0] as number | undefined
  const items: HouseholdSuggestion[] = []
  const mask = await deps.profiles.mask(ctx)
  // Dismissed and confirmed ones are read past; a page may take several looks, and says where it stopped.
  for (let look = 0; look < looksAhead && items.length < query.limit; look++) {
    const size = query.limit
    const contacts = await deps.database.read(ctx, (tx) => openOnes(tx, before, size))
    const people = await profilesOf(
      deps,
      ctx,
      contacts.open.flatMap((one) => one.persons),
    )
    for (const contact of contacts.open) {
      if (items.length === query.limit) return { items, next: encodeCursor([before as number]) }
      const suggestion = present(deps, ctx, { ...contact, ...mask.identifier(contact) }, people)
      if (suggestion) items.push(suggestion)
      before = contact.unit
    }
    if (contacts.read < size) return { items, next: null }
    before = contacts.last
  }
  return { items, next: before === undefined ? null : encodeCursor([before]) }
}

async function openOnes(tx: Tx, before: number | undefined, limit: number) {
  const contacts = await sharedContacts(tx, { before, limit, most: mostPeople })
  const settled = await settledCounts(
    tx,
    contacts.map((one) => one.unit),
  )
  const open: SharedContact[] = []
  for (const contact of contacts) {
    if (contact.persons.length <= (settled.get(contact.unit) ?? 1)) continue
    if (!(await areTogether(tx, contact.persons))) open.push(contact)
  }
  return { open, read: contacts.length, last: contacts.at(-1)?.unit }
}

/** Up to how many people a contact was found to be no household. */
async function settledCounts(tx: Tx, units: readonly number[]): Promise<Map<number, number>> {
  const rows = await tx.rows<{ unit: number; people: number }>(sql`
    select unit, people from companies.no_household
    where workspace_id = ${tx.workspace} and unit = any(${units}::bigint[])`)
  return new Map(rows.map((row) => [row.unit, row.people]))
}

/** Whether one household has them all. */
async function areTogether(tx: Tx, persons: readonly number[]): Promise<boolean> {
  const sets: Set<number>[] = []
  for (const person of persons) {
    const found = await circlesOfPerson(tx, person)
    sets.push(new Set(found.filter((one) => one.circle.kind === 'household').map((one) => one.circle.num)))
  }
  const [first, ...rest] = sets
  return [...(first ?? [])].some((num) => rest.every((one) => one.has(num)))
}

function present(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  { unit, kind, value, persons }: SharedContact,
  people: ReadonlyMap<number, Profile>,
): HouseholdSuggestion | undefined {
  const known = persons.flatMap((person) => people.get(person) ?? [])
  if (known.length < 2) return undefined
  return {
    id: deps.personIds.encode(ctx.workspace.num, unit),
    contact: { kind, value },
    people: known.map((profile) => presentPerson(profile, guessRole(profile), false)),
  }
}

const learns = ['grade', 'school', 'class', 'birthday']

/** Who has a grade or a school learns; the caller corrects it. */
function guessRole({ attributes }: Profile): string {
  return learns.some((name) => attributes[name] !== undefined) ? 'student' : 'guardian'
}

/** The contact a suggestion is about, with those who share it now. */
export async function requireSuggestion(deps: CircleDeps, tx: Tx, id: string): Promise<SharedContact> {
  const unit = deps.personIds.decode(tx.workspace, id)
  const contact = unit === undefined ? undefined : await sharedContact(tx, unit)
  if (contact) return contact
  throw noSuggestion()
}

const noSuggestion = () =>
  new AppError('household.no_suggestion', 'missing', 'Nobody shares this contact any more.')

/** A suggestion is there for who sees two of its people at least, as in the list; others decide nothing about it. */
export async function refuseHidden(deps: CircleDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  const { persons } = await deps.database.read(ctx, (tx) => requireSuggestion(deps, tx, id))
  if ((await profilesOf(deps, ctx, persons)).size < 2) throw noSuggestion()
}

/** These are no household: not suggested again unless more people share the contact. */
export async function dismissSuggestion(deps: CircleDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  await refuseHidden(deps, ctx, id)
  return deps.database.write(ctx, async (tx) => {
    const contact = await requireSuggestion(deps, tx, id)
    await tx.run(sql`
      insert into companies.no_household (workspace_id, unit, people, by, at)
      values (${tx.workspace}, ${contact.unit}, ${contact.persons.length}, ${ctx.actor.name}, ${new Date(ctx.now)})
      on conflict (workspace_id, unit) do update set people = excluded.people, by = excluded.by, at = excluded.at`)
    await deps.audit(tx, ctx, {
      action: 'household.dismissed',
      details: { people: contact.persons.length },
    })
  })
}
