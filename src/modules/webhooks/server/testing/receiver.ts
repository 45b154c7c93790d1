import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

export type Received = { path: string; id: string; headers: IncomingHttpHeaders; body: string }
export type Reply = { status: number; headers?: Record<string, string>; body?: string } | 'hang'
export type Receiver = {
  port: number
  url(path?: string): string
  /** Everything that came, in order. */
  all: Received[]
  at(path: string): Received[]
  /** How a path answers from now on; 204 as long as nothing else is said. */
  answer(path: string, reply: Reply | (() => Reply)): void
  /** Ends what hangs, without an answer. */
  hangUp(): void
  close(): Promise<void>
}

/** Somebody's server, on the loopback. */
export async function startReceiver(): Promise<Receiver> {
  const all: Received[] = []
  const replies = new Map<string, () => Reply>()
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { headers } = request
      all.push({ path, id: String(headers['webhook-id']), headers, body: Buffer.concat(chunks).toString() })
      const reply = replies.get(path)?.() ?? { status: 204 }
      if (reply !== 'hang') response.writeHead(reply.status, reply.headers).end(reply.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: (path = '/') => `http://127.0.0.1:${port}${path}`,
    all,
    at: (path) => all.filter((one) => one.path === path),
    answer: (path, reply) => replies.set(path, typeof reply === 'function' ? reply : () => reply),
    hangUp: () => server.closeAllConnections(),
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** What the public library makes of it; throws when it is not ours. The clock is the receiver's. */
export const verified = (secret: string, { body, headers }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as {
    type: string
    timestamp: string
    data: { people: { id: string; merged?: string[] }[]; segment?: { id: string } }
  }
