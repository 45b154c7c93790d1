import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import { holdKey } from '#modules/access/server/authenticate/hold-key.ts'
import {
  type Identity,
  loadApiKey,
  loadSession,
  type Standing,
} from '#modules/access/server/authenticate/load-identity.ts'
import { missingPermission } from '#modules/access/server/authenticate/missing-permission.ts'
import { refuseCrossSite } from '#modules/access/server/authenticate/refuse-cross-site.ts'
import { readSessionCookie } from '#modules/access/server/login/session-cookie.ts'
import { findWorkspaceRef } from '#modules/access/server/workspaces/workspace-store.ts'
import type { Actor, Ctx, WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Authenticate } from '#platform/http/server.ts'

export type RequestCtx = Ctx & Partial<WorkspaceCtx>

const nothing: Pick<Ctx, 'permissions' | 'scope'> = {
  permissions: new Set(),
  scope: { all: false, memberIds: [], departmentIds: [] },
}

/** Finds out who asks and whether they may: the one door of every declared route. */
export function authenticate(deps: AccessDeps): Authenticate {
  return async (request, route, reply) => {
    const base = { requestId: request.id, language: languageOf(request), now: deps.clock.now() }
    if (route.access === 'public') {
      refuseCrossSite(request, false)
      return { ...base, ...nothing, actor: { kind: 'system', name: 'public' } }
    }
    const ctx = { ...base, ...(await whoAsks(deps, request, reply)) }
    if (route.access === 'session') return ctx
    if (ctx.permissions.has(route.access)) return ctx
    if (ctx.actor.kind !== 'system' && !ctx.workspace)
      throw new AppError('access.no_workspace', 'denied', 'Choose a workspace first.')
    throw missingPermission(route.access)
  }
}

/** The identity behind a request, for use-cases of this module that need more than the context says. */
export async function identityOf(deps: AccessDeps, request: FastifyRequest): Promise<Identity> {
  const wanted = wantedWorkspace(request)
  const token = bearerOf(request)
  const secret = token ?? readSessionCookie(request)
  if (!secret) throw unauthenticated()
  const load = () => (token === undefined ? loadSession(deps, secret, wanted) : loadApiKey(deps, secret))
  const kind = token === undefined ? 'session' : 'key'
  const identity = await deps.identities.get(`${kind} ${digest(secret).toString('base64')} ${wanted}`, load)
  if (!identity) throw unauthenticated()
  if (wanted && identity.standing?.membership.workspace_id !== wanted) throw workspaceMissing()
  return identity
}

async function whoAsks(
  deps: AccessDeps,
  request: FastifyRequest,
  reply: FastifyReply | undefined,
): Promise<Partial<RequestCtx> & typeof nothing & { actor: Actor }> {
  const token = bearerOf(request)
  if (token !== undefined && isInstanceToken(deps, token)) return instanceCtx(deps, request)
  const identity = await identityOf(deps, request)
  if (identity.sessionId) refuseCrossSite(request, true)
  holdKey(deps, identity, request, reply)
  const { user, standing } = identity
  return {
    actor: actorOf(identity),
    permissions: standing?.permissions ?? nothing.permissions,
    scope: standing?.scope ?? nothing.scope,
    ...(user && { language: user.language }),
    ...(standing && { workspace: workspaceOf(standing) }),
  }
}

function actorOf({ user, key, standing }: Identity): Actor {
  if (key) return { kind: 'api_key', keyId: key.id, name: key.name }
  if (!user) throw unauthenticated()
  if (!standing) return { kind: 'user', userId: user.id, name: user.name }
  return { kind: 'member', userId: user.id, memberId: standing.membership.member_id, name: user.name }
}

const workspaceOf = ({ membership }: Standing) => ({
  num: membership.num,
  id: membership.workspace_id,
  timezone: membership.timezone,
})

/** The command line on this machine: administers the instance, in any workspace it names. */
async function instanceCtx(deps: AccessDeps, request: FastifyRequest) {
  const wanted = wantedWorkspace(request)
  const workspace = wanted ? await findWorkspaceRef(deps.database, wanted) : undefined
  if (wanted && !workspace) throw workspaceMissing()
  const actor: Actor = { kind: 'system', name: 'command line' }
  return {
    actor,
    permissions: new Set(['instance:admin']),
    scope: { all: true as const },
    ...(workspace && { workspace }),
  }
}

function isInstanceToken(deps: AccessDeps, token: string): boolean {
  return deps.instanceToken.length >= 32 && timingSafeEqual(digest(token), digest(deps.instanceToken))
}

/** A request with an Authorization header never falls back to its cookie. */
function bearerOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  if (header === undefined) return undefined
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1]
  if (!token) throw unauthenticated()
  return token
}

function wantedWorkspace(request: FastifyRequest): string {
  const header = request.headers['x-workspace']
  return typeof header === 'string' ? header.slice(0, 64) : ''
}

function languageOf(request: FastifyRequest): 'en' | 'zh' {
  return /^\s*zh/i.test(request.headers['accept-language'] ?? '') ? 'zh' : 'en'
}

const digest = (secret: string) => createHash('sha256').update(secret).digest()
const unauthenticated = () =>
  new AppError('access.unauthenticated', 'unauthenticated', 'Log in, or send an API key.')
export const workspaceMissing = () =>
  new AppError(
    'access.workspace_missing',
    'missing',
    'There is no such workspace, or you are not a member of it.',
  )
