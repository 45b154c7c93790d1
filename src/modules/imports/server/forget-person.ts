import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

type Erased = { identifiers: readonly { kind: string; value: string }[]; marks: readonly string[] }

/**
 * Removes what imports keep of a person: journal rows, failed rows that name them, reasons with examples, and files
 * that nobody is reading. In Postgres alone.
 */
export async function forgetInImports(tx: Tx, { identifiers, marks }: Erased): Promise<void> {
  const kinds = identifiers.map((id) => id.kind)
  const values = identifiers.map((id) => id.value)
  await tx.run(sql`
    delete from imports.journal j using unnest(${kinds}::text[], ${values}::text[]) as e (kind, value)
    where j.workspace_id = ${tx.workspace} and ((j.key_kind = e.kind and j.key_value = e.value)
      or (j.at_kind = e.kind and j.at_value = e.value))`)
  // As they stand in JSON; what was sent may spell them otherwise, so case does not count.
  const texts = marks.map((mark) => JSON.stringify(mark).slice(1, -1).toLowerCase())
  const names = (column: string) =>
    sql`exists (select from unnest(${texts}::text[]) as m (mark) where strpos(lower(${sql.raw(column)}), m.mark) > 0)`
  await tx.run(sql`
    delete from imports.failed_row where workspace_id = ${tx.workspace}
      and ${names("concat_ws(' ', cells, details)")}`)
  await tx.run(sql`
    delete from imports.source_item where workspace_id = ${tx.workspace} and ${names('name')}`)
  await tx.run(sql`
    update imports.import set reasons = '[]' where workspace_id = ${tx.workspace} and ${names('reasons::text')}`)
  // Values its columns were recognised by: any may be theirs, and a finished import needs none.
  await tx.run(sql`
    update imports.import set survey = survey || jsonb_build_object('warnings', '[]'::jsonb, 'columns', (
      select coalesce(jsonb_agg(c || jsonb_build_object('profile', (c->'profile') || '{"distinct": []}'::jsonb) order by n), '[]')
      from jsonb_array_elements(survey->'columns') with ordinality as e (c, n)))
    where workspace_id = ${tx.workspace} and survey is not null and state not in ('queued', 'running', 'undoing')`)
  await tx.run(sql`
    delete from imports.upload u where u.workspace_id = ${tx.workspace} and not exists (
      select from imports.import i where i.upload_id = u.id and i.state in ('queued', 'running', 'undoing'))`)
}
