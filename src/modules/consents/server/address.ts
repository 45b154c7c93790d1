import { hash, hkdfSync } from 'node:crypto'
import type { ChannelKind } from '#slots/channel-kind.ts'

/** Kinds of identifiers that are addresses of a channel, as rules of identity name them. */
export const addressKinds: Record<ChannelKind, readonly string[]> = {
  email: ['email'],
  sms: ['phone'],
  push: ['ios.push_token', 'android.push_token'],
  web_push: ['web_push'],
  wechat: ['wechat_openid'],
  onsite: ['anonymous_id', 'user_id'],
  webhook: ['user_id'],
}

export const channelsOf = (kind: string): ChannelKind[] =>
  (Object.keys(addressKinds) as ChannelKind[]).filter((channel) => addressKinds[channel].includes(kind))

/** Keyed hash of an address, 32 bytes: a plain one of a phone number is still the phone number. */
export type AddressHasher = (workspace: number, address: string) => Buffer

const block = 64

/**
 * HMAC-SHA256 with its two pads made once: two one-shot hashes take 3 µs where `createHmac` takes 13, and a sender asks
 * for thousands a second (`address.test.ts` holds it against `createHmac`).
 */
export function addressHasher(instanceKey: Buffer): AddressHasher {
  const key = Buffer.from(hkdfSync('sha256', instanceKey, Buffer.alloc(0), 'headwater address hash 1', 32))
  const padded = Buffer.concat([key, Buffer.alloc(block - key.length)])
  const inner = padded.map((byte) => byte ^ 0x36)
  const outer = padded.map((byte) => byte ^ 0x5c)
  return (workspace, address) => {
    const text = Buffer.from(`${workspace} ${address}`)
    return hash(
      'sha256',
      Buffer.concat([outer, hash('sha256', Buffer.concat([inner, text]), 'buffer')]),
      'buffer',
    )
  }
}

const buckets = 128
export const bucketOfAddress = (address: Uint8Array): number => (address[0] as number) % buckets
export const bucketOfUnit = (unit: number): number => unit % buckets

/** Each once, in the one order in which everybody takes them. */
export const bucketsOf = (addresses: Iterable<Uint8Array>, units: Iterable<number>): number[] => {
  const found = new Set<number>()
  for (const address of addresses) found.add(bucketOfAddress(address))
  for (const unit of units) found.add(bucketOfUnit(unit))
  return [...found].sort((a, b) => a - b)
}
