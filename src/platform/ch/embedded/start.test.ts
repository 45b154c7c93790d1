import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ClickHouseClient, ClickHouseError, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '#platform/ch/embedded/start.ts'
import { createLog } from '#platform/log.ts'
import { nodeExecutable } from '#platform/node-runtime.ts'
import { isPidAlive } from '#platform/process-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'hw-ch-test-'))
const silent = createLog('silent')
let engine: EmbeddedClickHouse
let client: ClickHouseClient

beforeAll(async () => {
  engine = await startEmbeddedClickHouse({ dir: join(folder, 'clickhouse'), log: silent })
  client = connect({})
})

afterAll(async () => {
  await client.close()
  await engine.stop()
  rmSync(folder, { recursive: true, force: true })
})

function connect(options: Parameters<typeof createClient>[0]): ClickHouseClient {
  const { url, username, password } = engine
  // Level 127 is "off": expected errors would be printed otherwise.
  return createClient({ url, username, password, log: { level: 127 }, max_open_connections: 50, ...options })
}

async function ask<T = Record<string, unknown>>(
  query: string,
  params: Record<string, unknown> = {},
): Promise<T[]> {
  const result = await client.query({ query, query_params: params, format: 'JSONEachRow' })
  return result.json<T>()
}

async function newTable(name: string): Promise<void> {
  await client.command({ query: `CREATE TABLE ${name} (id UInt64, s String) ENGINE = MergeTree ORDER BY id` })
}

test('answers ping, and refuses a wrong password', async () => {
  expect(await client.ping()).toEqual({ success: true })
  const stranger = connect({ password: 'guess' })
  await expect(stranger.query({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '516' })
  await stranger.close()
})

test('binds parameters of every kind without letting them into the SQL', async () => {
  const at = new Date('2026-03-01T08:00:00.125Z')
  const nasty = `it's \\ "quoted"\n\ttab 中文 {a:String} -- ' OR 1`
  const rows = await ask(
    `SELECT {s:String} s, {list:Array(String)} list, {ids:Array(UInt64)} ids, {n:Int64} n, {f:Float64} f, {b:Bool} b,
       {none:Nullable(String)} none, {map:Map(String, String)} map, {at:DateTime64(3)} at, count() c FROM {d:Identifier}.{t:Identifier}`,
    {
      s: nasty,
      list: [nasty, ''],
      ids: [1, 2],
      n: -5,
      f: 1.5,
      b: true,
      none: null,
      map: { [nasty]: 'v' },
      at,
      d: 'system',
      t: 'one',
    },
  )
  expect(rows).toEqual([
    {
      s: nasty,
      list: [nasty, ''],
      ids: [1, 2],
      n: -5,
      f: 1.5,
      b: true,
      none: null,
      map: { [nasty]: 'v' },
      at: '2026-03-01T08:00:00.125Z',
      c: 1,
    },
  ])
})

test('a parameter list too long for a URL comes as a form', async () => {
  const wide = connect({ use_multipart_params_auto: true })
  const ids = Array.from({ length: 50_000 }, (_, n) => n * 2)
  const result = await wide.query({
    query: 'SELECT count() c FROM numbers(100000) WHERE number IN {ids:Array(UInt64)}',
    query_params: { ids },
    format: 'JSONEachRow',
  })
  expect(await result.json()).toEqual([{ c: 50_000 }])
  await wide.close()
})

test('concurrent queries keep their parameters and settings apart', async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      const result = await client.query({
        query: `SELECT {n:UInt32} n, getSetting('max_block_size') block, sum(number) s FROM numbers({n:UInt32})`,
        query_params: { n },
        clickhouse_settings: { max_block_size: String(1000 + n) },
        format: 'JSONEachRow',
      })
      return (await result.json<{ n: number; block: number; s: number }>())[0]
    }),
  )
  expect(answers).toEqual(answers.map((_, n) => ({ n, block: 1000 + n, s: n === 0 ? 0 : (n * (n - 1)) / 2 })))
})

test('nothing of one request is left for the next', async () => {
  await ask('SELECT {left_over:String} a', { left_over: 'x' })
  await expect(ask('SELECT {left_over:String} a')).rejects.toMatchObject({ code: '456' })
})

async function insertText(table: string, values: Readable, sender = client) {
  const sent = await sender.exec({ query: `INSERT INTO ${table} FORMAT JSONEachRow`, values })
  for await (const _ of sent.stream) expect.unreachable('an insert answers nothing')
  return sent
}

test('numbers stay Float64 and text that looks like a date stays text', async () => {
  await client.command({ query: 'CREATE TABLE flat (props JSON) ENGINE = MergeTree ORDER BY tuple()' })
  const values = Readable.from(['{"props":{"a.b":1.0,"d":"2026-01-01","l":["x","y"]}}'], {
    objectMode: false,
  })
  await insertText('flat', values)
  const rows = await ask(
    'SELECT props.a.b.:Float64 n, props.d.:String d, props.l.:`Array(Nullable(String))` l, dynamicType(props.a.b) t FROM flat',
  )
  expect(rows).toEqual([{ n: 1, d: '2026-01-01', l: ['x', 'y'], t: 'Float64' }])
})

