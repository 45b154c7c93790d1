import { createServer, type Server, connect as tcp } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createDatabase } from '#app/engines.ts'
import type { Connection } from '#modules/connectors/contract.ts'
import type { Preview } from '#modules/imports/contract.ts'
import {
  countOf,
  createSource,
  runNow,
  runsOf,
  saveMapping,
} from '#modules/imports/server/sources/testing/sources.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let door: Server
let shop: pg.Client
let port: number
const name = `shop_${Math.random().toString(36).slice(2)}`

/** The embedded server listens on a socket in a folder: this lets TCP in, for a database of its own. */
beforeAll(async () => {
  const { superuserUrl } = inject('engines')
  await createDatabase(superuserUrl, name, 'template1')
  shop = new pg.Client({ connectionString: superuserUrl.replace('/postgres?', `/${name}?`) })
  await shop.connect()
  await shop.query(`
    create table customer (id bigint primary key, city text, changed timestamptz not null);
    do $$ begin create role shop_reader login; exception when duplicate_object then null; end $$;
    grant select on customer to shop_reader`)
  const folder = new URL(superuserUrl).searchParams.get('host') as string
  door = createServer((socket) => {
    const inner = tcp(`${folder}/.s.PGSQL.5432`)
    socket.pipe(inner).pipe(socket)
    socket.on('error', () => inner.destroy())
    inner.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  port = (door.address() as { port: number }).port
  app = await startTestApp({ env: { HEADWATER_ALLOW_TARGETS: `127.0.0.1:${port}` } })
})
afterAll(async () => {
  await shop.end()
  door.close()
})

async function connect(ws: TestWorkspace, place: object = {}) {
  const { superuserUrl } = inject('engines')
  const made = await ws.call<Connection>('POST', '/api/connections', {
    name: `Shop ${Math.random()}`,
    place: {
      ...{ kind: 'postgres', host: '127.0.0.1', port, database: name, tls: false },
      ...{ user: new URL(superuserUrl).username, ...place },
    },
    credentials: { secret: decodeURIComponent(new URL(superuserUrl).password) || 'none' },
  })
  expect(made.status).toBe(201)
  return made.body
}

const testOf = async (ws: TestWorkspace, { id }: Connection) =>
  (await ws.call<Connection>('POST', `/api/connections/${id}/test`)).body.tested

async function shopSource(ws: TestWorkspace, sql: string, cursor: string) {
  const connection = await connect(ws)
  expect(await testOf(ws, connection)).toMatchObject({ code: null })
  const place = { kind: 'database', connection: connection.id, sql, cursor }
  return createSource(ws, { place, mapping: await saveMapping(ws) })
}

const insert = (...rows: [id: number, city: string, changed: string][]) =>
  shop.query(
    `insert into customer select * from jsonb_to_recordset($1) as r (id bigint, city text, changed timestamptz)
     on conflict (id) do update set city = excluded.city, changed = excluded.changed`,
    [JSON.stringify(rows.map(([id, city, changed]) => ({ id, city, changed })))],
  )

test('rows come once each: new ones, changed ones, and those with the very last value', async () => {
  const ws = await app.workspace()
  await shop.query('truncate customer')
  const [early, late] = ['2026-01-01T00:00:00.000001Z', '2026-01-01T00:00:00.000002Z']
  await insert([1, 'Rome', early], [2, 'Oslo', late])
  const source = await shopSource(ws, 'select id, city, changed from customer; -- all', 'changed')
  expect(await runNow(ws, source.id)).toMatchObject({ state: 'done', files: 1, rows: 2, created: 2 })
  expect(await runNow(ws, source.id)).toMatchObject({ state: 'done', files: 0 })
  // In the same microsecond as the last one, committed after it was read.
  await insert([3, 'Bonn', late])
  expect(await runNow(ws, source.id)).toMatchObject({ rows: 1, created: 1 })
  await insert([1, 'Lima', '2026-02-01T00:00:00Z'])
  expect(await runNow(ws, source.id)).toMatchObject({ rows: 1, updated: 1 })
  expect(await countOf(ws, { attr: 'city', op: 'in', value: ['Lima', 'Oslo', 'Bonn'] })).toBe(3)
})

test('many rows come in bundles, and rows of one value beyond a batch are all taken', async () => {
  const ws = await app.workspace()
  await shop.query('truncate customer')
  await shop.query(
    `insert into customer select n, 'Rome', '2026-01-01T00:00:00Z' from generate_series(1, 12000) n`,
  )
  const source = await shopSource(ws, 'select id, city, changed from customer', 'changed')
  expect(await runNow(ws, source.id)).toMatchObject({ state: 'done', rows: 12_000, created: 12_000 })
  await insert([12_001, 'Rome', '2026-01-01T00:00:00Z'])
  expect(await runNow(ws, source.id)).toMatchObject({ rows: 1, created: 1 })
})

test('rows that could not come in come again once the mapping fits', async () => {
  const ws = await app.workspace()
  await shop.query('truncate customer')
  await insert([1, 'Rome', '2026-01-01T00:00:00Z'])
  const connection = await connect(ws)
  const mapping = await saveMapping(ws)
  const sql = 'select id as number, city as town, changed from customer'
  const place = { kind: 'database', connection: connection.id, sql, cursor: 'changed' }
  const source = await createSource(ws, { place, mapping })
  expect(await runNow(ws, source.id)).toMatchObject({
    ...{ state: 'failed', created: 0 },
    error: { code: 'import.unknown_column' },
  })
  const spec = { kind: 'people', key: { column: 'number', kind: 'user_id' }, columns: {} }
  const other = await saveMapping(ws, spec, ['number', 'town'])
  await ws.call('PATCH', `/api/imports/sources/${source.id}`, { mapping: other })
  expect(await runNow(ws, source.id)).toMatchObject({ state: 'done', created: 1 })
})

test('nothing is written there, nothing but one SELECT runs, and what the database says is told', async () => {
  const ws = await app.workspace()
  await shop.query('truncate customer')
  await insert([1, 'Rome', '2026-01-01T00:00:00Z'])
  const connection = await connect(ws)
  const look = async (sql: string, cursor = 'id') => {
    const place = { kind: 'database', connection: connection.id, sql, cursor }
    return ws.call<Preview & { code: string }>('POST', '/api/imports/sources/preview', { place })
  }
  expect((await look('select id, city from customer')).body).toMatchObject({ rows: 1 })
  expect((await look('with c as (select * from customer) select * from c')).status).toBe(200)
  for (const [sql, code] of [
    ['delete from customer', 'connection.not_a_select'],
    [
      'select 1 as id) as q; delete from customer; select * from (select 1 as id',
      'connection.statement_refused',
    ],
    ['with gone as (delete from customer returning id) select id from gone', 'connection.statement_refused'],
    ["select setval('x', 1) as id", 'connection.statement_refused'],
    ['select city from customer', 'connection.statement_refused'],
    ['select * from missing', 'connection.statement_refused'],
    ['select id from customer where false', 'source.nothing_there'],
  ] as const)
    expect((await look(sql)).body.code, sql).toBe(code)
  expect((await shop.query('select count(*)::int as n from customer')).rows[0].n).toBe(1)
})

test('only the judged address is connected to, and a server that is away is waited for', async () => {
  const ws = await app.workspace()
  const refused = await connect(ws, { port: port === 65_535 ? port - 1 : port + 1 })
  expect(await testOf(ws, refused)).toMatchObject({ code: 'outbound.refused_target' })
  for (const host of ['localhost', '::1', '0.0.0.0', '169.254.169.254', '10.0.0.1', '::ffff:127.0.0.1']) {
    for (const kind of ['postgres', 'mysql'])
      expect(await testOf(ws, await connect(ws, { kind, host, port: 5432 })), host).toMatchObject({
        code: 'outbound.refused_target',
      })
  }
  expect(await testOf(ws, await connect(ws, { database: 'no_such_shop' }))).toMatchObject({
    code: 'connection.no_database',
  })
  expect(await testOf(ws, await connect(ws, { tls: true }))).toMatchObject({ code: 'connection.unreachable' })
  const { body } = await ws.call('POST', '/api/imports/sources', {
    ...{ name: 'Watched', mapping: await saveMapping(ws), schedule: { every: 'file' } },
    place: { kind: 'database', connection: refused.id, sql: 'select 1 as id', cursor: 'id' },
  })
  expect(body).toMatchObject({ code: 'source.bad_schedule' })
})

test('another SELECT begins at the first row; another name does not', async () => {
  const ws = await app.workspace()
  await shop.query('truncate customer')
  await insert([1, 'Rome', '2026-01-01T00:00:00Z'])
  const source = await shopSource(ws, 'select id, city from customer', 'id')
  await runNow(ws, source.id)
  await ws.call('PATCH', `/api/imports/sources/${source.id}`, { name: 'Customers' })
  expect(await runNow(ws, source.id)).toMatchObject({ files: 0 })
  const place = { ...source.place, sql: 'select id, upper(city) as city from customer' }
  await ws.call('PATCH', `/api/imports/sources/${source.id}`, { place })
  expect(await runNow(ws, source.id)).toMatchObject({ rows: 1, updated: 1 })
  expect(await runsOf(ws, source.id)).toHaveLength(3)
})
