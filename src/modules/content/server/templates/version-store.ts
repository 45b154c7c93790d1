import { sql } from 'kysely'
import type { Need } from '#modules/content/contract/template.ts'
import type { CompiledPart } from '#modules/content/server/compile/compile-body.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

type Bodies = Record<string, Record<string, unknown>>
export type VersionLine = {
  number: number
  note: string
  published_by: string
  published_at: Date
  languages: string[]
}
export type VersionRow = VersionLine & {
  num: number
  bodies: Bodies
  compiled: Record<string, CompiledPart[]>
  needs: Need[]
  links: string[]
}

export const listVersionRows = (
  tx: Tx,
  template: string,
  before: number | undefined,
  limit: number,
): Promise<VersionLine[]> =>
  tx.rows<VersionLine>(sql`
    select number, note, published_by, published_at, languages from content.version
    where workspace_id = ${tx.workspace} and template_id = ${template}
      and (${before === undefined} or number < ${before ?? 0})
    order by number desc limit ${limit}`)

export async function requireVersion(tx: Tx, template: string, number: number): Promise<VersionRow> {
  const row = await tx.row<VersionRow>(sql`
    select number, note, published_by, published_at, languages, num, bodies, compiled, needs, links
    from content.version
    where workspace_id = ${tx.workspace} and template_id = ${template} and number = ${number}`)
  if (!row) throw new AppError('template.version_missing', 'missing', 'There is no such version.')
  return row
}

export const insertVersion = (tx: Tx, template: string, row: Omit<VersionRow, 'num'>): Promise<number> =>
  tx.run(sql`
    insert into content.version (workspace_id, template_id, number, note, published_by, published_at, languages, bodies,
      compiled, needs, links)
    values (${tx.workspace}, ${template}, ${row.number}, ${row.note}, ${row.published_by}, ${row.published_at},
      ${row.languages}::text[], ${JSON.stringify(row.bodies)}::jsonb, ${JSON.stringify(row.compiled)}::jsonb,
      ${JSON.stringify(row.needs)}::jsonb, ${row.links}::text[])`)
