import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WriteKeyTarget } from '#modules/access/index.ts'
import type { Appender } from '#modules/collect/server/append-batches.ts'
import {
  maxBodyBytes,
  nestFields,
  plainBody,
  readEnvelope,
  writeKeyOf,
} from '#modules/collect/server/read-request.ts'
import { AppError } from '#platform/errors.ts'

export type TrackingDeps = {
  appender: Appender
  resolveWriteKey: (key: string) => Promise<WriteKeyTarget | undefined>
  quota: (workspace: number, items: number) => void
  now: () => number
}

const callTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const
// analytics-next 1 posts to the first letter of the type; `b` is its batch.
const shortPaths: Record<string, string | null> = {
  i: 'identify',
  t: 'track',
  p: 'page',
  s: 'screen',
  g: 'group',
  a: 'alias',
  b: null,
}

const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** The tracking API as the official Segment and RudderStack SDKs speak it, browser variants included. */
export function serveTracking(server: FastifyInstance, deps: TrackingDeps): void {
  server.register(async (scope) => {
    // By content, not by header: browsers send JSON as text/plain to spare themselves a preflight.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBodyBytes }, (_request, body, done) =>
      done(null, body),
    )
    scope.addHook('onRequest', async (request, reply) => {
      allowOrigin(request, reply)
      // A malformed header would be refused with 400, and the events behind it dropped by the SDK.
      if (request.method === 'POST') request.headers['content-type'] = 'text/plain'
    })
    // Only where SDKs post: the management API is not for other origins.
    for (const path of ['/v1/*', '/beacon/v1/*', '/sourceConfig', '/sourceConfig/'])
      scope.options(path, async (_request, reply) => reply.code(204).send())
    // With and without the last slash: analytics-java posts to `/v1/import/`.
    const take = (path: string, type: string | null) => {
      for (const url of [path, `${path}/`])
        scope.post(url, (request, reply) => collect(deps, type, request, reply))
    }
    for (const type of callTypes) take(`/v1/${type}`, type)
    for (const [path, type] of Object.entries(shortPaths)) take(`/v1/${path}`, type)
    for (const path of ['/v1/batch', '/v1/import', '/beacon/v1/batch']) take(path, null)
    for (const type of ['track', 'page'])
      scope.get(`/pixel/v1/${type}`, (request, reply) => collectPixel(deps, type, request, reply))
    scope.post('/v1/m', async (_request, reply) => reply.code(204).send()) // the SDK's own metrics: taken, not kept
    scope.get('/v1/projects/:writeKey/settings', (request, reply) => segmentSettings(deps, request, reply))
    scope.get('/sourceConfig', (request, reply) => rudderSettings(deps, request, reply))
    scope.get('/sourceConfig/', (request, reply) => rudderSettings(deps, request, reply))
  })
}

function allowOrigin(request: FastifyRequest, reply: FastifyReply): void {
  const origin = request.headers.origin
  reply.header('cross-origin-resource-policy', 'cross-origin')
  if (!origin) return
  // Reflected because the SDKs send Authorization; no cookie of ours is read on these paths.
  reply.header('access-control-allow-origin', origin)
  reply.header('vary', 'Origin, Access-Control-Request-Headers')
  // Without this a browser hides it, and the SDK comes back too early.
  reply.header('access-control-expose-headers', 'retry-after')
  if (request.method !== 'OPTIONS') return
  reply.header('access-control-allow-methods', 'GET, POST, OPTIONS')
  // Whatever is asked for: RudderStack's SDK adds headers with each release (`SentAt`, `Rsa-Retry-Attempt` …), and one
  // that is missing here blocks all its events. No cookie goes with them, so nothing is opened.
  const asked = request.headers['access-control-request-headers']
  reply.header('access-control-allow-headers', asked ?? 'authorization, content-type')
  reply.header('access-control-max-age', '86400')
}

async function collect(
  deps: TrackingDeps,
  type: string | null,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const body = await plainBody(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0))
  const envelope = readEnvelope(body, type === null)
  await accept(deps, {
    type,
    body,
    items: envelope.items,
    key: writeKeyOf(request.headers.authorization, envelope.writeKey, request.query),
  })
  return reply.code(200).send({ success: true })
}

async function collectPixel(deps: TrackingDeps, type: string, request: FastifyRequest, reply: FastifyReply) {
  const { writeKey: _key, ...fields } = request.query as Record<string, unknown>
  const body = Buffer.from(JSON.stringify(nestFields(fields)))
  await accept(deps, {
    type,
    body,
    items: 1,
    key: writeKeyOf(request.headers.authorization, undefined, request.query),
  })
  return reply.type('image/gif').header('cache-control', 'no-store').send(pixel)
}

async function accept(
  deps: TrackingDeps,
  given: { type: string | null; body: Buffer; items: number; key: string | undefined },
): Promise<void> {
  const target = await targetOf(deps, given.key)
  if (given.items === 0) return
  deps.quota(target.workspace, given.items)
  const frame = { type: given.type, sourceId: target.sourceId, receivedAt: deps.now(), body: given.body }
  await deps.appender.append({ workspace: target.workspace, items: given.items, frame })
}

async function targetOf(deps: TrackingDeps, key: string | undefined): Promise<WriteKeyTarget> {
  if (!key)
    throw new AppError(
      'collect.no_write_key',
      'unauthenticated',
      'Send the write key as HTTP Basic user name.',
    )
  const target = await deps.resolveWriteKey(key).catch((error: unknown) => {
    // The SDKs wait and send again; after a 4xx they would drop what they hold.
    throw new AppError('collect.storage_unavailable', 'busy', 'Write keys cannot be checked right now.', {
      retryAfter: 1,
      cause: error,
    })
  })
  if (!target)
    throw new AppError(
      'collect.unknown_write_key',
      'unauthenticated',
      'This write key is unknown or revoked.',
    )
  return target
}

async function segmentSettings(deps: TrackingDeps, request: FastifyRequest, reply: FastifyReply) {
  const { writeKey } = request.params as { writeKey: string }
  await targetOf(deps, writeKey)
  return reply.send({
    integrations: {
      'Segment.io': {
        apiKey: writeKey,
        apiHost: `${request.host}/v1`,
        protocol: request.protocol,
        unbundledIntegrations: [],
      },
    },
    edgeFunction: {},
    middlewareSettings: {},
    metrics: { sampleRate: 0 },
  })
}

async function rudderSettings(deps: TrackingDeps, request: FastifyRequest, reply: FastifyReply) {
  const key = writeKeyOf(request.headers.authorization, undefined, request.query)
  const target = await targetOf(deps, key)
  const updatedAt = new Date(0).toISOString()
  return reply.send({
    source: {
      id: target.sourceId,
      name: target.sourceName,
      writeKey: key,
      enabled: true,
      config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
      destinations: [],
      dataplanes: {},
      workspaceId: target.workspaceId,
      updatedAt,
    },
    updatedAt,
  })
}
