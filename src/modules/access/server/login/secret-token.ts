import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits for sessions and invitations, as text that survives a URL. */
export const newSecretToken = (): string => randomBytes(32).toString('base64url')

/** What is stored in place of a token; a plain hash will do, the token cannot be guessed. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()
