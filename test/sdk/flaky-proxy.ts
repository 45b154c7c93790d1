import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What becomes of one request: passed on, answered instead of the server, cut off, or taken with the answer lost. */
export type Step = 'pass' | 'reset' | 'answer lost' | 'no answer' | { status: number; retryAfter?: number }

export type FlakyProxy = {
  url: string
  seen: { step: Step; method: string; url: string; type: string }[]
  close(): Promise<void>
}

/** Stands between an SDK and the server and plays a script, one step a request; afterwards it only passes on. */
export async function startFlakyProxy(target: string, script: readonly Step[]): Promise<FlakyProxy> {
  const left = [...script]
  const seen: FlakyProxy['seen'] = []
  const server = createServer(async (request, reply) => {
    const body = await readAll(request)
    const { method = '', url = '' } = request
    // The script is about deliveries; preflights and settings always pass.
    const step = (method === 'POST' ? left.shift() : undefined) ?? 'pass'
    seen.push({ step, method, url, type: request.headers['content-type'] ?? '' })
    await play(step, () => forward(target, request, body), request, reply)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function play(
  step: Step,
  pass: () => Promise<Response>,
  request: IncomingMessage,
  reply: ServerResponse,
) {
  if (step === 'no answer') return // the client's own time-out ends it
  if (step === 'reset') return request.socket.resetAndDestroy()
  if (typeof step === 'object') {
    const headers: Record<string, string> = { 'access-control-allow-origin': request.headers.origin ?? '*' }
    if (step.retryAfter !== undefined)
      Object.assign(headers, {
        'retry-after': String(step.retryAfter),
        'access-control-expose-headers': 'retry-after',
      })
    return reply.writeHead(step.status, headers).end()
  }
  const answer = await pass()
  if (step === 'answer lost') return request.socket.resetAndDestroy()
  return reply.writeHead(answer.status, answerHeaders(answer)).end(Buffer.from(await answer.arrayBuffer()))
}

function forward(target: string, request: IncomingMessage, body: Buffer): Promise<Response> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (
      typeof value === 'string' &&
      !/^(host|connection|content-length|transfer-encoding|expect)$/.test(name)
    )
      headers.set(name, value)
  headers.set('x-forwarded-host', request.headers.host ?? '')
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'OPTIONS'
  return fetch(`${target}${request.url}`, {
    method: request.method ?? 'GET',
    headers,
    ...(hasBody ? { body: new Uint8Array(body) } : {}),
  })
}

const answerHeaders = (answer: Response) =>
  Object.fromEntries(
    [...answer.headers].filter(
      ([name]) => !/^(content-encoding|content-length|connection|transfer-encoding|keep-alive)$/.test(name),
    ),
  )

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
