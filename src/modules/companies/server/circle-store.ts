import { sql } from 'kysely'
import type { Belonging, Traits } from '#modules/companies/server/told.ts'
import type { FirstLook } from '#modules/profiles/index.ts'
import type { Tx } from '#platform/pg/database.ts'

export type CircleKind = 'company' | 'household'
export type CircleRow = {
  num: number
  id: string
  kind: CircleKind
  externalId: string | null
  traits: Traits
  name: string
  domain: string
  owner: string | null
  ownerName: string | null
  department: string | null
  sharedUnit: number | null
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
}

const columns = sql`c.num, c.id, c.kind, c.external_id as "externalId", c.traits, c.name, c.domain, c.owner,
  m.name as "ownerName", c.department, c.shared_unit as "sharedUnit", c.created_at as "createdAt",
  c.updated_at as "updatedAt", c.deleted_at as "deletedAt"`
const circles = sql`companies.circle c
  left join read.member m on m.workspace_id = c.workspace_id and m.id = c.owner`

export const readCircle = (tx: Tx, kind: CircleKind, id: string): Promise<CircleRow | undefined> =>
  tx.row<CircleRow>(sql`select ${columns} from ${circles}
    where c.workspace_id = ${tx.workspace} and c.kind = ${kind} and c.id = ${id}`)

export const readCircles = (tx: Tx, nums: readonly number[]): Promise<CircleRow[]> =>
  tx.rows<CircleRow>(sql`select ${columns} from ${circles}
    where c.workspace_id = ${tx.workspace} and c.num = any(${nums}::bigint[])`)

/** Companies by what sources call them. */
export const companiesCalled = (
  tx: Tx,
  workspace: number,
  externalIds: readonly string[],
): Promise<CircleRow[]> =>
  tx.rows<CircleRow>(sql`select ${columns} from ${circles}
    where c.workspace_id = ${workspace} and c.kind = 'company' and c.external_id = any(${externalIds}::text[])`)

/** Companies by mail domain or by name, deleted ones left out, oldest first. */
export const companiesBy = (
  tx: Tx,
  field: 'domain' | 'name',
  values: readonly string[],
): Promise<CircleRow[]> =>
  tx.rows<CircleRow>(sql`select ${columns} from ${circles}
    where c.workspace_id = ${tx.workspace} and c.kind = 'company' and c.deleted_at is null
      and ${field === 'domain' ? sql`c.domain` : sql`c.name`} = any(${values}::text[]) order by c.num`)

export type NewCircle = {
  id: string
  kind: CircleKind
  externalId: string | null
  sharedUnit?: number | null
  at: number
}

/** Numbers of new circles in the given order; one that is there already keeps what it has. */
export async function insertCircles(
  tx: Tx,
  workspace: number,
  circles: readonly NewCircle[],
): Promise<Map<string, number>> {
  const rows = await tx.rows<{ id: string; num: number }>(sql`
    insert into companies.circle (workspace_id, id, kind, external_id, shared_unit, created_at, updated_at, version)
    select ${workspace}, r.id, r.kind, r."externalId", r."sharedUnit", to_timestamp(r.at / 1000.0), to_timestamp(r.at / 1000.0),
      nextval('companies.version_seq')
    from jsonb_to_recordset(${JSON.stringify(circles)}::jsonb)
      as r (id text, kind text, "externalId" text, "sharedUnit" bigint, at bigint)
    returning id, num`)
  return new Map(rows.map((row) => [row.id, row.num]))
}

export type CircleChange = {
  num: number
  traits: Traits
  name: string
  domain: string
  /** Whether anybody sees a difference: only then ClickHouse is told. */
  shown: boolean
  /** When it was first heard of, ms. */
  from: number
}

