import { AppError } from '#platform/errors.ts'

const block = 512

/** Header of one ustar entry (POSIX 1003.1); names here are short and plain, sizes below 8 GB. */
export function tarHeader(name: string, size: number, mtime: number): Buffer {
  const header = Buffer.alloc(block)
  const octal = (value: number, at: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1')
  header.write(name, 0, 100, 'utf8')
  octal(0o600, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(Math.floor(mtime / 1000), 136, 12)
  header.write('        0', 148, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

export const tarPadding = (size: number): Buffer => Buffer.alloc((block - (size % block)) % block)
/** Two empty blocks end an archive. */
export const tarEnd = (): Buffer => Buffer.alloc(block * 2)

export type TarEntry = { name: string; content: Buffer }

/** Entries of a tar stream one by one, each whole in memory: this project writes none above 16 MB. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = byteReader(source)
  for (;;) {
    const header = await bytes.take(block)
    if (!header) throw damaged('it ends in the middle')
    if (header.every((byte) => byte === 0)) return
    const name = header.toString('utf8', 0, header.indexOf(0))
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    if (!Number.isFinite(size) || size > largestEntry) throw damaged('an entry has no readable size')
    const content = await bytes.take(size)
    if (!content || !(await bytes.take(tarPadding(size).length))) throw damaged('it ends in the middle')
    yield { name, content }
  }
}

const largestEntry = 1_100_000_000
export const damaged = (why: string, cause?: unknown) =>
  new AppError('backup.damaged', 'invalid', `This backup is damaged: ${why}. Use another one.`, { cause })

function byteReader(source: AsyncIterable<Buffer>) {
  const iterator = source[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let length = 0
  return {
    /** Exactly this many bytes; undefined when the source ends before. */
    take: async (wanted: number): Promise<Buffer | undefined> => {
      while (length < wanted) {
        const { value, done } = await iterator.next()
        if (done) return undefined
        held.push(value)
        length += value.length
      }
      const all = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held)
      held = [all.subarray(wanted)]
      length -= wanted
      return all.subarray(0, wanted)
    },
  }
}
