/** 16 bytes of the message id's hash and 4 of the payload's: one stored item. */
export const keyBytes = 20
const keyWords = 5

export type Seen = 'new' | 'duplicate' | 'conflict'

/**
 * Exact set of stored items of one (workspace, day): open addressing over 32-bit words, 20 bytes a key and at
 * most half full, so 40–80 bytes a key in memory. Equality compares all 128 bits of the id's hash.
 */
export class DedupSet {
  private words: Uint32Array
  private slots: number
  private used = 0

  constructor(expected = 64) {
    this.slots = powerOfTwo(expected * 2)
    this.words = new Uint32Array(this.slots * keyWords)
  }

  get size(): number {
    return this.used
  }

  get bytes(): number {
    return this.words.byteLength
  }

  /** Asks without adding. */
  check(idHash: Buffer, fingerprint: number): Seen {
    const at = this.find(idHash)
    if (this.isFree(at)) return 'new'
    return this.words[at + 4] === fingerprint >>> 0 ? 'duplicate' : 'conflict'
  }

  /** Adds a new item; the caller has checked. */
  add(idHash: Buffer, fingerprint: number): void {
    if (this.used * 2 >= this.slots) this.grow()
    const at = this.find(idHash)
    for (let word = 0; word < 4; word++) this.words[at + word] = idHash.readUInt32LE(word * 4)
    this.words[at + 4] = fingerprint >>> 0
    this.used++
  }

  /** Adds the keys of a stored chunk. */
  load(keys: Buffer): void {
    for (let at = 0; at < keys.length; at += keyBytes) {
      const idHash = keys.subarray(at, at + 16)
      if (this.check(idHash, 0) === 'new') this.add(idHash, keys.readUInt32LE(at + 16))
    }
  }

  private find(idHash: Buffer): number {
    const first = idHash.readUInt32LE(0)
    let slot = first & (this.slots - 1)
    for (;;) {
      const at = slot * keyWords
      if (this.isFree(at) || this.holds(at, idHash, first)) return at
      slot = (slot + 1) & (this.slots - 1)
    }
  }

  private holds(at: number, idHash: Buffer, first: number): boolean {
    const words = this.words
    return (
      words[at] === first &&
      words[at + 1] === idHash.readUInt32LE(4) &&
      words[at + 2] === idHash.readUInt32LE(8) &&
      words[at + 3] === idHash.readUInt32LE(12)
    )
  }

  // All-zero id hashes mean "free": md5 gives one with probability 2^-128.
  private isFree(at: number): boolean {
    const words = this.words
    return words[at] === 0 && words[at + 1] === 0 && words[at + 2] === 0 && words[at + 3] === 0
  }

  private grow(): void {
    const old = this.words
    this.slots *= 2
    this.words = new Uint32Array(this.slots * keyWords)
    const key = Buffer.alloc(16)
    for (let at = 0; at < old.length; at += keyWords) {
      if (old[at] === 0 && old[at + 1] === 0 && old[at + 2] === 0 && old[at + 3] === 0) continue
      for (let word = 0; word < 4; word++) key.writeUInt32LE(old[at + word] as number, word * 4)
      const to = this.find(key)
      this.words.set(old.subarray(at, at + keyWords), to)
    }
  }
}

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(16, atLeast)))
}
