import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { signLink } from '#modules/content/server/render/link-signature.ts'

/** The keys tokens are signed with. */
export type LinkTokens = { key: Buffer; linkKey: string }

export function openLinkTokens(instanceKey: Buffer): LinkTokens {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', instanceKey, Buffer.alloc(0), purpose, 32))
  return {
    key: derive('headwater links of messages 1'),
    linkKey: derive('headwater targets of links 1').toString('hex'),
  }
}

const macBytes = 9

/** 72 bits over version and message; which link of the version it is stands behind, for any of them leads where the version says. */
const mac = ({ key }: LinkTokens, payload: string): string =>
  createHmac('sha256', key).update(payload).digest().subarray(0, macBytes).toString('base64url')

/**
 * What stands before the number of every tracked link of one message: `https://…/l/2s.msg_1.QmFz….` One signature for
 * all of them, and no row for any.
 */
export function linkPrefix(
  tokens: LinkTokens,
  base: string,
  version: number,
  message: string,
): { prefix: string; key: string } {
  const payload = `${version.toString(36)}.${message}`
  return { prefix: `${base}/l/${payload}.${mac(tokens, payload)}.`, key: tokens.linkKey }
}

export type ReadLink = { version: number; message: string; link: number; target: string | undefined }

/** What a token says, or undefined where we never made it. */
export function readLinkToken(
  tokens: LinkTokens,
  token: string,
  target?: string,
  signature?: string,
): ReadLink | undefined {
  const found = /^([0-9a-z]{1,11})\.([\w-]{1,64})\.([\w-]{12})\.([0-9a-z]{1,3})$/.exec(token)
  if (!found) return undefined
  const [, version = '', message = '', signed = '', link = ''] = found
  const expected = mac(tokens, `${version}.${message}`)
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signed))) return undefined
  if (target !== undefined) {
    const right = Buffer.from(signLink(tokens.linkKey, token, target))
    const given = Buffer.from(signature ?? '')
    if (right.length !== given.length || !timingSafeEqual(right, given)) return undefined
  }
  return { version: Number.parseInt(version, 36), message, link: Number.parseInt(link, 36), target }
}
