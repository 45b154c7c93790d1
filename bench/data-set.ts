import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Running, startHeadwater } from '#app/start.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import { readConfig } from '#platform/config.ts'
import { createLog } from '#platform/log.ts'

/**
 * A workspace filled directly in both engines: people with attributes, a login each, twenty events each over 180
 * days. The way in has its own benches; this one is about questions. It takes minutes to make, so with
 * `HEADWATER_BENCH_DATA` (a folder) it is kept there and opened again by the next run.
 */
export async function openDataSet(people: number, events: number, more?: More) {
  const kept = process.env.HEADWATER_BENCH_DATA
  const name = [people, events, ...(more ? [more.name] : [])].join('-')
  const folder = kept ? join(kept, name) : mkdtempSync(join(tmpdir(), 'headwater-bench-'))
  const running = await start(folder)
  const keyFile = join(folder, 'bench-key')
  if (!existsSync(keyFile)) await fill(running, keyFile, { people, events, more })
  const { app, url } = running
  const headers = {
    authorization: `Bearer ${readFileSync(keyFile, 'utf8')}`,
    'content-type': 'application/json',
  }
  const call = async <T>(path: string, init?: RequestInit) => {
    const reply = await fetch(url + path, { ...init, headers })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }
  return {
    running,
    get: <T>(path: string) => call<T>(path),
    post: <T>(path: string, body: unknown) => call<T>(path, { method: 'POST', body: JSON.stringify(body) }),
    sql: <T>(sql: string) => app.ch.query<T>(sql.replaceAll('DB.', `${app.ch.database}.`), { ws: 1 }),
    stop: async () => {
      await running.stop()
      if (!kept) rmSync(folder, { recursive: true, force: true })
    },
  }
}

function start(folder: string): Promise<Running> {
  mkdirSync(folder, { recursive: true })
  const settings = readConfig({
    HEADWATER_DATA_DIR: folder,
    HEADWATER_PORT: '0',
    HEADWATER_LOG_LEVEL: 'warn',
  })
  return startHeadwater(settings, createLog('warn'))
}

async function fill(
  { app, engines }: Running,
  keyFile: string,
  { people, events, more }: { people: number; events: number; more: More | undefined },
) {
  const { apiKey } = await app.access.createWorkspace({
    name: 'Bench',
    timezone: 'UTC',
    owner: { email: 'bench@example.com', password: 'bench-password' },
  })
  // Once after its start the program compares its engines; it must not find one filled and the other not yet.
  await new Promise((resolve) => setTimeout(resolve, 2000))
  await fillPostgres(engines.databaseUrl, people, events)
  await fillClickHouse(app.ch, people, events)
  await more?.fill(app.ch, engines.databaseUrl, people)
  writeFileSync(keyFile, apiKey) // last: a folder without it is not whole
}

async function fillPostgres(url: string, people: number, events: number): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: '-c role=headwater_system' })
  await client.connect()
  await client.query(
    `insert into profiles.identifier (workspace_id, unit, kind, value, person, component, first_time, first_message_id, seen)
     select 1, n, 'user_id', 'u' || n, n, n, 1700000000000, 'm', true from generate_series(1, $1::int) n`,
    [people],
  )
  await client.query(
    `insert into profiles.unit_traits (workspace_id, unit, traits)
     select 1, n, jsonb_build_object('city', jsonb_build_array(jsonb_build_array('c' || n % 20, 1700000000000, 'm')))
     from generate_series(1, $1::int) n`,
    [people],
  )
  // One row of the log stands for all events (they have no bytes there): the engines agree when the program starts again.
  await client.query(
    `insert into collect.verdict (seq, workspace_id, outcomes, stored) values (1, 1, '', $1)`,
    [events],
  )
  // Rows of people above this version would be taken for those of a transaction that was lost, and shipped anew.
  await client.query('update profiles.shipped set committed = 1')
  await client.query('set role none') // the program itself only ever takes the next number
  await client.query(`select setval('profiles.unit_seq', $1)`, [Math.ceil(people / 1000) * 1000 + 1000])
  await client.query(`select setval('profiles.version_seq', 1)`)
  await client.query('analyze')
  await client.end()
}

/** What a scenario needs besides; the name keeps its folder apart. */
export type More = { name: string; fill(ch: Engine, databaseUrl: string, people: number): Promise<void> }

type Engine = ClickHouse

// Numbers end in .5 because a CAST to JSON reads a whole one as an integer, which no inserted line ever has.
export async function fillClickHouse(
  ch: Pick<Engine, 'command'>,
  people: number,
  events: number,
): Promise<void> {
  const step = 250_000 // an insert must be answered within two minutes, on a busy machine too
  await ch.command(`
    INSERT INTO people (ws, person, attrs, search, name, first_seen, version)
    SELECT 1, number + 1, concat('{"city":"c', toString(number % 20), '","age":', toString(number % 70), '.5,"plan":"p', toString(number % 3), '","vip":', if(number % 9 = 0, 'true', 'false'), '}')::JSON,
      concat('u', toString(number + 1)), concat('u', toString(number + 1)), now64(3) - 8640000, 1 FROM numbers(${people})`)
  for (let from = 0; from < events; from += step)
    await ch.command(`
      INSERT INTO events (ws, unit, time, event, type, message_id, user_id, props, properties, received_at, seq, idx)
      SELECT 1, cityHash64(number) % ${people} + 1 AS unit, now64(3) - toIntervalSecond(cityHash64(number, 1) % 15552000), concat('E', toString(cityHash64(number, 2) % 20)), 'track',
        concat('m', toString(number)), concat('u', toString(unit)),
        concat('{"revenue":', toString(number % 500), '.5,"course":"Course ', toString(number % 300), '","channel":"ch', toString(number % 6), '"}')::JSON,
        concat('{"revenue":', toString(number % 500), '.5,"course":"Course ', toString(number % 300), '","channel":"ch', toString(number % 6), '"}'), now64(3), 0, 0
      FROM numbers(${from}, ${Math.min(step, events - from)})`)
  await ch.command(
    'INSERT INTO unit_activity SELECT ws, unit, min(time), max(time) FROM events GROUP BY ws, unit',
  )
  for (const table of ['people', 'events']) await ch.command(`OPTIMIZE TABLE ${table}`)
}
