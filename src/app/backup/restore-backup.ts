import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { keptFiles, type Manifest } from '#app/backup/manifest.ts'
import { readEntries, verifyBackup } from '#app/backup/read-backup.ts'
import { allMigrations } from '#app/compose.ts'
import { createDatabase } from '#app/engines.ts'
import { openDataDir } from '#platform/data-dir.ts'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import { startEmbeddedPostgres } from '#platform/pg/embedded/start.ts'
import { type Migration, migrate } from '#platform/pg/migrate.ts'

/** Verifies the file, then makes an instance of it in an empty data folder; answers what was in it. */
export async function restoreBackup(file: string, dataDir: string, log: Log): Promise<Manifest> {
  refuseFull(dataDir)
  const manifest = await verifyBackup(file)
  const migrations = migrationsOf(manifest)
  try {
    await fill(file, dataDir, manifest, migrations, log)
  } catch (error) {
    // The folder was empty before; half an instance must not be started by anybody.
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  }
  return manifest
}

function refuseFull(dataDir: string): void {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return
  throw new AppError(
    'restore.not_empty',
    'conflict',
    `${dataDir} is not empty; a backup is restored into an empty folder only: set HEADWATER_DATA_DIR to a new one.`,
  )
}

function migrationsOf(manifest: Manifest): Migration[] {
  const known = new Map(allMigrations().map((one) => [one.name, one]))
  return manifest.migrations.map(({ name, checksum }) => {
    const migration = known.get(name)
    if (migration?.checksum === checksum) return migration
    throw new AppError(
      'restore.other_version',
      'conflict',
      `This backup was made by Headwater ${manifest.version}, whose schema this version does not know (${name}): restore it with that version or a newer one.`,
    )
  })
}

async function fill(file: string, path: string, manifest: Manifest, migrations: Migration[], log: Log) {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  await restoreFiles(file, path)
  const dataDir = await openDataDir(path)
  const server = await startEmbeddedPostgres({ dir: dataDir.postgres, log })
  try {
    await createDatabase(server.superuserUrl, 'headwater')
    const url = server.url('headwater', 'postgres')
    await migrate(url, migrations)
    await fillTables(file, url, manifest)
  } finally {
    await server.stop()
    dataDir.release()
  }
}

/** Before the folder is opened, which would make keys of its own. */
async function restoreFiles(file: string, path: string): Promise<void> {
  for await (const { name, content } of readEntries(file)) {
    if (!keptFiles.includes(name)) return
    writeFileSync(join(path, name), content, { mode: 0o600, flush: true })
  }
}

async function fillTables(file: string, url: string, manifest: Manifest): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined) // the statement at work fails with it
  await client.connect()
  try {
    await client.query('begin')
    // Foreign keys and triggers are satisfied by the whole, not by every step.
    await client.query('set local session_replication_role = replica')
    const names = manifest.tables.map((table) => table.name)
    if (names.length > 0) await client.query(`truncate ${names.join(', ')}`)
    await copyAll(client, file, manifest)
    for (const { name, value } of manifest.sequences)
      await client.query('select setval($1::regclass, $2)', [name, value])
    await client.query('commit')
    await client.query('analyze')
  } finally {
    await client.end()
  }
}

type Loading = { table: string; stream: ReturnType<typeof copyFrom> }

async function copyAll(client: pg.Client, file: string, manifest: Manifest): Promise<void> {
  const tableOf = new Map(
    manifest.tables.flatMap((table) => table.files.map((name) => [name, table] as const)),
  )
  let open: Loading | undefined
  for await (const { name, content } of readEntries(file)) {
    const table = tableOf.get(name)
    if (!table) continue
    if (open?.table !== table.name) {
      await finish(open)
      const text = `copy ${table.name} (${table.columns.join(', ')}) from stdin (format binary)`
      open = { table: table.name, stream: client.query(copyFrom(text)) }
    }
    await send(open, content)
  }
  await finish(open)
}

async function send({ stream }: Loading, content: Buffer): Promise<void> {
  if (!stream.write(content)) await once(stream, 'drain')
}

async function finish(open: Loading | undefined): Promise<void> {
  if (!open) return
  const done = once(open.stream, 'finish')
  open.stream.end()
  await done
}
