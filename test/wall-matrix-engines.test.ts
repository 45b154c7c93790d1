import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'
import { callRoute, nameOf, withCookie, withKey } from './wall-matrix/call-route.ts'
import { samples } from './wall-matrix/samples.ts'
import { type Populated, populate } from './wall-matrix/things.ts'
import { unfencedTables } from './wall-matrix/walled-statement.ts'
import { analyticsTables, walledTables } from './wall-matrix/workspace-rows.ts'

let app: TestApp
let foreign: Populated
let mine: Populated
/** Whether a question of somebody's led to the statement, or the program's own upkeep. */
const statements = new Map<string, 'request' | 'program'>()
const asking = new AsyncLocalStorage<true>()
const record = (sql: string) => {
  if (asking.getStore()) statements.set(sql, 'request')
  else if (!statements.has(sql)) statements.set(sql, 'program')
}

beforeAll(async () => {
  app = await startTestApp()
  const { query, command, table } = app.ch
  app.ch.query = (sql, ...rest) => {
    record(sql)
    return query(sql, ...rest)
  }
  app.ch.table = (sql, ...rest) => {
    record(sql)
    return table(sql, ...rest)
  }
  app.ch.command = (sql, ...rest) => {
    record(sql)
    return command(sql, ...rest)
  }
  foreign = await populate(app, 'Alpha', 'owner1@example.com')
  mine = await populate(app, 'Beta', 'owner2@example.com')
}, 120_000)

/** As the application itself reaches Postgres, inside one workspace, but with statements it would never send. */
async function asApplication<T>(workspace: number, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: app.databaseUrl, options: '-c role=headwater_app' })
  await client.connect()
  try {
    await client.query(`begin; set local app.workspace_id = '${workspace}'`)
    return await work(client)
  } finally {
    await client.end()
  }
}

test('with no filter but the wall, a workspace reads its own rows only, in every table and view', async () => {
  const seen = await asApplication(mine.num, async (client) => {
    const tables = await walledTables(client)
    const views = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'v' and n.nspname = 'read'`,
    )
    const names = [...tables, ...views.rows.map(({ name }) => ({ name, column: 'workspace_id' }))]
    const found: { name: string; rows: number; foreign: number; tells: boolean }[] = []
    for (const { name, column } of names.filter((one) => one.name !== 'access.session')) {
      const { rows } = await client.query<Record<string, unknown>>(`select * from ${name}`)
      const text = JSON.stringify(rows).toLowerCase()
      const strangers = rows.filter((row) => row[column] !== mine.num).length
      const tells = foreign.markers.some((marker) => text.includes(marker))
      found.push({ name, rows: rows.length, foreign: strangers, tells })
    }
    return found
  })
  expect(seen.filter((one) => one.foreign > 0 || one.tells)).toEqual([])
  expect(seen.filter((one) => one.rows > 0).length).toBeGreaterThan(20)
})

test('nor can it change, delete, adopt or plant a row of another workspace', async () => {
  const { rows: before } = await allRows(foreign.num)
  await asApplication(mine.num, async (client) => {
    for (const { name, column } of await walledTables(client)) {
      const attempt = async (statement: string) => {
        await client.query('savepoint attempt')
        const outcome = await client.query(statement).then(
          (result) => result.rowCount ?? 0,
          (error: { code?: string }) => error.code ?? 'failed',
        )
        await client.query('rollback to attempt')
        return outcome
      }
      // 42501: refused by policy or grant; 428C9: an identity column, which nobody may set
      const refused = [0, '42501', '428C9']
      expect(refused, name).toContain(
        await attempt(`update ${name} set ${column} = ${column} where ${column} = ${foreign.num}`),
      )
      expect(refused, name).toContain(await attempt(`update ${name} set ${column} = ${foreign.num}`))
      expect(refused, name).toContain(await attempt(`delete from ${name} where ${column} = ${foreign.num}`))
    }
    await client.query('commit')
  })
  expect((await allRows(foreign.num)).rows).toBe(before)
})

async function allRows(workspace: number): Promise<{ rows: number }> {
  const client = new pg.Client({ connectionString: app.databaseUrl })
  await client.connect()
  let rows = 0
  for (const { name, column } of await walledTables(client)) {
    const answer = await client.query(`select count(*)::int as n from ${name} where ${column} = $1`, [
      workspace,
    ])
    rows += answer.rows[0].n as number
  }
  await client.end()
  return { rows }
}

/**
 * Statements over all workspaces on purpose: the single writer's upkeep, whose result no caller sees. Each is named by
 * a piece of its text. A statement that a request leads to finds no excuse here.
 */
const ofTheProgram: RegExp[] = [
  // what a crash left behind the checkpoint, and whether a shipped range is all there
  /^SELECT count\(\) AS n FROM events WHERE seq >=? \{/,
  // whether everything is there at a start, by sums and counts
  /^SELECT intDiv\(seq - 1, 200\) AS block, count\(\) AS n FROM events GROUP BY block$/,
  /^SELECT \(SELECT uniqExact\(ws, unit\) FROM events\) = /,
  /^\s*SELECT toString\(p.people\) AS people, toString\(p.persons\)/,
  /^\s*SELECT p\.people = t\.people AND p\.persons = t\.persons AS same/,
  /^SELECT count\(\) AS n FROM unit_activity WHERE \(ws, unit\) NOT IN \(SELECT ws, unit FROM events\)$/,
  /^SELECT max\(version\) AS version FROM \(SELECT version FROM unit_person UNION ALL/,
  // whether companies and households are all there at a start
  /^SELECT count\(\) AS n, toFloat64\(sum\(version\)\) AS last FROM circle(_member)? FINAL WHERE deleted = 0$/,
  // rows of a transaction that Postgres never committed
  /^SELECT DISTINCT ws, person FROM people WHERE version > \{/,
  // whose time has come
  /FROM segment_member WHERE recheck_at > \{after:Int64\}/,
]

test('every statement the whole API sends to ClickHouse says whose rows it wants', async () => {
  for (const named of app.namedRoutes) {
    const name = nameOf(named)
    if (name === 'access.logOut') continue
    for (const who of [mine, foreign])
      for (const headers of [withKey(who.ws.apiKey), withCookie(who.cookie)]) {
        const sample = samples[name]?.(who.things, `s${statements.size}x${who.num}`) ?? {}
        await asking.run(true, () => callRoute(app, named, sample, headers))
      }
  }
  const bare = [...statements]
    .filter(([sql, by]) => by === 'request' || !ofTheProgram.some((known) => known.test(sql)))
    .map(([sql]) => ({ sql, tables: unfencedTables(sql, analyticsTables) }))
    .filter(({ tables }) => tables.length > 0)
  expect(bare).toEqual([])
  const read = analyticsTables.filter((table) => [...statements.keys()].some((sql) => sql.includes(table)))
  expect(read.length).toBeGreaterThan(5)
  expect([...statements.values()].filter((by) => by === 'request').length).toBeGreaterThan(30)
}, 120_000)
