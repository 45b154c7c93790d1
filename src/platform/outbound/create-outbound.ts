import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { createWriteStream } from 'node:fs'
import { isIP } from 'node:net'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Agent, buildConnector, request } from 'undici'
import { AppError } from '#platform/errors.ts'
import { type Allowed, isPublicAddress, readAllowed } from '#platform/outbound/public-address.ts'

export type OutboundRequest = {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  body?: string | Uint8Array
  signal?: AbortSignal
  /** Whole exchange, ms; default 10,000. */
  timeout?: number
  /** Bytes of the answer before it is refused; default 64 KiB. */
  maxBytes?: number
  /** A longer answer is no failure: its beginning is answered and the rest never read. */
  cut?: boolean
}
export type OutboundAnswer = { status: number; headers: Record<string, string>; body: Buffer }
export type Resolve = (host: string) => Promise<LookupAddress[]>

/** Sends one request to an address somebody else chose. Any status is an answer; a redirect is one too. */
export type Outbound = {
  (url: string, options?: OutboundRequest): Promise<OutboundAnswer>
  /** Throws what a request would throw for the address as it stands, without sending: for forms. */
  check(url: string): Promise<void>
  /** As a request, but a good answer's body goes to a file as it comes; its limit is `maxBytes`, without default. */
  download(url: string, path: string, options?: OutboundRequest): Promise<OutboundAnswer>
  /**
   * The address a socket of another protocol may connect to, judged now: connect to it and to no other, and soon. Throws
   * `outbound.refused_target` where a request would be refused.
   */
  reach(host: string, port: number): Promise<LookupAddress>
  close(): Promise<void>
}

type Reply = Awaited<ReturnType<typeof request>>
type Target = { url: URL; host: string; port: number }

const resolveAll: Resolve = (host) => lookup(host, { all: true, verbatim: true })

/**
 * The one way out to addresses that people type in (webhooks, images, discovery). Every address a name resolves to is
 * judged at the moment of connecting, and that very address is connected to: a name that changes its mind gains
 * nothing. `allow` is HEADWATER_ALLOW_TARGETS.
 */
export function createOutbound({
  allow,
  resolve = resolveAll,
}: {
  allow: readonly string[]
  resolve?: Resolve
}): Outbound {
  const allowed = readAllowed(allow)
  // Without pipelining a connection ends with its answer, so that every request is judged anew.
  const agent = new Agent({ connect: guardedConnector(allowed, resolve), pipelining: 0 })
  const exchange = async (
    text: string,
    options: OutboundRequest,
    read: (reply: Reply) => Promise<Buffer>,
  ): Promise<OutboundAnswer> => {
    const { url } = readUrl(text, allowed)
    const limit = new AbortController()
    const stop = () => limit.abort()
    let late = false
    const timer = setTimeout(() => {
      late = true
      stop()
    }, options.timeout ?? 10_000)
    options.signal?.addEventListener('abort', stop)
    if (options.signal?.aborted) stop()
    try {
      // `request`, not `fetch`: it follows no redirect, decodes nothing and adds no headers.
      const reply = await request(url, {
        dispatcher: agent,
        method: options.method ?? 'GET',
        signal: limit.signal,
        headers: { 'user-agent': 'Headwater', connection: 'close', ...options.headers },
        ...(options.body === undefined ? {} : { body: options.body }),
      })
      return { status: reply.statusCode, headers: flat(reply.headers), body: await read(reply) }
    } catch (error) {
      throw translate(error, late)
    } finally {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', stop)
    }
  }
  const readSmall = (options: OutboundRequest) => (reply: Reply) =>
    readBody(reply.body, options.maxBytes ?? 64 * 1024, options.cut ?? false)
  const send = (text: string, options: OutboundRequest = {}) => exchange(text, options, readSmall(options))
  const download = (text: string, path: string, options: OutboundRequest = {}) =>
    exchange(text, options, async (reply) => {
      if (reply.statusCode < 200 || reply.statusCode > 299) return readSmall({ cut: true })(reply)
      await pipeline(
        reply.body,
        limiter(options.maxBytes ?? Number.POSITIVE_INFINITY),
        createWriteStream(path),
      )
      return Buffer.alloc(0)
    })
  const reach = (host: string, port: number) => chooseAddress(bare(host), port, allowed, resolve)
  const check = async (text: string) => {
    const { host, port } = readUrl(text, allowed)
    await chooseAddress(host, port, allowed, resolve)
  }
  return Object.assign(send, { check, download, reach, close: () => agent.close() })
}

function readUrl(text: string, allowed: Allowed): Target {
  if (!URL.canParse(text)) throw new AppError('outbound.bad_url', 'invalid', 'This is not a full address.')
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new AppError('outbound.bad_url', 'invalid', 'Only http and https addresses can be reached.')
  if (url.username !== '' || url.password !== '')
    throw new AppError('outbound.bad_url', 'invalid', 'An address must not carry a user name or password.')
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  const host = bare(url.hostname)
  // Other ports are other services: mail, databases. A listed target is somebody's decision.
  if (port !== 80 && port !== 443 && !allowed(host, port, isIP(host) ? host : '')) throw refused(host)
  return { url, host, port }
}

/** The address to connect to: one of the host's, when all of them may be reached. */
async function chooseAddress(
  host: string,
  port: number,
  allowed: Allowed,
  resolve: Resolve,
): Promise<LookupAddress> {
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolveOrFail(resolve, host)
  const [first] = addresses
  const bad = addresses.some(({ address }) => !isPublicAddress(address) && !allowed(host, port, address))
  if (bad || !first) throw refused(host)
  return first
}

async function resolveOrFail(resolve: Resolve, host: string): Promise<LookupAddress[]> {
  try {
    return await resolve(host)
  } catch (error) {
    throw new AppError('outbound.unknown_host', 'invalid', `There is no host ${host}.`, { cause: error })
  }
}

/** Connects to the address that was judged and to no other: the connector's own look-up answers just that one. */
function guardedConnector(allowed: Allowed, resolve: Resolve): buildConnector.connector {
  return (options, done) => {
    const host = bare(options.hostname)
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80))
    chooseAddress(host, port, allowed, resolve).then(
      ({ address, family }) => {
        const connect = buildConnector({
          timeout: 5000,
          lookup: (_host, { all }, found) =>
            all ? found(null, [{ address, family }]) : found(null, address, family),
        })
        connect(options, done)
      },
      (error: Error) => done(error, null),
    )
  }
}

const limiter = (maxBytes: number) => {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) done(tooLarge(maxBytes))
      else done(null, chunk)
    },
  })
}

const tooLarge = (maxBytes: number) =>
  new AppError('outbound.answer_too_large', 'invalid', `The answer has more than ${maxBytes} bytes.`)

async function readBody(
  stream: AsyncIterable<Buffer> & { destroy(): void },
  maxBytes: number,
  cut: boolean,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (cut && bytes >= maxBytes) return Buffer.concat([...chunks, chunk]).subarray(0, maxBytes)
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '')

const flat = (headers: Record<string, string | string[] | undefined>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

const refused = (host: string) =>
  new AppError('outbound.refused_target', 'denied', `${host} is not a public address.`, { details: { host } })

function translate(error: unknown, late: boolean): Error {
  const cause = error instanceof Error && error.cause instanceof AppError ? error.cause : error
  if (cause instanceof AppError) return cause
  if (late)
    return new AppError('outbound.timed_out', 'busy', 'The address did not answer in time.', { cause: error })
  if (error instanceof Error && error.name === 'AbortError') return error
  return new AppError('outbound.failed', 'busy', 'The address could not be reached.', { cause: error })
}