test('frames are whole in framed formats, however many blocks the result has', async () => {
  const result = await client.query({ query: 'SELECT number FROM numbers(200000)', format: 'JSON' })
  const answer = await result.json<{ number: number }>()
  expect(answer.rows).toBe(200_000)
  expect(answer.data.at(-1)).toEqual({ number: 199_999 })
})

test('an empty result, a command and another database', async () => {
  expect(await ask('SELECT 1 WHERE 0')).toEqual([])
  await client.command({ query: 'CREATE DATABASE other ENGINE = Atomic' })
  const other = connect({ database: 'other' })
  await other.command({ query: 'CREATE TABLE here (id UInt8) ENGINE = MergeTree ORDER BY id' })
  expect(await ask("SELECT database FROM system.tables WHERE name = 'here'")).toEqual([{ database: 'other' }])
  await other.close()
})

test('inserts objects, raw text, compressed text and rows of VALUES, and counts what it wrote', async () => {
  await newTable('written')
  const rows = Array.from({ length: 1000 }, (_, id) => ({ id, s: `value ${id}` }))
  const first = await client.insert({
    table: 'written',
    values: rows,
    format: 'JSONEachRow',
    columns: ['id', 's'],
  })
  expect(first.summary).toMatchObject({ written_rows: '1000' })
  const lines = rows.map((row) => JSON.stringify(row)).join('\n')
  for (const compress of [false, true]) {
    const sender = connect({ compression: { request: compress } })
    const values = Readable.from([Buffer.from(lines)], { objectMode: false })
    const sent = await insertText('written', values, sender)
    expect(sent.summary).toMatchObject({ written_rows: '1000' })
    await sender.close()
  }
  const none = await insertText('written', Readable.from([], { objectMode: false }))
  expect(none.summary).toMatchObject({ written_rows: '0' })
  await client.command({ query: "INSERT INTO written VALUES (1, 'a'), (2, 'b')" })
  expect(await ask('SELECT count() c, uniqExact(id) ids FROM written')).toEqual([{ c: 3002, ids: 1000 }])
})

test('errors are ClickHouse errors with its codes', async () => {
  await expect(ask('SELECT * FROM nowhere')).rejects.toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' })
  await expect(ask('SELEC 1')).rejects.toMatchObject({ code: '62' })
  await expect(ask('SELECT 1 SETTINGS no_such_setting = 1')).rejects.toBeInstanceOf(ClickHouseError)
  await newTable('strict')
  await expect(
    client.insert({ table: 'strict', values: [{ id: 'not a number' }], format: 'JSONEachRow' }),
  ).rejects.toBeInstanceOf(ClickHouseError)
  await expect(
    client.query({
      query: 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)',
      clickhouse_settings: { max_execution_time: 0.2 },
    }),
  ).rejects.toMatchObject({ code: '159' })
})

test('an error after the answer has begun reaches the reader', async () => {
  const result = await client.query({
    // A pause a block: on a busy machine the engine was done, and had failed, before its first rows were fetched.
    query: 'SELECT sleep(0.2), throwIf(number = 300000), number FROM numbers(400000)',
    format: 'JSONEachRow',
    clickhouse_settings: { max_threads: 1 },
  })
  const read = async () => {
    for await (const rows of result.stream()) expect(rows.length).toBeGreaterThan(0)
  }
  await expect(read()).rejects.toMatchObject({ code: '395' })
})

test('a query whose client leaves is ended, whatever it is doing', async () => {
  const heavy = 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)'
  for (const query of [heavy, `SELECT (${heavy}) AS s, number FROM numbers(5)`]) {
    const leave = new AbortController()
    const running = client.query({ query, format: 'JSONEachRow', abort_signal: leave.signal })
    await expect.poll(() => countRunning('sipHash64'), { timeout: 10_000 }).toBe(1)
    leave.abort()
    await expect(running).rejects.toThrow()
    await expect.poll(() => countRunning('sipHash64'), { timeout: 10_000 }).toBe(0)
  }
})

async function countRunning(text: string): Promise<number> {
  const rows = await ask<{ c: number }>(
    `SELECT count() c FROM system.processes WHERE query LIKE {like:String} AND query NOT LIKE '%system.processes%'`,
    { like: `%${text}%` },
  )
  return rows[0]?.c ?? 0
}

