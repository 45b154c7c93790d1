import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { detectLayout, type Layout, openTable } from '#modules/imports/server/reading/open-table.ts'
import type { TableRow } from '#modules/imports/server/reading/table-row.ts'

/** Reads bytes as a file from disk, the way an import does. */
export async function readBytes(bytes: Buffer | string, given: Partial<Layout> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-reading-'))
  try {
    const path = join(folder, 'file')
    writeFileSync(path, bytes)
    const layout = { ...(await detectLayout(path)), ...given }
    const table = await openTable(path, layout)
    const rows: TableRow[] = []
    try {
      for await (const row of table.rows) rows.push(row)
    } finally {
      table.close()
    }
    return { layout, columns: table.columns, warnings: table.warnings, rows }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  )
