import { execFileSync } from 'node:child_process'
import type { AddressInfo, Server, Socket } from 'node:net'
import { type Connection, createServer as createMysqlServer } from 'mysql2'
import { afterEach, expect, test } from 'vitest'
import { openTables } from '#modules/connectors/server/database/open-tables.ts'
import { createOutbound } from '#platform/outbound/create-outbound.ts'

type Answer =
  | { endless: string }
  | { columns: { name: string; columnType: number }[]; rows: unknown[][] }
  | { error: string; code: number }
const [longlong, varString] = [8, 253]
const open = new Set<() => void>()
afterEach(() => {
  for (const close of open) close()
  open.clear()
})

/** What the library's server can do, of which its types know less. */
type Writer = {
  sequenceId: number
  writeOk(): void
  writeError(error: object): void
  writeColumns(columns: object[]): void
  writeTextRow(row: unknown[]): void
  writeEof(): void
}

/** A server that speaks the protocol and answers by a function; what it heard is told. */
function startFake(answer: (sql: string) => Answer | undefined, refuses = false) {
  const heard: string[] = []
  const server = createMysqlServer(undefined as never)
  server.on('connection', (connection) => {
    connection.on('error', () => undefined)
    const writer = connection as unknown as Writer
    connection.serverHandshake({
      ...{ protocolVersion: 10, serverVersion: '8.0.36', connectionId: 1, statusFlags: 2, characterSet: 45 },
      capabilityFlags: 0xffffff & ~0x800, // no TLS
      authCallback: (_given: unknown, done: (error: null, refusal: object | null) => void) => {
        done(null, refuses ? { message: 'Access denied', code: 1045 } : null)
        // Every command counts its packets anew, which the library leaves to its users.
        writer.sequenceId = 0
      },
    } as unknown as Parameters<typeof connection.serverHandshake>[0])
    const hear = (sql: string) => {
      heard.push(sql)
      const said = answer(sql)
      writer.sequenceId = 1
      if (!said) writer.writeOk()
      else if ('endless' in said) return sendForEver(connection, said.endless)
      else if ('error' in said) writer.writeError({ message: said.error, code: said.code })
      else {
        const shared = { catalog: 'def', schema: 's', table: 't', orgTable: 't', characterSet: 45 }
        const sizes = { columnLength: 255, flags: 0, decimals: 0 }
        writer.writeColumns(said.columns.map((one) => ({ ...shared, ...sizes, orgName: one.name, ...one })))
        for (const row of said.rows) writer.writeTextRow(row)
        writer.writeEof()
      }
      writer.sequenceId = 0
    }
    connection.on('query', hear)
    // So the library calls a SET.
    connection.on('stmt_prepare', hear)
  })
  const raw = (server as unknown as { _server: Server })._server
  open.add(() => raw.close())
  return new Promise<{ port: number; heard: string[] }>((resolve) => {
    raw.listen(0, '127.0.0.1', () => resolve({ port: (raw.address() as AddressInfo).port, heard }))
  })
}

/** Rows as fast as somebody takes them, until they hang up. */
function sendForEver(connection: Connection, value: string): void {
  const { stream } = connection as unknown as { stream: Socket }
  const writer = connection as unknown as Writer
  const shared = { catalog: 'def', schema: 's', table: 't', orgTable: 't', characterSet: 45 }
  const column = {
    columnLength: 255,
    flags: 0,
    decimals: 0,
    name: 'note',
    orgName: 'note',
    columnType: varString,
  }
  writer.writeColumns([{ ...shared, ...column }])
  const pump = () => {
    while (!stream.destroyed && !stream.writableNeedDrain) writer.writeTextRow([value])
    if (!stream.destroyed) stream.once('drain', pump)
  }
  pump()
}

const openAt = (port: number, more: object = {}) => {
  const outbound = createOutbound({ allow: [`127.0.0.1:${port}`] })
  const place = { kind: 'mysql' as const, host: '127.0.0.1', port, database: 'shop', user: 'u', tls: false }
  return openTables(outbound, { ...place, ...more }, { key: '', secret: 'p' })
}
const pull = { sql: 'select id, name from customer', cursor: 'id', from: null, limit: 10 }

test('rows come in a reading transaction, in the order of the cursor, with its value as exact text', async () => {
  const { port, heard } = await startFake((sql) =>
    sql.startsWith('select q.*')
      ? {
          columns: [
            { name: 'id', columnType: longlong },
            { name: 'name', columnType: varString },
            { name: 'headwater cursor', columnType: varString },
          ],
          rows: [['7', 'Ann', '7']],
        }
      : undefined,
  )
  const tables = await openAt(port)
  const from = { value: '5', type: 'number' as const }
  expect(await tables.read({ ...pull, from })).toEqual([
    { values: { id: 7, name: 'Ann' }, cursor: { value: '7', type: 'number' } },
  ])
  await tables.close()
  expect(heard).toEqual([
    "set session time_zone = '+00:00'",
    'set session transaction read only',
    'set session max_execution_time = 120000',
    'start transaction read only',
    expect.stringMatching(
      /^select q\.\*, cast\(q\.`id` as char\) as `headwater cursor` from \(\nselect id, name from customer\n\) as q where q\.`id` >= cast\('5' as unsigned\) order by q\.`id` limit 10$/,
    ),
    'rollback',
  ])
})

