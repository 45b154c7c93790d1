import pg from 'pg'
import { expect, test } from 'vitest'
import { startTestApp } from '#test/start-test-app.ts'

test('every table with a workspace is behind a forced wall, owned by neither role, and every view asks as its reader', async () => {
  const app = await startTestApp()
  const client = new pg.Client({ connectionString: app.databaseUrl })
  await client.connect()
  const open = await client.query(`
    select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    join pg_namespace n on n.oid = c.relnamespace
    where a.attname = 'workspace_id' and not a.attisdropped and c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog')
      and not (c.relrowsecurity and c.relforcerowsecurity)`)
  expect(open.rows).toEqual([])
  const walled = await client.query(
    `select count(*)::int as n from pg_class where relrowsecurity and relforcerowsecurity`,
  )
  expect(walled.rows[0].n).toBeGreaterThan(20)
  const owned = await client.query(
    `select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname like 'headwater_%'`,
  )
  expect(owned.rows).toEqual([])
  const views = await client.query(`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'v' and n.nspname not in ('pg_catalog', 'information_schema')
      and not coalesce(c.reloptions @> array['security_invoker=true'], false)`)
  expect(views.rows).toEqual([])
  await client.end()
})

test('with no workspace set, the application role sees nothing', async () => {
  const app = await startTestApp()
  const ws = await app.workspace()
  await ws.send({ type: 'track', event: 'x', userId: 'u1' })
  await ws.settled()
  const client = new pg.Client({ connectionString: app.databaseUrl, options: '-c role=headwater_app' })
  await client.connect()
  const tables = await client.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c where c.relrowsecurity and has_table_privilege(c.oid, 'select')`)
  expect(tables.rows.length).toBeGreaterThan(15)
  for (const { name } of tables.rows) {
    const rows = await client.query(`select count(*)::int as n from ${name}`)
    expect({ name, n: rows.rows[0].n }).toEqual({ name, n: 0 })
  }
  await client.end()
})
