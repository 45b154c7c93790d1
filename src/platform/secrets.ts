import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { AppError } from '#platform/errors.ts'

/** Keeps secrets of others (signing keys, passwords of their servers) so that a dump of the database does not tell them. */
export type SecretBox = {
  /** `place` says where it is kept (workspace, table, column, row): moved elsewhere it cannot be opened. */
  seal(place: string, secret: string): string
  open(place: string, sealed: string): string
}

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** The key is derived, so that the instance key itself is used for nothing. */
export function openSecretBox(instanceKey: Buffer): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', instanceKey, Buffer.alloc(0), 'headwater secrets at rest 1', 32))
  return {
    seal: (place, secret) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(place))
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
    },
    open: (place, sealed) => {
      const bytes = Buffer.from(sealed, 'base64')
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), {
          authTagLength: tagBytes,
        })
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
        const text = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]
        return Buffer.concat(text).toString('utf8')
      } catch (error) {
        // Restored under another HEADWATER_SECRET_KEY, or altered.
        throw new AppError('secret.unreadable', 'conflict', 'This secret was sealed with another key.', {
          cause: error,
        })
      }
    },
  }
}
