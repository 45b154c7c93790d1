import {
  addToProfile,
  type ColumnProfile,
  emptyProfile,
} from '#modules/imports/server/mapping/column-profile.ts'
import type { RowFault, Table } from '#modules/imports/server/reading/table-row.ts'

/** What a file as a whole is like; decides types once, so that every row and every restart reads alike. */
export type Survey = {
  rows: number
  repaired: number
  columns: { name: string; profile: ColumnProfile; distinct: number }[]
  warnings: RowFault[]
}

export type SurveyOptions = {
  keepPlaceholders: boolean
  /** Looks at the first rows only. */
  rows?: number
  /** Called every thousand rows. */
  pause?: (rows: number) => Promise<void>
}

export async function surveyTable(table: Table, options: SurveyOptions): Promise<Survey> {
  const profiles = table.columns.map(() => ({ profile: emptyProfile(), seen: new Set<string>() }))
  let [rows, repaired] = [0, 0]
  for await (const row of table.rows) {
    rows++
    if (row.repaired) repaired++
    if (!row.fault)
      for (const [at, cell] of row.cells.entries()) {
        const { profile, seen } = profiles[at] as (typeof profiles)[number]
        addToProfile(profile, seen, cell, options.keepPlaceholders)
      }
    if (rows === options.rows) break
    if (rows % 1000 === 0) await options.pause?.(rows)
  }
  const columns = table.columns.map((name, at) => {
    const { profile, seen } = profiles[at] as (typeof profiles)[number]
    return { name, profile: { ...profile, distinct: [...seen].slice(0, 5) }, distinct: seen.size }
  })
  const warnings =
    repaired > 0
      ? [...table.warnings, { code: 'repaired_lines', details: { count: repaired } }]
      : table.warnings
  return { rows, repaired, columns, warnings }
}
