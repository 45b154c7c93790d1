import ipaddr from 'ipaddr.js'
import { type ScopeKind, scopeKinds } from '#modules/access/permissions.ts'

/** What a key is held to besides its permissions. */
export type KeyLimits = { perMinute: number; allowedIps: string[] | null }

/** The narrower of two scopes; null is "as the maker's". */
export function narrower(a: ScopeKind, b: ScopeKind | null): ScopeKind
export function narrower(a: ScopeKind | null, b: ScopeKind | null): ScopeKind | null
export function narrower(a: ScopeKind | null, b: ScopeKind | null): ScopeKind | null {
  if (a === null || b === null) return a ?? b
  return scopeKinds.indexOf(a) <= scopeKinds.indexOf(b) ? a : b
}

/** An address or a range of addresses (CIDR), v4 or v6. */
export function isAddressRange(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text)
}

/** Whether an address lies in one of the ranges; a v4 address told as v6 (::ffff:…) is the v4 one. */
export function isFrom(address: string, ranges: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const asked = ipaddr.process(address)
  return ranges.some((range) => {
    const [base, bits] = ipaddr.isValidCIDR(range) ? ipaddr.parseCIDR(range) : single(range)
    return base.kind() === asked.kind() && asked.match(base, bits)
  })
}

function single(address: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const base = ipaddr.process(address)
  return [base, base.kind() === 'ipv4' ? 32 : 128]
}
