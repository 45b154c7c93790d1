import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '#platform/errors.ts'
import { takeProcessLock } from '#platform/process-lock.ts'

const Secrets = z.object({
  instanceKey: z.base64().refine((text) => Buffer.from(text, 'base64').length === 32),
})
export type Secrets = z.infer<typeof Secrets>

/** The one folder that holds an instance. Held exclusively until `release` or the end of the process. */
export type DataDir = {
  path: string
  postgres: string
  clickhouse: string
  run: string
  secrets: Secrets
  release(): void
}

/** Creates the folder when missing and takes it for this process; a second process gets `data_dir.in_use`. */
export async function openDataDir(path: string): Promise<DataDir> {
  const root = resolve(path)
  // Mode 0700 holds for every way Postgres is started: where it must run as another user, its own folder lies
  // elsewhere (pg/embedded/place-data.ts).
  makeFolder(root)
  const lock = await lockDataDir(root)
  try {
    const dirs = {
      postgres: join(root, 'postgres'),
      clickhouse: join(root, 'clickhouse'),
      run: join(root, 'run'),
    }
    makeFolder(dirs.run)
    makeFolder(dirs.clickhouse)
    return { path: root, ...dirs, secrets: readSecrets(join(root, 'secrets.json')), release: lock.release }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function lockDataDir(root: string) {
  const result = await takeProcessLock(join(root, 'lock'))
  if ('lock' in result) return result.lock
  const { pid } = result.holder
  throw new AppError(
    'data_dir.in_use',
    'conflict',
    `Another Headwater (process ${pid}) already uses the data folder ${root}; stop it, or set HEADWATER_DATA_DIR to another folder.`,
    { details: { pid, path: root } },
  )
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code
    throw new AppError(
      'data_dir.unusable',
      'invalid',
      `The data folder ${path} cannot be created (${reason}).`,
      {
        cause: error,
      },
    )
  }
}

/** Reads the instance's keys, making them on first use. A damaged file is an error: new keys would lose data. */
function readSecrets(path: string): Secrets {
  const text = readOrCreate(path)
  const parsed = Secrets.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new AppError('data_dir.secrets_damaged', 'invalid', `${path} is damaged; restore it from a backup.`)
}

function readOrCreate(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const text = `${JSON.stringify({ instanceKey: randomBytes(32).toString('base64') })}\n`
  // Written aside and linked: a crash leaves either no file or a whole one.
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  linkSync(draft, path)
  rmSync(draft)
  return text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