export async function saveTraits(tx: Tx, workspace: number, changes: readonly CircleChange[]): Promise<void> {
  if (changes.length === 0) return
  await tx.run(sql`
    update companies.circle c set traits = r.traits, name = r.name, domain = r.domain,
      created_at = least(c.created_at, to_timestamp(r."from" / 1000.0)),
      updated_at = greatest(to_timestamp(r."from" / 1000.0), (select max(to_timestamp((told ->> 1)::bigint / 1000.0))
        from jsonb_each(r.traits) as e (name, told))),
      version = case when r.shown then nextval('companies.version_seq') else c.version end
    from jsonb_to_recordset(${jsonText(changes)}::jsonb)
      as r (num bigint, traits jsonb, name text, domain text, shown boolean, "from" bigint)
    where c.workspace_id = ${workspace} and c.num = r.num`)
}

export async function registerAttributes(
  tx: Tx,
  workspace: number,
  seen: ReadonlyMap<string, FirstLook>,
): Promise<void> {
  if (seen.size === 0) return
  const names = [...seen.keys()].map((name) => name.replaceAll('\u0000', ''))
  const looks = [...seen.values()]
  const personal = looks.map((one, at) => one.personal && !isOpenName(names[at] as string))
  await tx.run(sql`
    insert into companies.attribute (workspace_id, name, type, personal)
    select ${workspace}, * from unnest(${names}::text[], ${looks.map((one) => one.type)}::text[], ${personal}::boolean[])
    on conflict do nothing`)
}

/** What a company is called is nobody's secret. */
export const isOpenName = (name: string): boolean => ['name', 'domain', 'website'].includes(name)

export type MemberKey = { circle: number; unit: number; place: number }
export type MemberRow = MemberKey & Belonging & { removedBefore: number | null; main: boolean }

const memberColumns = sql`circle, unit, place, since, last, title, title_at as "titleAt", title_by as "titleBy",
  removed_at as "removedAt", removed_before as "removedBefore", main`

export const membersAt = (
  tx: Tx,
  workspace: number,
  keys: readonly { circle: number; unit: number }[],
): Promise<MemberRow[]> =>
  tx.rows<MemberRow>(sql`select ${memberColumns} from companies.member
    where workspace_id = ${workspace} and (unit, circle) in (
      select * from unnest(${keys.map((one) => one.unit)}::bigint[], ${keys.map((one) => one.circle)}::bigint[]))`)

export const membersOfCircles = (tx: Tx, workspace: number, nums: readonly number[]): Promise<MemberRow[]> =>
  tx.rows<MemberRow>(sql`select ${memberColumns} from companies.member
    where workspace_id = ${workspace} and circle = any(${nums}::bigint[])`)

export const membersOfUnits = (tx: Tx, workspace: number, units: readonly number[]): Promise<MemberRow[]> =>
  tx.rows<MemberRow>(sql`select ${memberColumns} from companies.member
    where workspace_id = ${workspace} and unit = any(${units}::bigint[])`)

/** `shown`: whether anybody sees a difference; only then ClickHouse is told. */
export async function saveMembers(
  tx: Tx,
  workspace: number,
  rows: readonly (MemberRow & { shown: boolean })[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.run(sql`
    insert into companies.member (workspace_id, circle, unit, place, since, last, title, title_at, title_by,
      removed_at, removed_before, main, version)
    select ${workspace}, circle, unit, place, since, last, title, "titleAt", "titleBy", "removedAt", "removedBefore", main,
      case when shown then nextval('companies.version_seq') else -1 end
    from jsonb_to_recordset(${jsonText(rows)}::jsonb) as r (circle bigint, unit bigint, place bigint, since bigint,
      last bigint, title text, "titleAt" bigint, "titleBy" text, "removedAt" bigint, "removedBefore" bigint, main boolean, shown boolean)
    on conflict (workspace_id, unit, circle, place) do update set since = excluded.since, last = excluded.last,
      title = excluded.title, title_at = excluded.title_at, title_by = excluded.title_by,
      removed_at = excluded.removed_at, removed_before = excluded.removed_before, main = excluded.main,
      version = case when excluded.version < 0 then companies.member.version else excluded.version end`)
}

/** jsonb refuses U+0000, which clients do send; it is dropped, nothing else. */
const jsonText = (value: unknown): string => JSON.stringify(value).replace(/(?<!\\)((?:\\\\)*)\\u0000/g, '$1')
