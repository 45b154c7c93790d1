import {
  Agent,
  request as ask,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { pipeline } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#platform/errors.ts'
import { problemOf } from '#platform/http/problem.ts'
import type { Log } from '#platform/log.ts'

export type HandThroughOptions = {
  /** Where the server behind listens. */
  socketPath: string
  /** Believe X-Forwarded-* headers of the peer; otherwise they are taken off here. */
  trustProxy: boolean
  log: Log
}

// RFC 9110 7.6.1: they belong to one connection. `expect: 100-continue` is answered by this server.
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'transfer-encoding',
  'expect',
])

/**
 * Every address that no route of this server answers goes to the server behind, in both directions as it comes. The
 * server behind must trust this one: it is told the peer's address in X-Forwarded-For.
 */
export function handThrough(server: FastifyInstance, options: HandThroughOptions): void {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 })
  server.addHook('onClose', async () => agent.destroy())
  server.all('/*', {
    // Before anything is read: the body belongs to the server behind, of whatever size and type it is.
    onRequest: async (request, reply) => {
      const behind = openRequest(options, agent, request.raw)
      reply.hijack()
      connect(behind, request, reply.raw, options.log)
    },
    handler: async () => undefined,
  })
}

function connect(behind: ClientRequest, request: FastifyRequest, to: ServerResponse, log: Log): void {
  const from = request.raw
  let isAnswered = false
  behind.once('response', (answer) => {
    isAnswered = true
    to.writeHead(answer.statusCode as number, answer.statusMessage, passedOn(answer.rawHeaders))
    // An answer that breaks off must break off here, too, or it would pass for a whole one.
    pipeline(answer, to, () => letGo(from, behind))
  })
  behind.on('error', (error: NodeJS.ErrnoException) => {
    letGo(from, behind)
    if (isAnswered || to.destroyed) return // told by the pipeline, or nobody is there to be told
    log.warn({ err: error, requestId: request.id }, 'the server behind does not answer')
    if (error.syscall === 'connect') refuse(request, to)
    else to.destroy() // what became of the request nobody knows, as when a server dies
  })
  // Who hangs up is not waited for: the server behind stops what it does for them.
  to.once('close', () => behind.destroy())
  from.pipe(behind)
}

/** What still comes of a body is thrown away; unread, it would stand before the next request of the connection. */
function letGo(from: IncomingMessage, behind: ClientRequest): void {
  from.unpipe(behind)
  from.resume()
}

function refuse(request: FastifyRequest, to: ServerResponse): void {
  const fault = new AppError('server.restarting', 'busy', 'The server is starting; try again.')
  to.writeHead(503, {
    'content-type': 'application/problem+json',
    'retry-after': '2',
    'x-request-id': request.id,
  })
  to.end(JSON.stringify(problemOf(fault, request.id)))
}

function openRequest(options: HandThroughOptions, agent: Agent, from: IncomingMessage): ClientRequest {
  const { method = 'GET', url = '/' } = from
  const headers = [
    ...passedOn(from.rawHeaders, (name) => isForwarded(name) || name === 'content-length'),
    ...forwardedOf(options, from),
    ...framingOf(from),
  ]
  try {
    return ask({ agent, socketPath: options.socketPath, method, path: url, headers })
  } catch (error) {
    throw new AppError('request.malformed', 'malformed', 'This request cannot be read.', { cause: error })
  }
}

/** Pairs of names and values, one after the other, without those of the connection. */
function passedOn(raw: readonly string[], isLeftOut: (name: string) => boolean = () => false): string[] {
  const named = new Set(ofConnection)
  for (let at = 0; at < raw.length; at += 2)
    if (raw[at]?.toLowerCase() === 'connection')
      for (const name of (raw[at + 1] as string).split(',')) named.add(name.trim().toLowerCase())
  const kept: string[] = []
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] as string).toLowerCase()
    if (!named.has(name) && !isLeftOut(name)) kept.push(raw[at] as string, raw[at + 1] as string)
  }
  return kept
}

const isForwarded = (name: string) => name.startsWith('x-forwarded-') || name === 'forwarded'

/** What is known of the client: what a trusted peer says, and always the peer's own address as the last of the chain. */
function forwardedOf({ trustProxy }: HandThroughOptions, { headers, socket }: IncomingMessage): string[] {
  const peer = socket.remoteAddress ?? ''
  if (!trustProxy) return ['x-forwarded-for', peer]
  const said = Object.entries(headers).filter(([name]) => isForwarded(name) && name !== 'x-forwarded-for')
  const chain = headers['x-forwarded-for']
  return [
    'x-forwarded-for',
    chain ? `${chain}, ${peer}` : peer,
    ...said.flatMap(([name, value]) => [name, `${value}`]),
  ]
}

/**
 * Where the body ends, as this server read it and whatever `Connection` says of it: without, the body of a GET would be
 * the next request behind. Said aloud also of none, or Node would announce a body in pieces.
 */
function framingOf({ method, headers }: IncomingMessage): string[] {
  if (headers['transfer-encoding'] !== undefined) return ['transfer-encoding', 'chunked']
  const length = headers['content-length']
  if (length !== undefined) return ['content-length', length]
  return method === 'GET' || method === 'HEAD' ? [] : ['content-length', '0']
}
