import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type ClickHouse, openClickHouse } from '#platform/ch/client.ts'
import { createTable, type TableSpec } from '#platform/ch/ddl.ts'
import { addOrders } from '#platform/ch/second-orders.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'

let ch: ClickHouse
beforeAll(async () => {
  const database = `orders_${randomUUID().slice(0, 8)}`
  const keeper = openClickHouse({ ...inject('engines').clickhouse, database: 'default' })
  await keeper.command(`CREATE DATABASE ${database}`)
  await keeper.close()
  ch = openClickHouse({ ...inject('engines').clickhouse, database })
})
afterAll(() => ch.close())

const old: TableSpec = {
  name: 'told',
  columns: ['who UInt64', 'what String', 'props JSON'],
  engine: 'MergeTree',
  orderBy: 'who',
  shardBy: 'who',
}
const spec: TableSpec = {
  ...old,
  orders: [{ name: 'by_what', columns: ['what', 'who', 'props'], orderBy: ['what', 'who'] }],
}

const tell = (from: number) =>
  ch.command(
    `INSERT INTO told SELECT number, concat('w', toString(number % 50)), concat('{"n":', toString(number), '}')::JSON
     FROM numbers(${from}, 30000) SETTINGS max_block_size = 65536`,
  )
const rows = async (of: string) =>
  (
    await ch.query<{ n: number; hash: string }>(
      `SELECT count() AS n, toString(sum(cityHash64(what, who, toJSONString(props)))) AS hash FROM ${of} SETTINGS optimize_use_projections = 0`,
    )
  )[0]
const second = `mergeTreeProjection(currentDatabase(), 'told', 'by_what')`
const ask = 'SELECT count() AS n, sum(props.n.:Int64) AS s FROM told WHERE what = {what:String}'
const asked = (settings: Record<string, number>) => ch.query(ask, { what: 'w7' }, { settings })
const filled = () =>
  ch.query<{ n: number }>(
    `SELECT count() AS n FROM system.mutations WHERE database = currentDatabase() AND table = 'told' AND command LIKE '%MATERIALIZE%'`,
  )

test('a table from before gets a second order, answers right meanwhile, and keeps both alike', async () => {
  for (const statement of createTable(old, ch)) await ch.command(statement)
  await tell(0)
  const before = await asked({})
  await ch.command('SYSTEM STOP MERGES told') // nothing is filled yet
  await addOrders(ch, spec)
  await tell(30_000) // a part that has it beside one that has not
  expect(await asked({})).toEqual(await asked({ optimize_use_projections: 0 }))
  expect(await asked({})).not.toEqual(before)
  await ch.command('SYSTEM START MERGES told')
  await expect.poll(() => rows(second), { timeout: 20_000 }).toEqual(await rows('told'))

  const plan = await ch.query<{ explain: string }>(`EXPLAIN ${ask}`, { what: 'w7' })
  expect(plan.map((row) => row.explain).join('\n')).toContain('by_what')
  await deleteRows(ch, 'told', () => 'who % 3 = 1')
  expect((await rows('told'))?.n).toBe(40_000)
  expect(await rows(second)).toEqual(await rows('told'))
  await ch.command('OPTIMIZE TABLE told FINAL')
  expect(await rows(second)).toEqual(await rows('told'))
  expect(await asked({})).toEqual(await asked({ optimize_use_projections: 0 }))

  // Whatever starts next finds nothing to do.
  await addOrders(ch, spec)
  expect(await filled()).toEqual([{ n: 1 }])
})
