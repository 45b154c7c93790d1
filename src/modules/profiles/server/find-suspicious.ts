import type { KindClass } from '#modules/profiles/identity/kind-rules.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import { peopleFilter, whereOf } from '#modules/profiles/server/people-filter.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

// More than so many of one kind at one person: logins are two after a merge; a household has two phones and three mails; 20 devices are years of one
// browser that forgets its cookies, or a shop's tablet.
const mostPerPerson: Record<KindClass, number> = { login: 2, contact: 3, device: 20 }
// A value that so many people have: parents share a phone with two children, a family shares a tablet.
const mostPeople: Record<Exclude<KindClass, 'login'>, number> = { contact: 3, device: 5 }
const mostFindings = 100
const shownExamples = 5

export type Crowded = { person: number; kind: string; count: number; values: string[] }
export type Shared = { kind: string; value: string; count: number; persons: number[] }

/** People with suspiciously many identifiers of one kind, and values that suspiciously many people have. */
export async function findSuspicious(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
): Promise<{ crowded: Crowded[]; shared: Shared[] }> {
  const limits = await limitsOf(deps, ctx)
  const filter = await peopleFilter(deps, ctx, {})
  const people = `(SELECT person, id.1 AS kind, id.2 AS value FROM people FINAL ARRAY JOIN identifiers AS id
    WHERE ${whereOf(filter)})`
  const params = { ...filter.params, ...limits }
  const crowded = await deps.ch.query<Crowded>(
    `SELECT person, kind, count() AS count, arraySlice(arraySort(groupUniqArray(20)(value)), 1, ${shownExamples}) AS values
     FROM ${people} GROUP BY person, kind
     HAVING count > transform(kind, {kinds:Array(String)}, {perPerson:Array(UInt32)}, toUInt32(${mostPerPerson.contact}))
     ORDER BY count DESC, person, kind LIMIT ${mostFindings}`,
    params,
  )
  const shared = await deps.ch.query<Shared>(
    `SELECT kind, value, uniqExact(person) AS count, arraySlice(arraySort(groupUniqArray(20)(person)), 1, ${shownExamples}) AS persons
     FROM ${people} GROUP BY kind, value
     HAVING count > transform(kind, {kinds:Array(String)}, {people:Array(UInt32)}, toUInt32(${mostPeople.contact}))
     ORDER BY count DESC, kind, value LIMIT ${mostFindings}`,
    params,
  )
  return { crowded, shared }
}

/** The bounds of every kind whose class the workspace knows; other kinds are contacts. */
async function limitsOf(deps: ProfileDeps, ctx: WorkspaceCtx) {
  const { kinds } = await deps.database.read(ctx, (tx) => loadIdentitySettings(tx, tx.workspace))
  const rules = Object.entries(kinds)
  // A login is at home with one person only.
  const peopleOf = (of: KindClass) => (of === 'login' ? mostPeople.contact : mostPeople[of])
  return {
    kinds: rules.map(([kind]) => kind),
    perPerson: rules.map(([, rule]) => mostPerPerson[rule.class]),
    people: rules.map(([, rule]) => peopleOf(rule.class)),
  }
}