test('a reader that stops reading holds neither the memory nor the other readers', async () => {
  const leave = new AbortController()
  const result = await client.query({
    query: `SELECT number, repeat('x', 1000) s FROM numbers(5000000)`,
    format: 'JSONEachRow',
    abort_signal: leave.signal,
  })
  const stalled = result.stream()
  stalled.on('error', () => undefined)
  expect(await ask('SELECT 1 AS one')).toEqual([{ one: 1 }])
  stalled.destroy()
  leave.abort()
  await expect.poll(() => countRunning('repeat'), { timeout: 10_000 }).toBe(0)
})

test('clients that leave in the middle of an answer leave no thread behind', async () => {
  for (let round = 0; round < 12; round++) {
    const leave = new AbortController()
    const result = await client.query({
      query: 'SELECT number, toString(number) s FROM numbers(3000000)',
      format: 'JSONEachRow',
      abort_signal: leave.signal,
    })
    const reading = result.stream()
    reading.on('error', () => undefined)
    await once(reading, 'data')
    leave.abort()
    reading.destroy()
  }
  // Five at once need every reading thread, and more.
  const ones = await Promise.all(Array.from({ length: 5 }, () => ask('SELECT sleep(0.01) AS zero')))
  expect(ones).toHaveLength(5)
})

test('more queries than threads wait their turn; far more are refused as overload', async () => {
  const slow = () =>
    client.query({ query: 'SELECT sleep(0.05)', format: 'JSONEachRow' }).then((r) => r.text())
  expect(await Promise.all(Array.from({ length: 20 }, slow))).toHaveLength(20)
  const crowd = connect({ max_open_connections: 300 })
  const outcomes = await Promise.allSettled(
    Array.from({ length: 200 }, () => crowd.query({ query: 'SELECT sleep(0.05)' }).then((r) => r.text())),
  )
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  for (const { reason } of refused) expect(reason).toMatchObject({ code: '202' })
  await crowd.close()
})

test('killed five times during inserts it loses no acknowledged row, and the same client goes on', async () => {
  await newTable('kept')
  let restarts = 0
  engine.onRestart(() => {
    restarts += 1
  })
  const acknowledged: number[] = []
  let next = 0
  let isOver = false
  const writer = async () => {
    while (!isOver) {
      const values = Array.from({ length: 200 }, () => ({ id: next++, s: 'x' }))
      try {
        await client.insert({ table: 'kept', values, format: 'JSONEachRow' })
        acknowledged.push(...values.map(({ id }) => id))
      } catch {
        await sleep(10)
      }
    }
  }
  const writers = [writer(), writer()]
  for (let round = 1; round <= 5; round++) {
    const before = acknowledged.length
    await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(before + 1000)
    const pid = engine.pid() ?? 0
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => restarts, { timeout: 10_000 }).toBe(round)
  }
  isOver = true
  await Promise.all(writers)
  const stored = new Set((await ask<{ id: number }>('SELECT DISTINCT id FROM kept')).map(({ id }) => id))
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
  expect(acknowledged.length).toBeGreaterThan(5000)
})

test('kill() replaces a busy engine and answers when the next one is ready', async () => {
  const running = client.query({ query: 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)' })
  running.catch(() => undefined)
  const before = engine.pid()
  await engine.kill()
  await expect(running).rejects.toThrow()
  expect(engine.pid()).not.toBe(before)
  expect(await ask('SELECT 1 AS one')).toEqual([{ one: 1 }])
})

const starter = `
  const { startEmbeddedClickHouse } = await import('#platform/ch/embedded/start.ts')
  const { createLog } = await import('#platform/log.ts')
  const engine = await startEmbeddedClickHouse({ dir: process.argv[1], log: createLog('silent') })
  console.log(engine.pid())
  setInterval(() => undefined, 1000)`

test('the engine ends with its owner, and its folder is free for the next one', async () => {
  const dir = join(folder, 'orphan')
  const owner = spawn(nodeExecutable(), ['--input-type=module', '-e', starter, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(owner.stdout, 'data')
  const pid = Number(line)
  owner.kill('SIGKILL')
  const next = await startEmbeddedClickHouse({ dir, log: silent })
  await expect.poll(() => isPidAlive(pid), { timeout: 10_000 }).toBe(false)
  await Promise.all([next.stop(), next.stop()])
  expect(isPidAlive(next.pid() ?? 0)).toBe(false)
})

test('stop lets a write finish and ends reads', async () => {
  const other = await startEmbeddedClickHouse({ dir: join(folder, 'stopping'), log: silent })
  const { url, username, password } = other
  const sender = createClient({ url, username, password, log: { level: 127 } })
  await sender.command({ query: 'CREATE TABLE t (id UInt64) ENGINE = MergeTree ORDER BY id' })
  const writing = sender.command({ query: 'INSERT INTO t SELECT number FROM numbers(2000000)' })
  const reading = sender
    .query({ query: 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)' })
    .catch((error: unknown) => error)
  await sleep(100)
  await other.stop()
  await writing
  expect(await reading).toBeInstanceOf(Error)
  await sender.close()
})
