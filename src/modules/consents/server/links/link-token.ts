import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { type ChannelKind, channelKinds } from '#slots/channel-kind.ts'

/** What a link in a message speaks of. */
export type LinkClaims = {
  /** `choose`: preference page and one-click; `confirm`: of one consent that waits for it. */
  purpose: 'choose' | 'confirm'
  workspace: number
  /** Number of the person when it was made. */
  person: number
  channel: ChannelKind
  /** '' where it is about no topic. */
  topic: string
  /** Keyed hash of the address it was sent to. */
  address: Buffer
  /** ms; undefined: for ever, as a link to unsubscribe must work. */
  expiresAt: number | undefined
}

export type LinkTokens = {
  make(claims: LinkClaims): string
  /** Undefined: none of ours. Whether it has ended is for the reader to say. */
  read(token: string): LinkClaims | undefined
}

const purposes = ['choose', 'confirm'] as const
const nonceBytes = 12
const tagBytes = 16
const hashBytes = 32
const longestToken = 400

/**
 * Sealed, not only signed: a link that is forwarded or logged tells nothing of whom it was sent to. No row is kept of it.
 * About 130 signs.
 */
export function createLinkTokens(instanceKey: Buffer): LinkTokens {
  const key = Buffer.from(hkdfSync('sha256', instanceKey, Buffer.alloc(0), 'headwater consent links 1', 32))
  return {
    make: (claims) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const text = Buffer.concat([cipher.update(pack(claims)), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
    },
    read: (token) => {
      if (token.length > longestToken || !/^[A-Za-z0-9_-]+$/.test(token)) return undefined
      const bytes = Buffer.from(token, 'base64url')
      // Written another way it would be another address of the same page.
      if (bytes.length < nonceBytes + tagBytes || bytes.toString('base64url') !== token) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      }).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      try {
        return unpack(
          Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]),
        )
      } catch {
        // Altered, or sealed with another key: a guess like any other.
        return undefined
      }
    },
  }
}

// purpose 1, channel 1, workspace 4, person 8, end 8, hash 32, topic
const headBytes = 22

function pack(claims: LinkClaims): Buffer {
  const head = Buffer.alloc(headBytes)
  head.writeUInt8(purposes.indexOf(claims.purpose), 0)
  head.writeUInt8(channelKinds.indexOf(claims.channel), 1)
  head.writeUInt32BE(claims.workspace, 2)
  head.writeBigUInt64BE(BigInt(claims.person), 6)
  head.writeBigUInt64BE(BigInt(claims.expiresAt ?? 0), 14)
  return Buffer.concat([head, claims.address, Buffer.from(claims.topic)])
}

function unpack(bytes: Buffer): LinkClaims | undefined {
  const purpose = purposes[bytes.readUInt8(0)]
  const channel = channelKinds[bytes.readUInt8(1)]
  if (!purpose || !channel) return undefined
  const end = Number(bytes.readBigUInt64BE(14))
  return {
    ...{ purpose, channel },
    workspace: bytes.readUInt32BE(2),
    person: Number(bytes.readBigUInt64BE(6)),
    expiresAt: end === 0 ? undefined : end,
    address: bytes.subarray(headBytes, headBytes + hashBytes),
    topic: bytes.subarray(headBytes + hashBytes).toString('utf8'),
  }
}
