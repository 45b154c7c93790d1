import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

/** Who looks after a person, and the department ClickHouse knows them by. */
export type PersonOwner = { id: string; name: string; department: string | null; since: number }
/** A decision kept at one identifier; without an owner it says that nobody shall. */
export type UnitOwner = { unit: number; owner: PersonOwner | null; at: number }

/** What was decided at these identifiers. */
export async function ownersOf(
  tx: Tx,
  workspace: number,
  units: readonly number[],
): Promise<Map<number, UnitOwner>> {
  const rows = await tx.rows<{
    unit: number
    id: string | null
    name: string | null
    department: string | null
    at: Date
  }>(sql`
    select o.unit, o.owner as id, m.name, o.department, o.assigned_at as at
    from profiles.unit_owner o left join read.member m on m.workspace_id = o.workspace_id and m.id = o.owner
    where o.workspace_id = ${workspace} and o.unit = any(${units}::bigint[])`)
  return new Map(
    rows.map(({ unit, id, name, department, at }) => [
      unit,
      {
        unit,
        at: at.getTime(),
        owner: id === null ? null : { id, name: name ?? id, department, since: at.getTime() },
      },
    ]),
  )
}

/** The decision that counts: the latest, of equal ones the one at the higher identifier. */
export function latestOwner(decisions: readonly UnitOwner[]): PersonOwner | null {
  const [latest] = decisions.toSorted((a, b) => b.at - a.at || b.unit - a.unit)
  return latest?.owner ?? null
}

/** The same for many people at once, by their numbers; who has no owner is not in it. */
export async function currentOwners(tx: Tx, persons: readonly number[]): Promise<Map<number, string>> {
  const rows = await tx.rows<{ person: number; owner: string | null }>(sql`
    select distinct on (i.person) i.person, o.owner
    from profiles.identifier i join profiles.unit_owner o on o.workspace_id = i.workspace_id and o.unit = i.unit
    where i.workspace_id = ${tx.workspace} and i.person = any(${persons}::bigint[])
    order by i.person, o.assigned_at desc, o.unit desc`)
  return new Map(rows.flatMap(({ person, owner }) => (owner === null ? [] : [[person, owner]])))
}

export type Member = { id: string; name: string; department: string | null }

/** Somebody who works here now. */
export const activeMember = (tx: Tx, id: string): Promise<Member | undefined> =>
  tx.row<Member>(sql`
    select id, name, department_id as department from read.member
    where workspace_id = ${tx.workspace} and id = ${id} and status = 'active'`)

type Assigning = { owner: Member | null; by: string; at: number }

/** Gives people to a member, or back to nobody, by a decision that is later than all there are. */
export async function saveOwner(
  tx: Tx,
  persons: readonly number[],
  { owner, by, at }: Assigning,
): Promise<void> {
  const decided = sql`
    select i.person, max(o.assigned_at) as latest, bool_or(o.unit <> i.person) as elsewhere
    from profiles.identifier i join profiles.unit_owner o on o.workspace_id = i.workspace_id and o.unit = i.unit
    where i.workspace_id = ${tx.workspace} and i.person = any(${persons}::bigint[]) group by i.person`
  // A clock set back must not make the new decision the older one.
  await tx.run(sql`
    insert into profiles.unit_owner (workspace_id, unit, owner, department, assigned_at, assigned_by)
    select ${tx.workspace}::int, p.person, ${owner?.id ?? null}::text, ${owner?.department ?? null}::text,
      greatest(${new Date(at)}::timestamptz, d.latest + interval '1 millisecond'), ${by}::text
    from unnest(${persons}::bigint[]) as p (person) left join (${decided}) d on d.person = p.person
    where ${owner !== null} or d.elsewhere
    on conflict (workspace_id, unit) do update set owner = excluded.owner, department = excluded.department,
      assigned_at = excluded.assigned_at, assigned_by = excluded.assigned_by`)
  if (owner === null)
    await tx.run(sql`
      delete from profiles.unit_owner o using (${decided}) d
      where o.workspace_id = ${tx.workspace} and o.unit = d.person and not d.elsewhere`)
}

/**
 * Puts up to `limit` of a member's people into the department the member works in now; answers the people, none when
 * all are there. Repeating a broken-off move goes on where it stopped.
 */
export async function followDepartment(tx: Tx, member: string, limit: number): Promise<number[]> {
  const moved = await tx.rows<{ unit: number }>(sql`
    update profiles.unit_owner o set department = m.department_id from read.member m
    where o.workspace_id = ${tx.workspace} and m.workspace_id = o.workspace_id and m.id = ${member} and o.unit in (
      select u.unit from profiles.unit_owner u join read.member w on w.workspace_id = u.workspace_id and w.id = u.owner
      where u.workspace_id = ${tx.workspace} and u.owner = ${member} and u.department is distinct from w.department_id
      order by u.unit limit ${limit})
    returning o.unit`)
  if (moved.length === 0) return []
  const rows = await tx.rows<{ person: number }>(sql`
    select distinct person from profiles.identifier
    where workspace_id = ${tx.workspace} and unit = any(${moved.map((row) => row.unit)}::bigint[])`)
  return rows.map((row) => row.person)
}

/** The same for everybody, before all of ClickHouse is built anew. In a system transaction. */
export const followAllDepartments = (tx: Tx): Promise<number> =>
  tx.run(sql`
    update profiles.unit_owner o set department = m.department_id from read.member m
    where m.workspace_id = o.workspace_id and m.id = o.owner and o.department is distinct from m.department_id`)
