import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { AppError } from '#platform/errors.ts'

const built = new URL('../../packages/tracker/dist/', import.meta.url)

type Script = { plain: Buffer; packed: Buffer; tag: string }

/** The browser tracker that a site's snippet loads, from any origin, and the one that mini-programs take along. */
export function serveTracker(server: FastifyInstance): void {
  serveScript(server, '/tracker.js', 'tracker.js')
  serveScript(server, '/tracker-mini-program.js', 'mini-program.js')
}

function serveScript(server: FastifyInstance, address: string, file: string): void {
  let script: Promise<Script> | undefined
  server.get(address, async (request, reply) => {
    script ??= readScript(file)
    const { plain, packed, tag } = await script.catch((error: unknown) => {
      script = undefined
      throw error
    })
    reply
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      // Sites name this address for years, so it cannot carry a hash; an hour later a new version is everywhere.
      .header('cache-control', 'public, max-age=3600, stale-while-revalidate=86400')
      .header('vary', 'accept-encoding')
      .header('etag', tag)
    if (request.headers['if-none-match'] === tag) return reply.code(304).send()
    reply.type('text/javascript; charset=utf-8')
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(plain)
    return reply.header('content-encoding', 'gzip').send(packed)
  })
}

async function readScript(file: string): Promise<Script> {
  const plain = await readFile(new URL(file, built)).catch((cause: unknown) => {
    throw new AppError('tracker.not_built', 'missing', 'The tracker is not built; run "npm run build".', {
      cause,
    })
  })
  const packed = await promisify(gzip)(plain, { level: 9 })
  return { plain, packed, tag: `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"` }
}
