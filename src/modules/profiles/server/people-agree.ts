import { sql } from 'kysely'
import { inBin } from '#modules/profiles/server/bin/trash-store.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Database } from '#platform/pg/database.ts'
import type { PersonProjection } from '#slots/person-projection.ts'

/** Sums over everybody, equal in both engines when both know the same people. As text: sums outgrow 2^53. */
type Sums = Record<
  'people' | 'persons' | 'moved' | 'movedTo' | 'shared' | 'sharedUnits' | 'owners' | 'owned' | 'ownedBy',
  string
>

/**
 * Whether ClickHouse knows the same people, and whose every unit is, as Postgres: a lost part of a table (power loss,
 * deleted files) shows as other sums. Of attributes, names and tags nothing is compared. Inside the projector's turn.
 */
export async function peopleAgree(deps: {
  database: Database
  ch: ClickHouse
  projections?: readonly PersonProjection[]
}): Promise<boolean> {
  for (const { table } of deps.projections ?? []) if (!(await sameNumbers(deps.ch, table))) return false
  const [kept, shown] = [await inPostgres(deps.database), await inClickHouse(deps.ch)]
  return Object.entries(kept).every(([name, sum]) => shown[name as keyof Sums] === sum)
}

/** Whoever has a row in `people` has one there. A table that was added later is empty, and so filled. */
async function sameNumbers(ch: ClickHouse, table: string): Promise<boolean> {
  const sums = 'count() AS people, sum(person) AS persons'
  const [row] = await ch.query<{ same: number }>(`
    SELECT p.people = t.people AND p.persons = t.persons AS same
    FROM (SELECT ${sums} FROM people FINAL) AS p, (SELECT ${sums} FROM ${table} FINAL) AS t`)
  return row?.same === 1
}

async function inPostgres(database: Database): Promise<Sums> {
  const row = await database.system((tx) =>
    tx.row<Sums>(sql`
      with bin as (
        select i.person from profiles.identifier i left join profiles.unit_trash t on t.unit = i.unit
        where i.person in (
          select o.person from profiles.unit_trash u join profiles.identifier o on o.unit = u.unit)
        group by i.person having ${inBin})
      select p.people, p.persons, u.moved, u."movedTo", u.shared, u."sharedUnits", u.owners, o.owned, o."ownedBy" from
        (select count(*)::text as people, coalesce(sum(person), 0)::text as persons from
          (select distinct person from profiles.identifier where seen and person not in (select person from bin)) d) p,
        (select count(*) filter (where n <= 1)::text as moved,
                coalesce(sum(person) filter (where n <= 1), 0)::text as "movedTo",
                count(*) filter (where n > 1)::text as shared,
                coalesce(sum(unit) filter (where n > 1), 0)::text as "sharedUnits",
                coalesce(sum(n) filter (where n > 1), 0)::text as owners
         from (select unit, person, jsonb_array_length(intervals) as n from profiles.identifier
               where person <> unit or jsonb_array_length(intervals) > 1) i) u,
        (select count(*)::text as owned,
                coalesce(sum(crc32(convert_to(concat_ws(':', person, owner, coalesce(department, '')), 'UTF8'))), 0)::text
                  as "ownedBy"
         from (select distinct on (i.person) i.person, t.owner, t.department
               from profiles.unit_owner t join profiles.identifier i on i.unit = t.unit
               where exists (select 1 from profiles.identifier s
                             where s.workspace_id = i.workspace_id and s.person = i.person and s.seen)
                 and i.person not in (select person from bin)
               order by i.person, t.assigned_at desc, t.unit desc) d
         where owner is not null) o`),
  )
  return row as Sums
}

async function inClickHouse(ch: ClickHouse): Promise<Sums> {
  const [row] = await ch.query<Sums>(`
    SELECT toString(p.people) AS people, toString(p.persons) AS persons, toString(u.moved) AS moved,
      toString(u.moved_to) AS movedTo, toString(u.shared) AS shared, toString(u.shared_units) AS sharedUnits,
      toString(d.owners) AS owners, toString(p.owned) AS owned, toString(p.owned_by) AS ownedBy
    FROM (SELECT count() AS people, sum(person) AS persons, countIf(owner != '') AS owned,
         sumIf(CRC32(concatWithSeparator(':', toString(person), owner, department)), owner != '') AS owned_by
       FROM people FINAL) AS p,
      (SELECT countIf(person NOT IN (0, unit)) AS moved, sumIf(person, person != unit) AS moved_to,
         countIf(person = 0) AS shared, sumIf(unit, person = 0) AS shared_units FROM unit_person FINAL) AS u,
      (SELECT sum(length(starts)) AS owners FROM device_owner FINAL
       WHERE unit IN (SELECT unit FROM unit_person FINAL WHERE person = 0)) AS d`)
  return row as Sums
}
