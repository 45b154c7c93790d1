import { createHash } from 'node:crypto'
import { constants, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fitsGlob } from '#modules/imports/server/sources/found.ts'

// Files that were put away hold what people's data was; nobody needs them longer.
const keptMs = 30 * 86_400_000
const ours = /\.errors\.csv$|\.error\.txt$/

export type Ending = 'done' | 'failed'

/** The one folder of a workspace: its id is ours, so the path is nobody's words. */
export const folderOf = (inbox: string, workspaceId: string): string => join(inbox, workspaceId)

export async function makeFolders(folder: string): Promise<void> {
  await mkdir(join(folder, 'done'), { recursive: true })
  await mkdir(join(folder, 'failed'), { recursive: true })
}

/**
 * Names of plain files that fit and have been still for a while: one that is still being copied changes. Links are no
 * files: they may lead anywhere.
 */
export async function filesIn(folder: string, glob: string, stillMs: number): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readFolder(folder)) {
    if (!entry.isFile() || entry.name.startsWith('.') || ours.test(entry.name)) continue
    if (!fitsGlob(glob, entry.name)) continue
    const { mtimeMs, ctimeMs } = await stat(join(folder, entry.name)).catch(whenGone)
    if (Date.now() - mtimeMs >= stillMs && Date.now() - ctimeMs >= stillMs) found.push(entry.name)
  }
  return found.sort()
}

const whenGone = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error
  return { mtimeMs: Number.POSITIVE_INFINITY, ctimeMs: Number.POSITIVE_INFINITY }
}

async function readFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Copies a file and answers the hash of what was copied; undefined when it is gone, or a link by now. */
export async function copyFile(folder: string, name: string, to: string): Promise<string | undefined> {
  const file = await openPlain(join(folder, name))
  if (!file) return undefined
  const hash = createHash('sha256')
  const noting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(file.createReadStream(), noting, createWriteStream(to))
  return hash.digest('base64url')
}

async function openPlain(path: string) {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ELOOP') return undefined
    throw error
  }
}

async function hashOf(folder: string, name: string): Promise<string | undefined> {
  const file = await openPlain(join(folder, name))
  if (!file) return undefined
  const hash = createHash('sha256')
  for await (const chunk of file.createReadStream()) hash.update(chunk as Buffer)
  return hash.digest('base64url')
}

/** Moves a file out of the way, unless another has taken its name meanwhile; answers where it is. */
export async function putAway(
  folder: string,
  { name, mark }: { name: string; mark: string },
  ending: Ending,
): Promise<string | undefined> {
  if ((await hashOf(folder, name)) !== mark) return undefined
  const { name: stem, ext } = parse(name)
  const taken = new Set((await readFolder(join(folder, ending))).map((entry) => entry.name))
  let to = name
  for (let n = 2; taken.has(to); n++) to = `${stem} (${n})${ext}`
  const path = join(folder, ending, to)
  await rename(join(folder, name), path)
  return path
}

export const writeFault = (path: string, { code, message }: { code: string; message: string }) =>
  writeFile(`${path}.error.txt`, `${code}\r\n${message}\r\n`)

/** Removes files that were put away long ago; all of them when somebody in them was erased. */
export async function sweepFolder(folder: string, all: boolean): Promise<void> {
  for (const ending of ['done', 'failed'] as const)
    for (const entry of await readFolder(join(folder, ending))) {
      const path = join(folder, ending, entry.name)
      const { mtimeMs, ctimeMs } = await stat(path).catch(whenGone)
      if (all || Date.now() - Math.max(mtimeMs, ctimeMs) > keptMs)
        await rm(path, { force: true, recursive: true })
    }
}
