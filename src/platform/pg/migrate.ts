import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import pg from 'pg'
import { AppError } from '#platform/errors.ts'

export type Migration = { name: string; text: string; checksum: string }

/** Reads `*.sql` of the given folders; one global order by the timestamp in the name. */
export function readMigrations(folders: readonly string[]): Migration[] {
  const files = folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.sql'))
          .map((name) => join(folder, name))
      : [],
  )
  return files
    .map((file) => {
      const text = readFileSync(file, 'utf8')
      return { name: basename(file, '.sql'), text, checksum: createHash('sha256').update(text).digest('hex') }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Applies what is missing, one transaction each, under a lock. A changed old migration is refused. */
export async function migrate(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('headwater migrations'))`)
    await client.query(
      `create table if not exists public.headwater_migration
         (name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    )
    const done = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from public.headwater_migration',
    )
    const known = new Map(done.rows.map((row) => [row.name, row.checksum]))
    const applied: string[] = []
    for (const migration of migrations) {
      const checksum = known.get(migration.name)
      if (checksum === migration.checksum) continue
      if (checksum !== undefined)
        throw new AppError(
          'migration.changed',
          'conflict',
          `Migration ${migration.name} was changed after it was applied.`,
        )
      await applyOne(client, migration)
      applied.push(migration.name)
    }
    return applied
  } finally {
    await client.end()
  }
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.text)
    await client.query('insert into public.headwater_migration (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new AppError(
      'migration.failed',
      'bug',
      `Migration ${migration.name} failed: ${(error as Error).message}`,
      {
        cause: error,
      },
    )
  }
}
