import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Signs what a shared board is opened with. */
export type LinkSigner = {
  /** The address's secret part: id, end, signature. It can be told again, and made by nobody else. */
  token(id: string, expiresAt: number): string
  /** What a token says, when it is one of ours. */
  read(token: string): { id: string; expiresAt: number } | undefined
  /** Says that the password was given; ends with the link, and with its password. */
  pass(id: string, passwordHash: string | null): string
  isPass(pass: string, id: string, passwordHash: string | null): boolean
  /** Takes one receiver off one scheduled mail; says neither who they are nor anything that could be changed. */
  leave(mail: string, receiver: string): string
  /** Which mail a token is about, and whether it is this receiver's; undefined: it has not the form of one. */
  readLeave(token: string): { mail: string; isOf(receiver: string): boolean } | undefined
}

/** The key is derived, so that the instance key itself is used for nothing. */
export function createLinkSigner(instanceKey: Buffer): LinkSigner {
  const key = Buffer.from(hkdfSync('sha256', instanceKey, Buffer.alloc(0), 'headwater board links 1', 32))
  const sign = (...parts: (string | number)[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url')
  const pass = (id: string, passwordHash: string | null) => sign('pass', id, passwordHash ?? '')
  return {
    token: (id, expiresAt) => `${id}.${expiresAt.toString(36)}.${sign('link', id, expiresAt)}`,
    read: (token) => {
      const [id, end, signature, ...more] = token.split('.')
      if (id === undefined || end === undefined || signature === undefined || more.length > 0)
        return undefined
      const expiresAt = Number.parseInt(end, 36)
      // Written another way it would be another token for the same link.
      if (!Number.isSafeInteger(expiresAt) || expiresAt.toString(36) !== end) return undefined
      return isSame(signature, sign('link', id, expiresAt)) ? { id, expiresAt } : undefined
    },
    pass,
    isPass: (given, id, passwordHash) => isSame(given, pass(id, passwordHash)),
    leave: (mail, receiver) => `${mail}.${sign('leave', mail, receiver)}`,
    readLeave: (token) => {
      const [mail, signature, ...more] = token.split('.')
      if (!mail || !signature || more.length > 0) return undefined
      return { mail, isOf: (receiver) => isSame(signature, sign('leave', mail, receiver)) }
    },
  }
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
