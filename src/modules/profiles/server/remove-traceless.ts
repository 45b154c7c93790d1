import { sql } from 'kysely'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import { personsOfUnits } from '#modules/profiles/server/assign-tags.ts'
import { changePeople, nothing } from '#modules/profiles/server/change-people.ts'
import { planErasure } from '#modules/profiles/server/erasure-plan.ts'
import { personsNamed } from '#modules/profiles/server/known-people.ts'
import { numberList } from '#modules/profiles/server/number-list.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

type Deps = Pick<ProfileDeps, 'writer' | 'recogniser' | 'ch'>

type Traceless = { people: number; units: number[] }
type Asked = { prefix: string } & ({ ids: readonly Identifier[] } | { units: readonly number[] })

/**
 * Removes people who are known through one source alone, once nothing is left of what it told of them: no value, no tag,
 * no owner, no decision, and no call of another source. `prefix` begins the source's message ids. Its calls stay in the
 * log and belong to nobody. Answers how many people went, and their numbers: `forgetPeople` must hear of them, in a turn
 * after this one, or ClickHouse keeps where they pointed until it is rebuilt.
 */
export function removeTraceless(deps: Deps, ctx: WorkspaceCtx, what: Asked): Promise<Traceless> {
  return changePeople(deps, ctx, {
    plan: async (tx) =>
      withoutOtherCalls(
        deps,
        tx,
        await knownThrough(tx, await personsOf(tx, what), what.prefix),
        what.prefix,
      ),
    carryOut: async (tx, units) => {
      if (units.length === 0)
        return { result: { people: 0, units }, change: nothing(tx.workspace), shipments: [] }
      const plan = await planErasure(tx, tx.workspace, units)
      const done = await deps.recogniser.erase(tx, tx.workspace, plan)
      return { ...done, result: { people: plan.persons.length, units } }
    },
  })
}

async function personsOf(tx: Tx, what: Asked): Promise<number[]> {
  if ('ids' in what) return [...new Set((await personsNamed(tx, what.ids)).values())]
  return personsOfUnits(
    tx,
    what.units.map((unit) => ({ unit })),
  )
}

type Home = { person: number; units: number[] }

/** People all of whose identifiers the source was the first to name, with nothing left at any of them. */
const knownThrough = (tx: Tx, persons: readonly number[], prefix: string): Promise<Home[]> =>
  persons.length === 0
    ? Promise.resolve([])
    : tx.rows<Home>(sql`
        select i.person, array_agg(i.unit)::float8[] as units from profiles.identifier i
        where i.workspace_id = ${tx.workspace} and i.person = any(${persons}::bigint[])
          and not exists (select from profiles.identifier_guest g
            where g.workspace_id = i.workspace_id and (g.person = i.person or g.unit = i.unit))
        group by i.person
        having bool_and(starts_with(i.first_message_id, ${prefix}) and i.holders = '{}'
          and jsonb_array_length(i.intervals) <= 1
          and not exists (select from profiles.unit_tag t where t.workspace_id = i.workspace_id and t.unit = i.unit)
          and not exists (select from profiles.unit_owner o where o.workspace_id = i.workspace_id and o.unit = i.unit)
          and not exists (select from profiles.decision_unit d where d.workspace_id = i.workspace_id and d.unit = i.unit)
          and not exists (select from profiles.unit_traits v
            where v.workspace_id = i.workspace_id and v.unit = i.unit and v.traits <> '{}'))
        order by i.person`)

async function withoutOtherCalls(
  deps: Deps,
  tx: Tx,
  homes: readonly Home[],
  prefix: string,
): Promise<number[]> {
  const units = homes.flatMap((home) => home.units)
  if (units.length === 0) return []
  const rows = await deps.ch.query<{ unit: number }>(
    `SELECT DISTINCT unit FROM events
     WHERE ws = {ws:UInt32} AND unit IN (${numberList(units)}) AND NOT startsWith(message_id, {prefix:String})`,
    { ws: tx.workspace, prefix },
  )
  const told = new Set(rows.map((row) => Number(row.unit)))
  return homes.filter((home) => !home.units.some((unit) => told.has(unit))).flatMap((home) => home.units)
}
