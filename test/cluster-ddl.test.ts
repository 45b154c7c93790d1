import { readFileSync, writeFileSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { analyticsSchemas } from '#app/compose.ts'
import { openClickHouse } from '#platform/ch/client.ts'
import { createDictionary, createTable } from '#platform/ch/ddl.ts'

const at = { database: 'headwater', cluster: 'growth' }
const statements = analyticsSchemas.flatMap((schema) => [
  ...schema.tables.flatMap((table) => createTable(table, at)),
  ...(schema.dictionaries ?? []).map((dictionary) =>
    createDictionary(dictionary, at, { user: 'app', password: 'secret' }),
  ),
])

test('every cluster statement is parsed by the engine, which is all that is shown of it on one machine', async () => {
  const ch = openClickHouse({ ...inject('engines').clickhouse, database: 'default' })
  for (const text of statements) {
    const [row] = await ch.query<{ again: string }>('SELECT formatQuery({text:String}) AS again', { text })
    expect(row?.again).toMatch(/^CREATE (TABLE|OR REPLACE DICTIONARY|DICTIONARY)/)
  }
  // That the engine would have said no:
  await expect(
    ch.query('SELECT formatQuery({text:String})', { text: `${statements[0]} SHARD BY x` }),
  ).rejects.toThrow()
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
