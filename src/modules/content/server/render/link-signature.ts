import { createHmac } from 'node:crypto'

/** Nobody but us makes an address that leads elsewhere: place and target of one link, 72 bits. The key is hexadecimal. */
export function signLink(key: string, place: string, target: string): string {
  const path = place.slice(place.lastIndexOf('/') + 1)
  return createHmac('sha256', Buffer.from(key, 'hex'))
    .update(`${path} ${target}`)
    .digest()
    .subarray(0, 9)
    .toString('base64url')
}
