import { once } from 'node:events'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { keptFiles, type Manifest } from '#app/backup/manifest.ts'
import { readEntries, verifyBackup } from '#app/backup/read-backup.ts'
import { createDatabase } from '#app/engines.ts'
import { allMigrations } from '#app/schemas.ts'
import { forgetInConsents } from '#modules/consents/index.ts'
import { forgetInImports } from '#modules/imports/index.ts'
import { type LedgerEntry, ledgerName, readLedger, replayErasures } from '#modules/privacy/index.ts'
import { openDataDir } from '#platform/data-dir.ts'
import { AppError } from '#platform/errors.ts'
import { subscriptionsOf } from '#platform/jobs/subscriptions.ts'
import type { Log } from '#platform/log.ts'
import { openDatabase } from '#platform/pg/database.ts'
import { startEmbeddedPostgres } from '#platform/pg/embedded/start.ts'
import { type Migration, migrate } from '#platform/pg/migrate.ts'

export type RestoreOptions = {
  /** Ledgers of erasures besides the backup's own: of the folder that is left behind. */
  ledgers?: readonly string[] | undefined
  /** Where the instance key is given from outside. */
  secretKey?: string | undefined
}

/** Verifies the file, then makes an instance of it in an empty data folder; answers what was in it. */
export async function restoreBackup(
  file: string,
  dataDir: string,
  log: Log,
  options: RestoreOptions = {},
): Promise<Manifest & { erased: number }> {
  refuseFull(dataDir)
  const manifest = await verifyBackup(file)
  const migrations = migrationsOf(manifest)
  try {
    keepLedgers(dataDir, options.ledgers ?? [])
    const erased = await fill(file, dataDir, manifest, migrations, log, options.secretKey)
    return { ...manifest, erased }
  } catch (error) {
    // The folder was empty before; half an instance must not be started by anybody.
    emptyButForLedger(dataDir)
    throw error
  }
}

function refuseFull(dataDir: string): void {
  // The ledger of erasures may be there: it is what a restore must not undo.
  if (!existsSync(dataDir) || readdirSync(dataDir).every((name) => name === ledgerName)) return
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

async function fill(
  file: string,
  path: string,
  manifest: Manifest,
  migrations: Migration[],
  log: Log,
  secretKey: string | undefined,
): Promise<number> {
  await restoreFiles(file, path)
  const dataDir = await openDataDir(path)
  const server = await startEmbeddedPostgres({ dir: dataDir.postgres, log })
  try {
    await createDatabase(server.superuserUrl, 'headwater')
    const url = server.url('headwater', 'postgres')
    await migrate(url, migrations)
    await fillTables(file, url, manifest)
    const key = Buffer.from(secretKey || dataDir.secrets.instanceKey, 'base64')
    return await eraseAgain(url, readLedger(join(path, ledgerName)), manifest, key)
  } finally {
    await server.stop()
    dataDir.release()
  }
}

function emptyButForLedger(path: string): void {
  const names = readdirSync(path)
  for (const name of names)
    if (name !== ledgerName) rmSync(join(path, name), { recursive: true, force: true })
  if (!names.includes(ledgerName)) rmSync(path, { recursive: true, force: true })
}

function keepLedgers(path: string, ledgers: readonly string[]): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  for (const ledger of ledgers) appendFileSync(join(path, ledgerName), readFileSync(ledger), kept)
}

const kept = { mode: 0o600, flush: true }

/** Whom this backup knows still although they were erased since: removed before anybody can ask for them. */
async function eraseAgain(
  url: string,
  entries: readonly LedgerEntry[],
  { startedAt }: Manifest,
  instanceKey: Buffer,
): Promise<number> {
  const since = Date.parse(startedAt)
  if (!entries.some((entry) => entry.at >= since)) return 0
  await migrate(url, allMigrations())
  const database = openDatabase({ url, subscriptions: subscriptionsOf([]), onError: () => undefined })
  try {
    return await replayErasures(
      { database, instanceKey, forget: [forgetInImports, forgetInConsents(instanceKey)] },
      entries,
      since,
    )
  } finally {
    await database.close()
  }
}

/** Before the folder is opened, which would make keys of its own. */
async function restoreFiles(file: string, path: string): Promise<void> {
  for await (const { name, content } of readEntries(file)) {
    if (!keptFiles.includes(name)) return
    // The ledger that is there may know more than the backup's.
    if (name === ledgerName) appendFileSync(join(path, name), content, kept)
    else writeFileSync(join(path, name), content, kept)
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
