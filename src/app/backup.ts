import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { verifyBackup } from '#app/backup/read-backup.ts'
import { restoreBackup } from '#app/backup/restore-backup.ts'
import { requireServer, type ServerLink } from '#app/server-link.ts'
import type { Settings } from '#platform/config.ts'
import { AppError } from '#platform/errors.ts'
import { createLog } from '#platform/log.ts'

/** `hw backup`: asks the running server, writes what it sends, and says it is there only when it can be read back. */
export async function backupInstance(settings: Settings, file: string): Promise<void> {
  refuseExternal(settings, 'backed up by its own provider (snapshots, pg_dump)')
  const target = resolve(file)
  const draft = `${target}.part`
  try {
    await download(await requireServer(settings), draft)
    const manifest = await verifyBackup(draft)
    await flushed(draft)
    renameSync(draft, target)
    await flushed(dirname(target))
    say({ file: target, version: manifest.version, asOf: manifest.startedAt, tables: manifest.tables.length })
  } finally {
    rmSync(draft, { force: true })
  }
}

/** `hw restore`: into an empty data folder; the next start rebuilds ClickHouse by itself. */
export async function restoreInstance(
  settings: Settings,
  file: string,
  { erasures }: { erasures?: string } = {},
): Promise<void> {
  refuseExternal(settings, 'restored by its own provider')
  const manifest = await restoreBackup(resolve(file), settings.HEADWATER_DATA_DIR, createLog('warn'), {
    ledgers: erasures === undefined ? [] : [resolve(erasures)],
    secretKey: settings.HEADWATER_SECRET_KEY,
  })
  process.stderr.write(
    'Restored. At the next start ClickHouse is rebuilt; /api/status tells how far it is.\n',
  )
  const { version, startedAt: asOf, erased: identifiersErased } = manifest
  say({ dataDir: settings.HEADWATER_DATA_DIR, version, asOf, identifiersErased })
}

function refuseExternal(settings: Settings, how: string): void {
  if (settings.DATABASE_URL === '') return
  const message = `DATABASE_URL is set: that PostgreSQL is ${how}; keep secrets.json of the data folder with it.`
  throw new AppError('backup.external_database', 'conflict', message)
}

async function download(link: ServerLink, draft: string): Promise<void> {
  const reply = await fetch(`${link.url}/api/instance/backup`, {
    method: 'POST',
    headers: { authorization: `Bearer ${link.token}` },
  })
  if (!reply.ok || !reply.body)
    throw new AppError('backup.refused', 'conflict', `The server answered ${reply.status}.`)
  const bytes = Readable.fromWeb(reply.body as ReadableStream<Uint8Array>)
  try {
    // It holds the instance's key and everybody's data: for its owner's eyes only.
    await pipeline(bytes, createWriteStream(draft, { mode: 0o600 }))
  } catch (error) {
    throw new AppError('backup.broken_off', 'busy', 'The backup broke off; the server log says why.', {
      cause: error,
    })
  }
}

async function flushed(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

const say = (facts: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(facts)}\n`)
