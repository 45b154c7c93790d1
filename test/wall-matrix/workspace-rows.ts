import { createHash } from 'node:crypto'
import pg from 'pg'
import { analyticsSchemas } from '#app/schemas.ts'
import type { TestApp } from '#test/start-test-app.ts'

type Table = { name: string; column: string }

/** Every table behind the wall, with the column that says whose a row is. */
export async function walledTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.oid::regclass::text as name, a.attname as column
    from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where c.relrowsecurity and c.relkind in ('r', 'p')
      and a.attname = case when c.oid = 'platform.workspace'::regclass then 'num' else 'workspace_id' end
    order by 1`)
  return rows
}

/** Tables of ClickHouse whose rows say whose they are. */
export const analyticsTables = analyticsSchemas
  .flatMap((schema) => schema.tables)
  .filter((table) => table.columns.some((column) => column.startsWith('ws ')))
  .map((table) => table.name)

/** One digest per table of all rows of a workspace, in both engines. */
export async function digestOf(app: TestApp, workspace: number): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: app.databaseUrl })
  await client.connect()
  const digests: Record<string, string> = {}
  try {
    for (const { name, column } of await walledTables(client)) {
      // Two times that move with every question asked in a workspace are no data of it.
      const { rows } = await client.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) - '{last_used_at,last_seen_at}'::text[] as row from ${name} t where ${column} = $1
         order by t::text`,
        [workspace],
      )
      digests[name] = digest(rows)
    }
  } finally {
    await client.end()
  }
  for (const table of analyticsTables) {
    const rows = await app.ch.query(`SELECT * FROM ${table} WHERE ws = {ws:UInt32}`, { ws: workspace })
    digests[table] = digest(rows.map((row) => JSON.stringify(row)).sort())
  }
  return digests
}

const digest = (rows: unknown[]) =>
  `${rows.length} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16)}`
