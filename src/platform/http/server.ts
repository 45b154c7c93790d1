import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Ctx, WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { methodOf, pathOf, type RouteDef } from '#platform/http/define-routes.ts'
import { answerOnce } from '#platform/http/idempotency.ts'
import type { Call, ServedRoute } from '#platform/http/implement.ts'
import { invalidRequest, sendProblem } from '#platform/http/problem.ts'
import { refuseConnection } from '#platform/http/refuse-connection.ts'
import { refuseUnstorable } from '#platform/http/refuse-unstorable.ts'
import { setSecurityHeaders } from '#platform/http/security-headers.ts'
import { randomText } from '#platform/ids.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'

/** Who is asking; provided by the access module. Throws `unauthenticated` where the route needs somebody. */
export type Authenticate = (
  request: FastifyRequest,
  route: RouteDef,
  /** For what the answer says of the caller's limits. */
  reply?: FastifyReply,
) => Promise<Ctx & Partial<WorkspaceCtx>>

export type HttpDeps = { log: Log; database: Database; authenticate: Authenticate; trustProxy: boolean }

/** The web server with error funnel, security headers and request ids; routes are added by `serveRoutes`. */
export function createServer(deps: Pick<HttpDeps, 'log' | 'trustProxy'>): FastifyInstance {
  const server = Fastify({
    loggerInstance: undefined,
    logger: false,
    genReqId: () => randomText(16),
    trustProxy: deps.trustProxy,
    bodyLimit: 4 * 1024 * 1024,
    // As long as a large file may take to come in; a slow sender of headers is cut off after a minute (headersTimeout).
    requestTimeout: 300_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 2000, ignoreDuplicateSlashes: true },
    forceCloseConnections: 'idle',
    // Its own answer is not a problem document; the hook below gives ours.
    return503OnClosing: false,
    clientErrorHandler: refuseConnection,
    // Addresses no route can be looked up for (bad escapes, endless parameters) pass by every hook.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(request, reply)
      return sendProblem(reply, error, request.id, deps.log)
    },
  })
  let closing = false
  server.addHook('preClose', async () => {
    closing = true
  })
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    setSecurityHeaders(request, reply)
    if (closing)
      throw new AppError('server.stopping', 'busy', 'The server is stopping; try again.', { retryAfter: 2 })
  })
  readOnAfterRefusal(server)
  server.setErrorHandler((error, request, reply) => sendProblem(reply, error, request.id, deps.log))
  server.setNotFoundHandler((request, reply) =>
    sendProblem(
      reply,
      new AppError('route.missing', 'missing', 'There is nothing at this address.'),
      request.id,
      deps.log,
    ),
  )
  return server
}

/**
 * Of a body that is too large the rest is thrown away and the connection goes on. Fastify shuts it, and a sender that
 * still writes, the collector among them, then meets a broken pipe in place of the answer, four times in sixty.
 */
export function readOnAfterRefusal(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply) => {
    if (reply.statusCode !== 413) return
    reply.removeHeader('connection')
    request.raw.resume()
  })
}

/** `List-Unsubscribe=One-Click` and what a mail program puts around it. */
const formBytes = 4096

/** Adds declared routes: authenticate → permission → validate → use-case → answer. */
export function serveRoutes(server: FastifyInstance, deps: HttpDeps, served: readonly ServedRoute[]): void {
  const uploads: ServedRoute[] = []
  const oneClicks: ServedRoute[] = []
  for (const one of served) {
    if (one.route.upload) uploads.push(one)
    else if (one.route.oneClick) oneClicks.push(one)
    else serveRoute(server, deps, one)
  }
  // In scopes of their own: elsewhere a form is an unsupported media type.
  if (oneClicks.length > 0)
    server.register(async (scope) => {
      const forms = ['multipart/form-data', 'application/x-www-form-urlencoded']
      scope.addContentTypeParser(
        forms,
        { parseAs: 'string', bodyLimit: formBytes },
        (_request, _body, done) => done(null, {}),
      )
      for (const one of oneClicks) serveRoute(scope, deps, one)
    })
  if (uploads.length === 0) return
  server.register(async (scope) => {
    scope.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null, undefined))
    for (const one of uploads) serveRoute(scope, deps, one)
  })
}

// Less than what stands between us and a browser usually waits (30 s and 60 s), so that the answer is ours.
const patienceMs = 20_000

function serveRoute(server: FastifyInstance, deps: HttpDeps, { route, handle }: ServedRoute): void {
  server.route({
    method: methodOf(route).toUpperCase(),
    url: pathOf(route),
    handler: async (request, reply) => {
      const ctx = { ...(await deps.authenticate(request, route, reply)), patienceMs }
      const input = readInput(route, request)
      const answer = await answerOnce(deps.database, request, ctx, route.secret === true, async (ctx) => ({
        status: route.status ?? 200,
        body: await handle({ ctx, ...input, request, reply } as Call<RouteDef>),
      }))
      if (reply.sent) return reply
      if (answer.body === undefined) return reply.code(204).send()
      if (route.produces) reply.type(route.produces)
      return reply.code(answer.status).send(answer.body)
    },
  })
}

export const isForm = (request: Pick<FastifyRequest, 'headers'>): boolean =>
  /^multipart\/form-data/i.test(request.headers['content-type'] ?? '')

function readInput(route: RouteDef, request: FastifyRequest) {
  return {
    params: read(route.params, request.params, 'params'),
    query: read(route.query, request.query, 'query'),
    // A body may be left out where every field of it may.
    // The parts of a form come later; whoever reads them judges them.
    body: route.upload && isForm(request) ? undefined : read(route.body, request.body ?? {}, 'body'),
  }
}

function read(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  refuseUnstorable(part, value)
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw invalidRequest(part, parsed.error)
  return parsed.data
}
