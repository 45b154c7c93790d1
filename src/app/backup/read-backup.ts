import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Manifest, manifestName } from '#app/backup/manifest.ts'
import { damaged, readTar, type TarEntry } from '#app/backup/tar.ts'
import { AppError } from '#platform/errors.ts'

/** The entries of a backup file, in the order they were written. */
export async function* readEntries(file: string): AsyncGenerator<TarEntry> {
  const gunzip = createGunzip()
  const source = createReadStream(file)
  source.on('error', (error) => gunzip.destroy(error))
  try {
    yield* readTar(source.pipe(gunzip))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new AppError('backup.unreadable', 'missing', `${file} cannot be read (${code}).`)
    if (error instanceof AppError) throw error
    throw damaged('it is no complete .tar.gz', error)
  } finally {
    source.destroy()
  }
}

/** Reads the whole file once and holds every byte against the manifest, before anything is restored. */
export async function verifyBackup(file: string): Promise<Manifest> {
  const found = new Map<string, string>()
  let text: Buffer | undefined
  for await (const { name, content } of readEntries(file)) {
    if (name === manifestName) text = content
    else found.set(name, createHash('sha256').update(content).digest('hex'))
  }
  if (!text) throw damaged('it has no manifest')
  const manifest = readManifest(text)
  for (const [name, checksum] of Object.entries(manifest.checksums)) {
    if (found.get(name) !== checksum) throw damaged(`${name} is ${found.has(name) ? 'changed' : 'missing'}`)
    found.delete(name)
  }
  if (found.size > 0) throw damaged(`${[...found.keys()][0]} does not belong to it`)
  return manifest
}

function readManifest(text: Buffer): Manifest {
  try {
    return Manifest.parse(JSON.parse(text.toString('utf8')))
  } catch (error) {
    throw damaged('its manifest cannot be read', error)
  }
}
