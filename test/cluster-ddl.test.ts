import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, inject, test } from 'vitest'
import { analyticsSchemas } from '#app/schemas.ts'
import { removeRange, removeTail } from '#modules/collect/server/remove-tail.ts'
import { createDictionaryReload } from '#modules/profiles/server/dictionary-reload.ts'
import { type ClickHouse, clusterSettings, openClickHouse } from '#platform/ch/client.ts'
import { createDictionary, createTable } from '#platform/ch/ddl.ts'
import { addOrders } from '#platform/ch/second-orders.ts'
import { emptyTable } from '#platform/ch/upkeep.ts'

const at = { database: 'headwater', cluster: 'growth' }
const creation = analyticsSchemas.flatMap((schema) => [
  ...schema.tables.flatMap((table) => createTable(table, at)),
  ...(schema.dictionaries ?? []).map((dictionary) =>
    createDictionary(dictionary, at, { user: 'app', password: 'secret' }),
  ),
])

/** A cluster that answers nothing and keeps what it is told. */
const said: string[] = []
const pretended = {
  ...at,
  query: async () => [{ n: 1, version: 1, missing: 1 }],
  command: async (statement: string) => {
    said.push(statement)
  },
  insertLines: async () => undefined,
  ping: async () => true,
  close: async () => undefined,
} as unknown as ClickHouse

/** What is done to tables that exist, by the code that does it. */
async function upkeep(): Promise<string[]> {
  said.length = 0
  for (const table of analyticsSchemas.flatMap((schema) => schema.tables)) await addOrders(pretended, table)
  await removeTail(pretended, 41)
  await removeRange(pretended, 1, 200)
  await createDictionaryReload(pretended).reloadAll()
  const rebuilt = analyticsSchemas.flatMap((schema) => schema.tables).filter(isRebuilt)
  for (const { name } of rebuilt) await emptyTable(pretended, name)
  return [...said]
}
const isRebuilt = (table: { rebuiltFrom: string }) =>
  /^(collect|profiles|companies)\./.test(table.rebuiltFrom)
const statements = [...creation, ...(await upkeep())]

test('every cluster statement is parsed by the engine, which is all that is shown of it on one machine', async () => {
  const ch = openClickHouse({ ...inject('engines').clickhouse, database: 'default' })
  for (const text of statements) {
    const [row] = await ch.query<{ again: string }>('SELECT formatQuery({text:String}) AS again', { text })
    expect(row?.again).toMatch(/^(CREATE (TABLE|OR REPLACE DICTIONARY|DICTIONARY)|TRUNCATE|ALTER|SYSTEM)/)
  }
  // That the engine would have said no:
  await expect(
    ch.query('SELECT formatQuery({text:String})', { text: `${statements[0]} SHARD BY x` }),
  ).rejects.toThrow()
  await ch.close()
})

test('every statement about a table or dictionary of a cluster is for all of its nodes', () => {
  for (const text of statements) expect(text).toContain("ON CLUSTER 'growth'")
  for (const text of statements.slice(creation.length))
    if (!text.startsWith('SYSTEM')) expect(text).toMatch(/headwater\.\w+_local ON CLUSTER/)
})

test('statements that a cluster needs in another form are made in one place', () => {
  const src = fileURLToPath(new URL('../src/', import.meta.url))
  const found = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(?!platform.ch.).*(?<!\.test)\.ts$/.test(name))
    .filter((name) =>
      /[`'"](?:TRUNCATE|ALTER TABLE|SYSTEM|OPTIMIZE|DROP|EXCHANGE|RENAME|DETACH|ATTACH) /.test(
        readFileSync(`${src}${name}`, 'utf8'),
      ),
    )
  expect(found).toEqual([])
})

test('the engine knows the settings that go with every statement to a cluster', async () => {
  const ch = openClickHouse({ ...inject('engines').clickhouse, database: 'default' })
  const names = [
    ...Object.keys(clusterSettings),
    'mutations_sync',
    'alter_sync',
    'allow_nondeterministic_mutations',
  ]
  const rows = await ch.query<{ name: string }>(
    'SELECT name FROM system.settings WHERE name IN {names:Array(String)} ORDER BY name',
    { names },
  )
  expect(rows.map((row) => row.name)).toEqual(names.sort())
  await ch.close()
})

test('the statements are these', () => {
  const golden = new URL('./cluster-ddl.golden.sql', import.meta.url)
  const text = `${statements.join(';\n\n')};\n`
  if (process.env.UPDATE_GOLDEN) writeFileSync(golden, text)
  expect(readFileSync(golden, 'utf8')).toBe(text)
})

test('every table is sharded by columns of its own', () => {
  for (const table of analyticsSchemas.flatMap((schema) => schema.tables)) {
    const columns = table.columns.map((column) => column.split(' ')[0])
    const used = [...table.shardBy.matchAll(/[a-z_]+(?=[,)]|$)/g)].map((match) => match[0])
    expect(columns, table.name).toEqual(expect.arrayContaining(used))
  }
})
