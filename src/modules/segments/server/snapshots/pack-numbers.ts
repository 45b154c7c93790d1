import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Ascending numbers as compressed differences: some two bytes each instead of eight. */
export async function packNumbers(numbers: readonly number[]): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(numbers.length * 8)
  let at = 0
  let before = 0
  for (const number of numbers) {
    let rest = number - before
    if (rest < 0) throw new Error('numbers to pack must ascend')
    before = number
    // Seven bits a byte; beyond 2^31 the bit operators would cut.
    while (rest >= 128) {
      bytes[at++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    bytes[at++] = rest
  }
  return compress(bytes.subarray(0, at))
}

export async function unpackNumbers(packed: Buffer): Promise<number[]> {
  const numbers: number[] = []
  let number = 0
  let rest = 0
  let weight = 1
  for (const byte of await decompress(packed)) {
    rest += (byte % 128) * weight
    weight *= 128
    if (byte >= 128) continue
    number += rest
    numbers.push(number)
    rest = 0
    weight = 1
  }
  return numbers
}
