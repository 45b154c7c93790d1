import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/**
 * Whether an address belongs to the public internet and to one host there. IPv6 in disguise (mapped, NAT64, 6to4,
 * Teredo) never does: it would reach an IPv4 address that nobody looked at.
 */
export function isPublicAddress(text: string): boolean {
  const address = parse(text)
  if (address?.range() !== 'unicast') return false
  // Only 2000::/3 is handed out; ipaddr.js calls everything it has no name for unicast.
  return address.kind() === 'ipv4' || address.match(ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number])
}

// Strict: `127.1`, octal and hexadecimal forms are no addresses here (the URL parser has already normalised them).
function parse(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  // ipaddr.js reads `::1.2.3.4` as a mapped address; the kernel does not.
  const mixed = text.includes('.') && !text.toLowerCase().startsWith('::ffff:')
  if (mixed || !ipaddr.IPv6.isValid(text)) return undefined
  const address = ipaddr.IPv6.parse(text)
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

export type Allowed = (host: string, port: number, address: string) => boolean

/** Reads HEADWATER_ALLOW_TARGETS: `host:port` (`[::1]:8080` for IPv6) or CIDR. Throws on anything else. */
export function readAllowed(targets: readonly string[]): Allowed {
  const tests = targets.map(readTarget)
  return (host, port, address) => tests.some((test) => test(host, port, address))
}

function readTarget(target: string): Allowed {
  if (target.includes('/')) {
    if (!ipaddr.isValidCIDR(target)) throw new Error(`not a CIDR: ${target}`)
    const [network, bits] = ipaddr.parseCIDR(target)
    return (_host, _port, text) => {
      const address = parse(text)
      return address !== undefined && address.kind() === network.kind() && address.match(network, bits)
    }
  }
  const [, host, port] = /^(\[[^\]]+\]|[^:/\s]+):(\d{1,5})$/.exec(target) ?? []
  if (!host || !port) throw new Error(`neither host:port nor a CIDR: ${target}`)
  const wanted = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '')
  return (asked, askedPort) => asked === wanted && askedPort === Number(port)
}
