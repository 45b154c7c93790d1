import { sql } from 'kysely'
import type { Rule } from '#modules/rules/contract.ts'
import type { ActorName } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { conflictOf } from '#platform/pg/conflict.ts'
import type { Tx } from '#platform/pg/database.ts'

export type SegmentState = 'building' | 'live' | 'failed'
export type SegmentRow = {
  id: string
  num: number
  name: string
  description: string
  kind: 'rule' | 'list'
  rule: Rule
  rule_version: number
  /** Number of the newest saved rule. */
  version: number
  state: SegmentState
  size: number | null
  counted_at: Date | null
  created_by: string
  created_by_kind: ActorName['kind']
  created_at: Date
  updated_at: Date
  deleted_at: Date | null
  /** As the database folds it; JavaScript folds İ, ß and a final Σ otherwise. */
  sort_name: string
}
export type SegmentContent = { name: string; description: string; rule: Rule }

const columns = sql`id, num, name, description, kind, rule, rule_version, version, state, size, counted_at, created_by, created_by_kind, created_at,
  updated_at, deleted_at, lower(name) as sort_name`

/** Counts the revision up and, by the row's lock, lets one change of rules at a time through per workspace. */
export async function takeRevision(tx: Tx, workspace: number): Promise<void> {
  await tx.run(sql`
    insert into segments.revision (workspace_id, version) values (${workspace}, 1)
    on conflict (workspace_id) do update set version = segments.revision.version + 1`)
}

export async function insertSegment(
  tx: Tx,
  content: SegmentContent,
  by: { actor: ActorName; now: number },
): Promise<SegmentRow> {
  const row = await nameIsFree(() =>
    tx.row<SegmentRow>(sql`
      insert into segments.segment
        (id, workspace_id, name, description, rule, created_by, created_by_kind, created_at, updated_at)
      values (${newId('seg')}, ${tx.workspace}, ${content.name}, ${content.description}, ${JSON.stringify(content.rule)},
              ${by.actor.name}, ${by.actor.kind}, ${new Date(by.now)}, ${new Date(by.now)})
      returning ${columns}`),
  )
  return row as SegmentRow
}

/** A list is right from the beginning: nobody is on it. */
export async function insertList(
  tx: Tx,
  content: Omit<SegmentContent, 'rule'>,
  by: { actor: ActorName; now: number },
): Promise<SegmentRow> {
  const id = newId('seg')
  const rule: Rule = { list: id }
  const now = new Date(by.now)
  const row = await nameIsFree(() =>
    tx.row<SegmentRow>(sql`
      insert into segments.segment (id, workspace_id, name, description, kind, rule, state, size, counted_at, created_by,
        created_by_kind, created_at, updated_at)
      values (${id}, ${tx.workspace}, ${content.name}, ${content.description}, 'list', ${JSON.stringify(rule)}, 'live', 0,
        ${now}, ${by.actor.name}, ${by.actor.kind}, ${now}, ${now})
      returning ${columns}`),
  )
  return row as SegmentRow
}

/** A new rule makes the size unknown until it is counted. */
export async function updateSegment(
  tx: Tx,
  id: string,
  content: SegmentContent,
  change: { now: number; isNewRule: boolean },
): Promise<SegmentRow> {
  const row = await nameIsFree(() =>
    tx.row<SegmentRow>(sql`
      update segments.segment set name = ${content.name}, description = ${content.description}, updated_at = ${new Date(change.now)},
        rule = ${JSON.stringify(content.rule)}
      where workspace_id = ${tx.workspace} and id = ${id} returning ${columns}`),
  )
  if (!change.isNewRule) return row as SegmentRow
  await markForBuild(tx, [id])
  return (await readSegment(tx, id)) as SegmentRow
}

export async function markForBuild(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.run(sql`
    update segments.segment set state = 'building', size = null, rule_version = rule_version + 1
    where workspace_id = ${tx.workspace} and id = any(${[...ids]}::text[])`)
}

const nameIsFree = conflictOf(
  'segment_name',
  (cause) => new AppError('segment.name_taken', 'conflict', 'Another segment has this name.', { cause }),
)

/** A segment that is not deleted. */
export async function requireSegment(tx: Tx, id: string): Promise<SegmentRow> {
  const row = await readSegment(tx, id)
  if (row && row.deleted_at === null) return row
  throw new AppError('segment.missing', 'missing', 'There is no such segment.')
}

/** Deleted ones too. */
export const readSegment = (tx: Tx, id: string) =>
  tx.row<SegmentRow>(
    sql`select ${columns} from segments.segment where workspace_id = ${tx.workspace} and id = ${id}`,
  )

export type SegmentSort = 'name' | '-size' | '-updatedAt'
export type ListQuery = {
  search: string | undefined
  sort: SegmentSort
  after: readonly (string | number | null)[] | undefined
  limit: number
}

const sortKeys = {
  name: sql`lower(name)`,
  '-size': sql`coalesce(size, -1)`,
  '-updatedAt': sql`updated_at`,
}
const casts = { name: sql`::text`, '-size': sql`::bigint`, '-updatedAt': sql`::timestamptz` }

