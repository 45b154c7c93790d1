import { createHmac, randomBytes } from 'node:crypto'

const secretPrefix = 'whsec_'

/** A signing secret as Standard Webhooks writes it; 32 bytes, of the 24 to 64 it allows. */
export const newSecret = (): string => `${secretPrefix}${randomBytes(32).toString('base64')}`

/**
 * Headers of one attempt (Standard Webhooks): HMAC-SHA256 over `id.timestamp.body`, one signature per secret, the
 * newest first. The time is that of the attempt, as receivers refuse what is older than five minutes.
 */
export function signedHeaders(
  id: string,
  body: string,
  now: number,
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const sign = (secret: string) => {
    const key = Buffer.from(secret.slice(secretPrefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  }
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map(sign).join(' '),
  }
}
