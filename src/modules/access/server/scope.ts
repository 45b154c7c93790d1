import { type RawBuilder, sql } from 'kysely'
import type { DataScope } from '#platform/context.ts'

/**
 * The one predicate of row visibility, in both engines' words: a row is seen when the scope is everything, or its owner
 * is one of the members, or its department one of the departments. A row with neither is seen only by scope `all`:
 * what nobody owns yet is for those who distribute it.
 */

/** For Postgres: a condition on the given owner and department columns (already qualified and trusted). */
export function scopeInPostgres(
  scope: DataScope,
  columns: { owner: RawBuilder<unknown>; department: RawBuilder<unknown> },
): RawBuilder<boolean> {
  if (scope.all) return sql<boolean>`true`
  // Null for a row with neither, which shows it no more than false does; a coalesce would cost the index.
  return sql<boolean>`(${columns.owner} = any(${named(scope.memberIds)}::text[])
    or ${columns.department} = any(${named(scope.departmentIds)}::text[]))`
}

export type ClickHouseCondition = { sql: string; params: Record<string, string[]> }

/**
 * For ClickHouse: the same on `owner` and `department` of `people` (text, '' for none), with bound parameters
 * `scope_members` and `scope_departments`. `alias` is the table's alias in the query.
 */
export function scopeInClickHouse(scope: DataScope, alias = ''): ClickHouseCondition {
  if (scope.all) return { sql: '1', params: {} }
  const column = (name: string) => (alias === '' ? name : `${alias}.${name}`)
  return {
    sql: `(has({scope_members:Array(String)}, ${column('owner')}) or has({scope_departments:Array(String)}, ${column('department')}))`,
    params: { scope_members: named(scope.memberIds), scope_departments: named(scope.departmentIds) },
  }
}

/** For one row already read. */
export function isInScope(
  scope: DataScope,
  row: { owner: string | null; department: string | null },
): boolean {
  if (scope.all) return true
  const owned = row.owner !== null && row.owner !== '' && scope.memberIds.includes(row.owner)
  return (
    owned ||
    (row.department !== null && row.department !== '' && scope.departmentIds.includes(row.department))
  )
}

// '' stands for "none" in ClickHouse and must never match.
const named = (ids: readonly string[]) => ids.filter((id) => id !== '')
