import type { Readable } from 'node:stream'
import { type Entry, open, type ZipFile } from 'yauzl'
import { AppError } from '#platform/errors.ts'

export type Archive = {
  has(name: string): boolean
  /** The unpacked bytes of a member; refused beforehand when it says it is larger than `limit` or is a bomb. */
  read(name: string, limit: number): Promise<Readable>
  close(): void
}

const mostMembers = 10_000
// Sheets shrink 10 to 40 times. Deflate itself can do 1,032: what comes near is made to fill a memory.
const bombRatio = 200
const bombBytes = 32 * 1024 * 1024

/** A zip archive by its directory; nothing is unpacked yet. */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openZip(path)
  try {
    const members = await listMembers(zip)
    return {
      has: (name) => members.has(name),
      read: (name, limit) => readMember(zip, members.get(name), name, limit),
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((done, failed) =>
    open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) =>
      error ? failed(damaged(error)) : done(zip),
    ),
  )
}

function listMembers(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((done, failed) => {
    const members = new Map<string, Entry>()
    if (zip.entryCount > mostMembers) return failed(bomb())
    zip.on('entry', (entry: Entry) => {
      members.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.on('end', () => done(members))
    zip.on('error', (error) => failed(damaged(error)))
    zip.readEntry()
  })
}

async function readMember(
  zip: ZipFile,
  entry: Entry | undefined,
  name: string,
  limit: number,
): Promise<Readable> {
  if (!entry) throw damaged(new Error(`${name} is missing`))
  const { compressedSize, uncompressedSize } = entry
  const ratio = uncompressedSize / Math.max(1, compressedSize)
  if (uncompressedSize > limit || (uncompressedSize > bombBytes && ratio > bombRatio)) throw bomb()
  // More bytes than declared end the stream with an error: the sizes above can be believed.
  return new Promise((done, failed) =>
    zip.openReadStream(entry, (error, stream) => (error ? failed(damaged(error)) : done(stream))),
  )
}

export const damaged = (cause: unknown) =>
  new AppError('import.bad_workbook', 'invalid', 'The workbook is damaged or protected by a password.', {
    cause,
  })

const bomb = () =>
  new AppError('import.too_large_unpacked', 'invalid', 'Unpacked, this workbook is larger than any real one.')
