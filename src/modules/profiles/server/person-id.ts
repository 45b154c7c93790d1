import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

export type PersonIds = {
  /** Public id of a person number. */
  encode(workspace: number, person: number): string
  /** The number behind a public id; undefined when it is not an id of this workspace. */
  decode(workspace: number, id: string): number | undefined
  /** SQL of ClickHouse for the public id of a person number, and what it binds: 0.9 µs a row. */
  inClickHouse(workspace: number): { idOf(personSql: string): string; params: Record<string, string> }
}

/**
 * Person numbers count up, and what counts up tells how many there are. One AES block of (number, workspace, zeros)
 * under the instance's key is opaque, needs no table, and a foreign or invented id fails the check of the rest.
 */
export function createPersonIds(instanceKey: Buffer): PersonIds {
  const key = Buffer.from(hkdfSync('sha256', instanceKey, Buffer.alloc(0), 'headwater person id', 16))
  return {
    encode: (workspace, person) => {
      const block = Buffer.alloc(16)
      block.writeBigUInt64BE(BigInt(person), 0)
      block.writeUInt32BE(workspace, 8)
      const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false)
      return `per_${Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url')}`
    },
    decode: (workspace, id) => {
      const bytes = /^per_[\w-]{22}$/.test(id) ? Buffer.from(id.slice(4), 'base64url') : undefined
      if (bytes?.length !== 16) return undefined
      const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false)
      const block = Buffer.concat([decipher.update(bytes), decipher.final()])
      const fits = block.readUInt32BE(8) === workspace && block.readUInt32BE(12) === 0
      return fits ? Number(block.readBigUInt64BE(0)) : undefined
    },
    inClickHouse: (workspace) => {
      const rest = Buffer.alloc(8)
      rest.writeUInt32BE(workspace, 0)
      // Padded to two blocks there; the first is the one of `encode`.
      const block = (person: string) =>
        `concat(reverse(reinterpretAsFixedString(toUInt64(${person}))), unhex({person_rest:String}))`
      return {
        idOf: (person) =>
          `concat('per_', base64URLEncode(substring(encrypt('aes-128-ecb', ${block(person)}, unhex({person_key:String})), 1, 16)))`,
        params: { person_rest: rest.toString('hex'), person_key: key.toString('hex') },
      }
    },
  }
}
