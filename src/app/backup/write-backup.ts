import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { keptFiles, type Manifest, manifestName } from '#app/backup/manifest.ts'
import { tarEnd, tarHeader, tarPadding } from '#app/backup/tar.ts'

export type BackupSource = { databaseUrl: string; dataDir: string; version: string }
type Entry = { name: string; content: Buffer }
type Table = Manifest['tables'][number]

// A tar entry says its size first, so a table goes out in pieces that are held in memory.
const pieceBytes = 16 * 1024 * 1024

/**
 * A .tar.gz of the instance as of one moment: every table read in one REPEATABLE READ snapshot while events keep
 * coming in, plus the keys. ClickHouse is not in it: it is rebuilt from these tables.
 */
export function writeBackup(source: BackupSource): Readable {
  // Level 1: the log, most of the bytes, is zstd already.
  const gzip = createGzip({ level: 1 })
  const tar = Readable.from(archive(source), { objectMode: false })
  tar.on('error', (error) => gzip.destroy(error))
  gzip.on('close', () => tar.destroy())
  return tar.pipe(gzip)
}

async function* archive(source: BackupSource): AsyncGenerator<Buffer> {
  const startedAt = new Date()
  const manifest: Manifest = {
    format: 1,
    version: source.version,
    startedAt: startedAt.toISOString(),
    migrations: [],
    tables: [],
    sequences: [],
    checksums: {},
  }
  for await (const { name, content } of entries(source, manifest)) {
    manifest.checksums[name] = createHash('sha256').update(content).digest('hex')
    yield* tarEntry({ name, content }, startedAt)
  }
  yield* tarEntry({ name: manifestName, content: Buffer.from(JSON.stringify(manifest, null, 2)) }, startedAt)
  yield tarEnd()
}

function* tarEntry({ name, content }: Entry, at: Date): Generator<Buffer> {
  yield tarHeader(name, content.length, at.getTime())
  yield content
  yield tarPadding(content.length)
}

async function* entries(source: BackupSource, manifest: Manifest): AsyncGenerator<Entry> {
  for (const name of keptFiles) {
    const path = join(source.dataDir, name)
    if (existsSync(path)) yield { name, content: readFileSync(path) }
  }
  const client = new pg.Client({ connectionString: source.databaseUrl })
  client.on('error', () => undefined) // the statement at work fails with it
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from public.headwater_migration order by name',
    )
    manifest.migrations = rows
    for (const table of await listTables(client)) {
      manifest.tables.push(table)
      for await (const piece of copyTable(client, table)) {
        const name = `tables/${table.name}/${String(table.files.length).padStart(6, '0')}.copy`
        table.files.push(name)
        yield { name, content: piece }
      }
    }
    // Read last: sequences stand outside of snapshots, and may only be ahead of the rows.
    manifest.sequences = await readSequences(client)
  } finally {
    await client.end()
  }
}

/** All but unlogged ones, which hold nothing that could not be made anew. */
async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      array_agg(quote_ident(a.attname) order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by 1 order by 1`)
  return rows.map((row) => ({ ...row, files: [] }))
}

async function* copyTable(client: pg.Client, { name, columns }: Table): AsyncGenerator<Buffer> {
  const stream = client.query(copyTo(`copy ${name} (${columns.join(', ')}) to stdout (format binary)`))
  let held: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    held.push(chunk)
    bytes += chunk.length
    if (bytes < pieceBytes) continue
    yield Buffer.concat(held)
    held = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(held)
}

async function readSequences(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as value from pg_sequences`,
  )
  return rows.flatMap(({ name, value }) => (value === null ? [] : [{ name, value: Number(value) }]))
}
