import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Me, routes } from '#modules/access/contract.ts'
import { permissions } from '#modules/access/permissions.ts'
import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import { checkAudit } from '#modules/access/server/audit/check-audit.ts'
import { listAudit } from '#modules/access/server/audit/list-audit.ts'
import { identityOf } from '#modules/access/server/authenticate/authenticate.ts'
import { loadSession } from '#modules/access/server/authenticate/load-identity.ts'
import { createApiKey, listApiKeys, revokeApiKey } from '#modules/access/server/keys/use-api-keys.ts'
import {
  createWriteKey,
  listWriteKeys,
  renameWriteKey,
  revokeWriteKey,
} from '#modules/access/server/keys/use-write-keys.ts'
import { changeMe } from '#modules/access/server/login/change-me.ts'
import { logIn, logOut, setUp, type Visitor } from '#modules/access/server/login/log-in.ts'
import { presentMe } from '#modules/access/server/login/present-me.ts'
import { clearSessionCookie, setSessionCookie } from '#modules/access/server/login/session-cookie.ts'
import {
  endSession,
  listSessions,
  mustBeLoggedIn,
  switchWorkspace,
} from '#modules/access/server/login/use-sessions.ts'
import { anyUser } from '#modules/access/server/login/user-store.ts'
import { acceptInvitation, openInvitation } from '#modules/access/server/members/accept-invitation.ts'
import {
  changeDepartment,
  createDepartment,
  deleteDepartment,
  listDepartments,
} from '#modules/access/server/members/change-departments.ts'
import { changeMember } from '#modules/access/server/members/change-member.ts'
import { changeRole, createRole, deleteRole, listRoles } from '#modules/access/server/members/change-roles.ts'
import { invite, listInvitations, revokeInvitation } from '#modules/access/server/members/invite.ts'
import { listMembers } from '#modules/access/server/members/list-members.ts'
import { changeWorkspace, getWorkspace } from '#modules/access/server/workspaces/change-workspace.ts'
import { createWorkspaceFor } from '#modules/access/server/workspaces/create-workspace-for.ts'
import { AppError } from '#platform/errors.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'

type Exchange = { request: FastifyRequest; reply: FastifyReply }

/** Every route of the module, each bound to its use-case. */
export function serveAccess(deps: AccessDeps): ServedRoute[] {
  const loggedIn = async (request: FastifyRequest) => mustBeLoggedIn(await identityOf(deps, request))
  const enter = async ({ request, reply }: Exchange, token: string) => {
    setSessionCookie(request, reply, token)
    return meOf(deps, token)
  }
  return implement(routes, {
    setupNeeded: async () => ({ needed: !(await deps.database.system(anyUser)) }),
    setUp: async (call) => enter(call, await setUp(deps, call.body, visitorOf(call.request))),
    logIn: async (call) => enter(call, await logIn(deps, call.body, visitorOf(call.request))),
    me: async ({ request }) => presentMe(await identityOf(deps, request)),
    switchWorkspace: async ({ request, body }) => {
      await switchWorkspace(deps, await loggedIn(request), body.workspaceId)
      return presentMe(await identityOf(deps, request))
    },
    logOut: async ({ request, reply }) => {
      const me = await loggedIn(request)
      await logOut(deps, me.user.id, me.sessionId)
      clearSessionCookie(request, reply)
    },
    listSessions: async ({ request }) => listSessions(deps, await loggedIn(request)),
    endSession: async ({ request, params }) => endSession(deps, await loggedIn(request), params.id),
    changeMe: async ({ request, body }) => changeMe(deps, await loggedIn(request), body, request.ip),
    createWorkspace: ({ ctx, body }) => createWorkspaceFor(deps, ctx, body),
    getWorkspace: ({ ctx }) => getWorkspace(deps, ctx),
    changeWorkspace: ({ ctx, body }) => changeWorkspace(deps, ctx, body),
    listMembers: ({ ctx, query }) => listMembers(deps, ctx, query),
    changeMember: ({ ctx, params, body }) => changeMember(deps, ctx, params.id, body),
    listRoles: ({ ctx }) => listRoles(deps, ctx),
    listPermissions: async () => ({ items: Object.entries(permissions).map(presentPermission) }),
    createRole: ({ ctx, body }) => createRole(deps, ctx, body),
    changeRole: ({ ctx, params, body }) => changeRole(deps, ctx, params.id, body),
    deleteRole: ({ ctx, params }) => deleteRole(deps, ctx, params.id),
    listDepartments: ({ ctx }) => listDepartments(deps, ctx),
    createDepartment: ({ ctx, body }) => createDepartment(deps, ctx, body),
    changeDepartment: ({ ctx, params, body }) => changeDepartment(deps, ctx, params.id, body),
    deleteDepartment: ({ ctx, params }) => deleteDepartment(deps, ctx, params.id),
    listInvitations: ({ ctx, query }) => listInvitations(deps, ctx, query),
    invite: ({ ctx, body }) => invite(deps, ctx, body),
    revokeInvitation: ({ ctx, params }) => revokeInvitation(deps, ctx, params.id),
    openInvitation: ({ ctx, params }) => openInvitation(deps, params.token, ctx.language),
    acceptInvitation: async (call) =>
      enter(call, await acceptInvitation(deps, call.params.token, call.body, visitorOf(call.request))),
    listApiKeys: ({ ctx, query }) => listApiKeys(deps, ctx, query),
    createApiKey: ({ ctx, body }) => createApiKey(deps, ctx, body),
    revokeApiKey: ({ ctx, params }) => revokeApiKey(deps, ctx, params.id),
    listWriteKeys: ({ ctx, query }) => listWriteKeys(deps, ctx, query),
    createWriteKey: ({ ctx, body }) => createWriteKey(deps, ctx, body),
    renameWriteKey: ({ ctx, params, body }) => renameWriteKey(deps, ctx, params.id, body.name),
    revokeWriteKey: ({ ctx, params }) => revokeWriteKey(deps, ctx, params.id),
    listAudit: ({ ctx, query }) => listAudit(deps, ctx, query),
    checkAudit: ({ ctx, query }) => checkAudit(deps, ctx, query.anchor),
  })
}

const visitorOf = (request: FastifyRequest): Visitor => ({
  ip: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
})

async function meOf(deps: AccessDeps, token: string): Promise<Me> {
  const identity = await loadSession(deps, token, '')
  if (!identity) throw new AppError('access.unauthenticated', 'unauthenticated', 'Log in again.')
  return presentMe(identity)
}

const presentPermission = ([id, info]: [
  string,
  { group: string; label: { en: string; zh: string }; sensitive?: true },
]) => ({
  id,
  group: info.group,
  label: info.label,
  sensitive: info.sensitive === true,
})