/** A page of segments after `[sort key, id]`. */
export async function listSegmentRows(tx: Tx, query: ListQuery): Promise<SegmentRow[]> {
  const key = sortKeys[query.sort]
  const isAscending = query.sort === 'name'
  const after = query.after
    ? sql`and (${key}, id) ${isAscending ? sql`>` : sql`<`} (${query.after[0]}${casts[query.sort]}, ${query.after[1]}::text)`
    : sql``
  // strpos, not LIKE: `%` and `_` are what they are.
  const search = query.search ? sql`and strpos(lower(name), lower(${query.search})) > 0` : sql``
  const order = isAscending ? sql`${key}, id` : sql`${key} desc, id desc`
  return tx.rows<SegmentRow>(sql`
    select ${columns} from segments.segment where workspace_id = ${tx.workspace} and deleted_at is null ${search} ${after}
    order by ${order} limit ${query.limit}`)
}

/** What the cursor after this row says. */
export function sortKeyOf(row: SegmentRow, sort: SegmentSort): (string | number)[] {
  if (sort === 'name') return [row.sort_name, row.id]
  return sort === '-size' ? [row.size ?? -1, row.id] : [row.updated_at.toISOString(), row.id]
}

export async function saveReferences(tx: Tx, id: string, uses: ReadonlySet<string>): Promise<void> {
  await tx.run(
    sql`delete from segments.segment_reference where workspace_id = ${tx.workspace} and segment_id = ${id}`,
  )
  await tx.run(sql`
    insert into segments.segment_reference (workspace_id, segment_id, uses_id)
    select ${tx.workspace}, ${id}, * from unnest(${[...uses]}::text[])`)
}

/** Names of the segments whose rules name this one. */
export const usersOf = (tx: Tx, id: string) =>
  tx.rows<{ id: string; name: string }>(sql`
    select s.id, s.name from segments.segment_reference r join segments.segment s on s.id = r.segment_id
    where r.workspace_id = ${tx.workspace} and r.uses_id = ${id} and s.deleted_at is null order by s.name`)

export type RuleRow = { id: string; num: number; kind: 'rule' | 'list'; rule: Rule; state: SegmentState }
export const readRules = (tx: Tx, workspace: number) =>
  tx.rows<RuleRow>(sql`
    select id, num, kind, rule, state from segments.segment where workspace_id = ${workspace} and deleted_at is null`)

export async function setDeleted(tx: Tx, id: string, at: number | null): Promise<void> {
  const deleted = at === null ? null : new Date(at)
  await nameIsFree(() =>
    tx.run(
      sql`update segments.segment set deleted_at = ${deleted} where workspace_id = ${tx.workspace} and id = ${id}`,
    ),
  )
}

export async function setState(tx: Tx, workspace: number, id: string, state: SegmentState): Promise<void> {
  await takeRevision(tx, workspace)
  await tx.run(
    sql`update segments.segment set state = ${state} where workspace_id = ${workspace} and id = ${id}`,
  )
}

/** Unless another count of it waits or runs already. */
export async function failUncounted(tx: Tx, id: string, jobKind: string): Promise<void> {
  await takeRevision(tx, tx.workspace)
  await tx.run(sql`
    update segments.segment set state = 'failed' where workspace_id = ${tx.workspace} and id = ${id} and state = 'building'
      and not exists (select from platform.job where workspace_id = ${tx.workspace} and kind = ${jobKind}
        and dedup_key = ${id} and state in ('waiting', 'running'))`)
}

/** The build's last step; false when the rule was changed meanwhile, whose own build follows. */
export async function finishBuild(
  tx: Tx,
  workspace: number,
  built: { id: string; ruleVersion: number; size: number; at: number },
): Promise<boolean> {
  await takeRevision(tx, workspace)
  const touched = await tx.run(sql`
    update segments.segment set state = 'live', size = ${built.size}, counted_at = ${new Date(built.at)}
    where workspace_id = ${workspace} and id = ${built.id} and rule_version = ${built.ruleVersion}
      and state = 'building'`)
  return touched > 0
}

export async function workspacesWithSegments(tx: Tx): Promise<number[]> {
  const rows = await tx.rows<{ num: number }>(sql`
    select distinct workspace_id as num from segments.segment where deleted_at is null order by 1`)
  return rows.map((row) => row.num)
}

export async function workspacesWithLists(tx: Tx): Promise<number[]> {
  const rows = await tx.rows<{ num: number }>(
    sql`select distinct workspace_id as num from segments.segment where kind = 'list'
      union select distinct workspace_id from segments.snapshot order by 1`,
  )
  return rows.map((row) => row.num)
}

export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(sql`
    select id, name from segments.segment where workspace_id = ${tx.workspace} and id = any(${[...ids]}::text[])`)
  return new Map(rows.map((row) => [row.id, row.name]))
}

export const liveNames = (tx: Tx) =>
  tx.rows<{ id: string; num: number; name: string }>(sql`
    select id, num, name from segments.segment where workspace_id = ${tx.workspace} and deleted_at is null
    order by lower(name), id`)