test('a refused login, a refused statement and a server without TLS are told apart', async () => {
  const closed = await startFake(() => undefined, true)
  await expect(openAt(closed.port)).rejects.toMatchObject({ code: 'connection.login_refused' })
  const fake = await startFake((sql) =>
    sql.startsWith('select q.*') ? { error: "Table 'shop.customer' doesn't exist", code: 1146 } : undefined,
  )
  const tables = await openAt(fake.port)
  await expect(tables.read(pull)).rejects.toMatchObject({
    ...{ code: 'connection.statement_refused', kind: 'invalid' },
    details: { said: "Table 'shop.customer' doesn't exist", state: 'ER_NO_SUCH_TABLE' },
  })
  await expect(tables.read({ ...pull, sql: 'drop table customer' })).rejects.toMatchObject({
    code: 'connection.not_a_select',
  })
  await tables.close()
  await expect(openAt(fake.port, { tls: true })).rejects.toMatchObject({ code: 'connection.no_tls' })
})

test('a private address is refused before a byte is sent; nobody there is told as such', async () => {
  const outbound = createOutbound({ allow: [] })
  const place = { kind: 'mysql' as const, host: 'localhost', port: 3306, database: 's', user: 'u', tls: true }
  await expect(openTables(outbound, place, { key: '', secret: 'p' })).rejects.toMatchObject({
    code: 'outbound.refused_target',
  })
  await expect(openAt(1)).rejects.toMatchObject({ code: 'connection.unreachable' })
})

test('a peer that sends for ever is hung up on, and the next statement finds a new connection', async () => {
  const { port } = await startFake((sql) => {
    if (!sql.startsWith('select q.*')) return undefined
    if (sql.includes('limit 10')) return { endless: 'x'.repeat(1_000_000) }
    return { columns: [{ name: 'id', columnType: longlong }], rows: [['7']] }
  })
  const tables = await openAt(port)
  await expect(tables.read({ ...pull, cursor: undefined })).rejects.toMatchObject({
    ...{ code: 'connection.answer_too_large', kind: 'invalid' },
    details: { limit: 64 * 1024 * 1024 },
  })
  expect(await tables.read({ ...pull, cursor: undefined, limit: 1 })).toEqual([
    { values: { id: 7 }, cursor: null },
  ])
  await tables.close()
})

/** A real server, where this machine has one. */
function hasServer(): boolean {
  try {
    execFileSync('mariadbd', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false // not installed
  }
}
test.skipIf(!hasServer())('against MariaDB: install mariadb-server to run this', async () => {
  const { startMariadb } = await import('#modules/connectors/server/testing/start-mariadb.ts')
  const server = await startMariadb()
  try {
    server.run(`create database shop; create table shop.customer (id bigint unsigned primary key, name varchar(50), changed datetime(6));
      insert into shop.customer values (1, '李雯', '2026-01-01 00:00:00.000001'), (9007199254740993, 'Bo', '2026-01-01 00:00:00.000002')`)
    const tables = await openAt(server.port, { user: 'reader', database: 'shop' })
    const all = await tables.read({ ...pull, sql: 'select * from customer', cursor: 'changed' })
    expect(all.map((row) => row.values)).toEqual([
      { id: 1, name: '李雯', changed: '2026-01-01 00:00:00.000001' },
      { id: '9007199254740993', name: 'Bo', changed: '2026-01-01 00:00:00.000002' },
    ])
    const later = await tables.read({
      ...{ ...pull, sql: 'select * from customer', cursor: 'changed' },
      from: { value: '2026-01-01 00:00:00.000002', type: 'text' },
    })
    expect(later).toHaveLength(1)
    // Of every kind of column, as JSON lines can hold them.
    server.run(`use shop; create table odd (id int primary key, price decimal(20,4), seen date, never datetime, at time, doc json,
        photo blob, big bigint, flag bit(1), kind enum('a','b'), y year, ok boolean, note longtext);
      set sql_mode=''; insert into odd values (1, 12345678901234.5, '2026-02-03', '0000-00-00 00:00:00', '12:30:00', '{"a":[1]}',
        x'00ff', -9007199254740993, b'1', 'b', 2026, true, '')`)
    const [odd] = await tables.read({ ...pull, sql: 'select * from odd; -- all' })
    expect(odd).toMatchObject({
      values: {
        ...{ price: '12345678901234.5000', seen: '2026-02-03', never: '0000-00-00 00:00:00', at: '12:30:00' },
        ...{ photo: null, big: '-9007199254740993', kind: 'b', y: 2026, ok: 1, note: '' },
      },
      cursor: { value: '1', type: 'number' },
    })
    await expect(tables.read({ ...pull, sql: 'select nothing from odd' })).rejects.toMatchObject({
      code: 'connection.statement_refused',
    })
    await expect(
      tables.read({ ...pull, sql: "select 1 as id into outfile '/tmp/no'", cursor: undefined }),
    ).rejects.toMatchObject({ code: 'connection.statement_refused' })
    server.run(`use shop; set global max_allowed_packet=1073741824;
      update odd set note = repeat('x', 15000000); insert into odd (id, note) select seq, repeat('x', 15000000) from seq_2_to_8`)
    await expect(tables.read({ ...pull, sql: 'select * from odd' })).rejects.toMatchObject({
      code: 'connection.answer_too_large',
    })
    expect(await tables.read({ ...pull, sql: 'select * from odd', limit: 2 })).toHaveLength(2)
    await tables.close()
  } finally {
    await server.stop()
  }
})
