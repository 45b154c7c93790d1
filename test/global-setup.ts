import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { createDatabase } from '#app/engines.ts'
import { allMigrations } from '#app/schemas.ts'
import { startEmbeddedClickHouse } from '#platform/ch/embedded/start.ts'
import { createLog } from '#platform/log.ts'
import { startEmbeddedPostgres } from '#platform/pg/embedded/start.ts'
import { migrate } from '#platform/pg/migrate.ts'

export type TestEngines = {
  superuserUrl: string
  clickhouse: { url: string; username: string; password: string }
}

declare module 'vitest' {
  export interface ProvidedContext {
    engines: TestEngines
  }
}

/** One pair of real engines for the whole run; durability is relaxed here only. Files clone a migrated template. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-test-'))
  const log = createLog('warn')
  const postgres = await startEmbeddedPostgres({
    dir: join(folder, 'postgres'),
    log,
    durable: false,
    settings: { max_connections: '300' },
  })
  const clickhouse = await startEmbeddedClickHouse({ dir: join(folder, 'clickhouse'), log })
  await createDatabase(postgres.superuserUrl, 'headwater_template')
  await migrate(postgres.url('headwater_template', 'postgres'), allMigrations())
  await closeToAll(postgres.superuserUrl, 'headwater_template')
  const { url, username, password } = clickhouse
  project.provide('engines', { superuserUrl: postgres.superuserUrl, clickhouse: { url, username, password } })
  return async () => {
    await clickhouse.stop()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A database that anybody is connected to cannot be cloned, so a test that connects to it must fail, not its neighbours. */
async function closeToAll(superuserUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  await client.query(`alter database ${name} allow_connections false`)
  await client.end()
}
