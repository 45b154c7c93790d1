import { touchedSql, unitsOfTouched } from '#modules/segments/server/membership/evaluation-sql.ts'
import type { WorkspaceRules } from '#modules/segments/server/rule-book.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { jsonTime } from '#platform/ch/time.ts'

type Row = { unit: number; present: boolean; at: Date; change: number }

/** Rows of `list_unit` in ClickHouse. */
export const listLines = (workspace: number, list: number, rows: readonly Row[]): string =>
  rows
    .map(
      ({ unit, present, at, change }) =>
        `{"ws":${workspace},"list":${list},"unit":${unit},"at":${jsonTime(at.getTime())},"present":${present ? 1 : 0},"version":${change}}\n`,
    )
    .join('')

/** Whose units of a list are now, those taken off included. */
export async function personsOfList(
  deps: Pick<SegmentsDeps, 'ch' | 'clock'>,
  rules: WorkspaceRules,
  workspace: number,
  list: number,
  units: readonly number[],
): Promise<number[]> {
  if (units.length === 0) return []
  const { personOf } = rules.env(deps.clock.now())
  const rows = await deps.ch.query<{ person: number }>(
    `${touchedSql(units)} SELECT DISTINCT ${personOf('unit', 'at')} AS person FROM list_unit FINAL
     WHERE ws = {ws:UInt32} AND list = {list:UInt32} AND unit IN (SELECT person FROM touched)`,
    { ws: workspace, list },
  )
  return rows.map((row) => row.person)
}

/** The units by which people are on lists (on one of them, when it is named). */
export async function unitsOnLists(
  deps: Pick<SegmentsDeps, 'ch' | 'clock'>,
  rules: WorkspaceRules,
  workspace: number,
  persons: readonly number[],
  list?: number,
): Promise<{ list: number; unit: number; person: number }[]> {
  if (persons.length === 0) return []
  const { personOf } = rules.env(deps.clock.now())
  return deps.ch.query(
    `${touchedSql(persons)} SELECT list, unit, ${personOf('unit', 'at')} AS person FROM list_unit FINAL
     WHERE ws = {ws:UInt32} ${list === undefined ? '' : 'AND list = {list:UInt32} '}AND present = 1
       AND unit IN (${unitsOfTouched}) AND person IN (SELECT person FROM touched)`,
    { ws: workspace, ...(list === undefined ? {} : { list }) },
  )
}
