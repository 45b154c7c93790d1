import { sql } from 'kysely'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Database } from '#platform/pg/database.ts'

/** Sums over everybody, equal in both engines when both know the same people. As text: sums outgrow 2^53. */
type Sums = Record<'people' | 'persons' | 'moved' | 'movedTo' | 'shared' | 'sharedUnits' | 'owners', string>

/**
 * Whether ClickHouse knows the same people, and whose every unit is, as Postgres: a lost part of a table (power loss,
 * deleted files) shows as other sums. Attributes are not compared. Inside the projector's turn.
 */
export async function peopleAgree(deps: { database: Database; ch: ClickHouse }): Promise<boolean> {
  const [kept, shown] = [await inPostgres(deps.database), await inClickHouse(deps.ch)]
  return Object.entries(kept).every(([name, sum]) => shown[name as keyof Sums] === sum)
}

async function inPostgres(database: Database): Promise<Sums> {
  const row = await database.system((tx) =>
    tx.row<Sums>(sql`
      select p.people, p.persons, u.moved, u."movedTo", u.shared, u."sharedUnits", u.owners from
        (select count(*)::text as people, coalesce(sum(person), 0)::text as persons from
          (select distinct person from profiles.identifier where seen) d) p,
        (select count(*) filter (where n <= 1)::text as moved,
                coalesce(sum(person) filter (where n <= 1), 0)::text as "movedTo",
                count(*) filter (where n > 1)::text as shared,
                coalesce(sum(unit) filter (where n > 1), 0)::text as "sharedUnits",
                coalesce(sum(n) filter (where n > 1), 0)::text as owners
         from (select unit, person, jsonb_array_length(intervals) as n from profiles.identifier
               where person <> unit or jsonb_array_length(intervals) > 1) i) u`),
  )
  return row as Sums
}

async function inClickHouse(ch: ClickHouse): Promise<Sums> {
  const [row] = await ch.query<Sums>(`
    SELECT toString(p.people) AS people, toString(p.persons) AS persons, toString(u.moved) AS moved,
      toString(u.moved_to) AS movedTo, toString(u.shared) AS shared, toString(u.shared_units) AS sharedUnits,
      toString(d.owners) AS owners
    FROM (SELECT count() AS people, sum(person) AS persons FROM people FINAL) AS p,
      (SELECT countIf(person NOT IN (0, unit)) AS moved, sumIf(person, person != unit) AS moved_to,
         countIf(person = 0) AS shared, sumIf(unit, person = 0) AS shared_units FROM unit_person FINAL) AS u,
      (SELECT sum(length(starts)) AS owners FROM device_owner FINAL
       WHERE unit IN (SELECT unit FROM unit_person FINAL WHERE person = 0)) AS d`)
  return row as Sums
}
