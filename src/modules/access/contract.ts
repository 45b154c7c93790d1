import { z } from 'zod'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'
import { allPermissions, scopeKinds } from './permissions.ts'

const name = z.string().trim().min(1).max(120)
const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
// NIST 800-63B and ASVS 6.2: length counts, composition rules do not; common ones are refused by the server.
const NewPassword = z.string().min(8).max(256)
const Password = z.string().min(1).max(1024)
const id = z.object({ id: z.string().min(1).max(64) })

const isTimezone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
export const Timezone = z.string().min(1).max(64).refine(isTimezone, 'not an IANA time zone')
export const Language = z.enum(['en', 'zh'])
export const Theme = z.enum(['light', 'dark', 'system'])
export const Permission = z.enum(allPermissions)
export const ScopeKind = z.enum(scopeKinds)

export const User = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  language: Language,
  theme: Theme,
  /** Null: the workspace's. */
  timezone: z.string().nullable(),
})
export type User = z.infer<typeof User>

export const Workspace = z.object({
  id: z.string(),
  name: z.string(),
  timezone: z.string(),
  /** Country that local phone numbers are read in (ISO 3166). */
  country: z.string(),
  currency: z.string(),
  createdAt: Timestamp,
})
export type Workspace = z.infer<typeof Workspace>

/** Who I am and what I may do here; the web shell lives on this. */
export const Me = z.object({
  /** Null when an API key asks. */
  user: User.nullable(),
  workspaces: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })),
  workspace: Workspace.nullable(),
  memberId: z.string().nullable(),
  role: z.object({ name: z.string(), builtin: z.string().nullable() }).nullable(),
  permissions: z.array(z.string()),
  /** False: only rows of some owners and departments are shown. */
  seesAll: z.boolean(),
})
export type Me = z.infer<typeof Me>

export const LoginSession = z.object({
  id: z.string(),
  current: z.boolean(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
})
export type LoginSession = z.infer<typeof LoginSession>

export const Member = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  status: z.enum(['active', 'disabled']),
  role: z.object({ id: z.string(), name: z.string(), builtin: z.string().nullable() }),
  department: z.object({ id: z.string(), name: z.string() }).nullable(),
  manager: z.object({ id: z.string(), name: z.string() }).nullable(),
  joinedAt: Timestamp,
})
export type Member = z.infer<typeof Member>

export const Role = z.object({
  id: z.string(),
  name: z.string(),
  /** Key of a built-in role (`owner`, `marketer` …); those cannot be edited. */
  builtin: z.string().nullable(),
  permissions: z.array(z.string()),
  scope: ScopeKind,
  members: z.number().int(),
})
export type Role = z.infer<typeof Role>

export const Department = z.object({
  id: z.string(),
  name: z.string(),
  parentId: z.string().nullable(),
  members: z.number().int(),
})
export type Department = z.infer<typeof Department>

export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  role: z.object({ id: z.string(), name: z.string() }),
  departmentId: z.string().nullable(),
  invitedBy: z.string(),
  createdAt: Timestamp,
  expiresAt: Timestamp,
})
export type Invitation = z.infer<typeof Invitation>

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** First characters, to find a leaked key by. */
  prefix: z.string(),
  permissions: z.array(z.string()),
  createdBy: z.string(),
  createdAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
  expiresAt: Timestamp.nullable(),
  revokedAt: Timestamp.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const WriteKey = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  kind: z.enum(['web', 'server', 'app', 'other']),
  createdAt: Timestamp,
  revokedAt: Timestamp.nullable(),
})
export type WriteKey = z.infer<typeof WriteKey>

export const AuditEntry = z.object({
  /** Position in the workspace's chain, from 1 without gaps. */
  seq: z.number().int(),
  time: Timestamp,
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  action: z.string(),
  subject: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const NewWorkspace = z.object({
  name,
  timezone: Timezone,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('CN'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('CNY'),
  /** Owner's account, made when missing. Only the command line names somebody else; a member owns what they make. */
  email: Email.optional(),
  password: NewPassword.optional(),
  /** Refuses unless nobody has an account yet. */
  onlyWhenEmpty: z.boolean().default(false),
})
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })
const secretOnce = z.string().meta({ description: 'Shown this one time; only its hash is kept.' })

export const routes = defineRoutes({
  setupNeeded: {
    get: '/api/setup',
    access: 'public',
    summary: 'Whether the first owner is still to be set up',
    returns: z.object({ needed: z.boolean() }),
  },
  setUp: {
    post: '/api/setup',
    access: 'public',
    summary: 'Create the first workspace and its owner, and log in',
    body: z.object({
      workspace: name,
      email: Email,
      password: NewPassword,
      name,
      timezone: Timezone,
      language: Language.default('en'),
    }),
    returns: Me,
    status: 201,
    fails: ['access.already_set_up', 'access.weak_password'],
  },
  logIn: {
    post: '/api/session',
    access: 'public',
    summary: 'Log in; sets the session cookie',
    body: z.object({ email: z.string().trim().toLowerCase().max(254), password: Password }),
    returns: Me,
    fails: ['access.wrong_login', 'access.too_many_attempts'],
  },
  me: { get: '/api/session', access: 'session', summary: 'Who am I, and what may I do here', returns: Me },
  switchWorkspace: {
    patch: '/api/session',
    access: 'session',
    summary: 'Switch the current workspace',
    body: z.object({ workspaceId: z.string().max(64).optional() }),
    returns: Me,
    fails: ['access.workspace_missing'],
  },
  logOut: { delete: '/api/session', access: 'session', summary: 'Log out', returns: z.void() },
  listSessions: {
    get: '/api/sessions',
    access: 'session',
    summary: 'My login sessions',
    returns: listOf(LoginSession),
  },
  endSession: {
    delete: '/api/sessions/:id',
    access: 'session',
    summary: 'End one of my login sessions',
    params: id,
    returns: z.void(),
    fails: ['access.session_missing'],
  },
  changeMe: {
    patch: '/api/me',
    access: 'session',
    summary: 'Change my name, language, theme, time zone or password',
    body: z.object({
      name: name.optional(),
      language: Language.optional(),
      theme: Theme.optional(),
      timezone: Timezone.nullable().optional(),
      password: z.object({ current: Password, new: NewPassword }).optional(),
    }),
    returns: User,
    fails: ['access.wrong_password', 'access.weak_password', 'access.too_many_attempts'],
  },

  createWorkspace: {
    post: '/api/workspaces',
    access: 'session',
    summary: 'Create a workspace with its first keys',
    body: NewWorkspace,
    returns: z.object({
      workspaceId: z.string(),
      writeKey: z.string(),
      apiKey: secretOnce,
      account: z.enum(['created', 'existing']),
    }),
    status: 201,
    fails: ['access.already_set_up', 'access.weak_password'],
  },
  getWorkspace: {
    get: '/api/workspace',
    access: 'setting:read',
    summary: 'The current workspace',
    returns: Workspace,
  },
  changeWorkspace: {
    patch: '/api/workspace',
    access: 'setting:write',
    summary: 'Change name, time zone, country or currency',
    body: z
      .object({
        name,
        timezone: Timezone,
        country: z.string().regex(/^[A-Z]{2}$/),
        currency: z.string().regex(/^[A-Z]{3}$/),
      })
      .partial(),
    returns: Workspace,
  },

  listMembers: {
    get: '/api/members',
    access: 'member:read',
    summary: 'Members, by name',
    query: PageQuery.extend({
      q: z.string().max(120).optional(),
      status: z.enum(['active', 'disabled']).optional(),
    }),
    returns: pageOf(Member),
  },
  changeMember: {
    patch: '/api/members/:id',
    access: 'member:write',
    summary: 'Change role, department or manager; disable or enable',
    params: id,
    body: z
      .object({
        roleId: z.string().max(64),
        departmentId: z.string().max(64).nullable(),
        managerId: z.string().max(64).nullable(),
        status: z.enum(['active', 'disabled']),
      })
      .partial(),
    returns: Member,
    fails: [
      'access.member_missing',
      'access.role_missing',
      'access.department_missing',
      'access.last_owner',
      'access.escalation',
      'access.manager_cycle',
    ],
  },

  listRoles: {
    get: '/api/roles',
    access: 'member:read',
    summary: 'Roles with their permissions',
    returns: listOf(Role),
  },
  listPermissions: {
    get: '/api/permissions',
    access: 'member:read',
    summary: 'Every permission a role can have, with its words',
    returns: listOf(
      z.object({
        id: z.string(),
        group: z.string(),
        label: z.object({ en: z.string(), zh: z.string() }),
        sensitive: z.boolean(),
      }),
    ),
  },
  createRole: {
    post: '/api/roles',
    access: 'member:write',
    summary: 'Create a role',
    body: z.object({ name, permissions: z.array(Permission).max(100), scope: ScopeKind }),
    returns: Role,
    status: 201,
    fails: ['access.role_name_taken', 'access.escalation'],
  },
  changeRole: {
    patch: '/api/roles/:id',
    access: 'member:write',
    summary: 'Change a role of your own; acts at once',
    params: id,
    body: z.object({ name, permissions: z.array(Permission).max(100), scope: ScopeKind }).partial(),
    returns: Role,
    fails: ['access.role_missing', 'access.role_builtin', 'access.role_name_taken', 'access.escalation'],
  },
  deleteRole: {
    delete: '/api/roles/:id',
    access: 'member:write',
    summary: 'Delete a role nobody has',
    params: id,
    returns: z.void(),
    fails: ['access.role_missing', 'access.role_builtin', 'access.role_in_use', 'access.escalation'],
  },

  listDepartments: {
    get: '/api/departments',
    access: 'member:read',
    summary: 'Departments, parents first',
    returns: listOf(Department),
  },
  createDepartment: {
    post: '/api/departments',
    access: 'member:write',
    summary: 'Create a department',
    body: z.object({ name, parentId: z.string().max(64).nullable().default(null) }),
    returns: Department,
    status: 201,
    fails: ['access.department_missing', 'access.department_name_taken'],
  },
  changeDepartment: {
    patch: '/api/departments/:id',
    access: 'member:write',
    summary: 'Rename or move a department',
    params: id,
    body: z.object({ name, parentId: z.string().max(64).nullable() }).partial(),
    returns: Department,
    fails: ['access.department_missing', 'access.department_cycle', 'access.department_name_taken'],
  },
  deleteDepartment: {
    delete: '/api/departments/:id',
    access: 'member:write',
    summary: 'Delete an empty department',
    params: id,
    returns: z.void(),
    fails: ['access.department_missing', 'access.department_in_use'],
  },

  listInvitations: {
    get: '/api/invitations',
    access: 'member:read',
    summary: 'Open invitations, newest first',
    query: PageQuery,
    returns: pageOf(Invitation),
  },
  invite: {
    post: '/api/invitations',
    access: 'member:write',
    summary: 'Invite by mail address; answers the link to hand over, valid for 7 days',
    body: z.object({
      email: Email,
      roleId: z.string().max(64),
      departmentId: z.string().max(64).nullable().default(null),
    }),
    returns: Invitation.extend({ link: secretOnce }),
    status: 201,
    fails: ['access.role_missing', 'access.department_missing', 'access.already_member', 'access.escalation'],
  },
  revokeInvitation: {
    delete: '/api/invitations/:id',
    access: 'member:write',
    summary: 'Take an invitation back',
    params: id,
    returns: z.void(),
    fails: ['access.invitation_missing'],
  },
  openInvitation: {
    get: '/api/invitation-links/:token',
    access: 'public',
    summary: 'What an invitation link is for',
    params: z.object({ token: z.string().min(1).max(200) }),
    returns: z.object({
      workspace: z.string(),
      email: z.string(),
      role: z.string(),
      invitedBy: z.string(),
      hasAccount: z.boolean(),
      expiresAt: Timestamp,
    }),
    fails: ['access.invitation_missing'],
  },
  acceptInvitation: {
    post: '/api/invitation-links/:token/accept',
    access: 'public',
    summary: 'Join: a new account chooses name and password, an existing one proves its password; logs in',
    params: z.object({ token: z.string().min(1).max(200) }),
    body: z.object({ name: name.optional(), password: Password, language: Language.optional() }),
    returns: Me,
    fails: [
      'access.invitation_missing',
      'access.wrong_login',
      'access.weak_password',
      'access.too_many_attempts',
    ],
  },

  listApiKeys: {
    get: '/api/api-keys',
    access: 'key:read',
    summary: 'Management API keys, newest first',
    query: PageQuery,
    returns: pageOf(ApiKey),
  },
  createApiKey: {
    post: '/api/api-keys',
    access: 'key:write',
    summary: 'Create a management API key; it can never do more than its maker can',
    body: z.object({
      name,
      permissions: z.array(Permission).min(1).max(100).optional(),
      expiresAt: Timestamp.nullable().default(null),
    }),
    returns: ApiKey.extend({ secret: secretOnce }),
    status: 201,
    fails: ['access.escalation'],
  },
  revokeApiKey: {
    delete: '/api/api-keys/:id',
    access: 'key:write',
    summary: 'Revoke a key; acts at once',
    params: id,
    returns: z.void(),
    fails: ['access.key_missing'],
  },

  listWriteKeys: {
    get: '/api/write-keys',
    access: 'key:read',
    summary: 'Tracking sources and their write keys, oldest first',
    query: PageQuery,
    returns: pageOf(WriteKey),
  },
  createWriteKey: {
    post: '/api/write-keys',
    access: 'key:write',
    summary: 'Create a tracking source',
    body: z.object({ name, kind: WriteKey.shape.kind.default('web') }),
    returns: WriteKey,
    status: 201,
  },
  renameWriteKey: {
    patch: '/api/write-keys/:id',
    access: 'key:write',
    summary: 'Rename a tracking source',
    params: id,
    body: z.object({ name }),
    returns: WriteKey,
    fails: ['access.key_missing'],
  },
  revokeWriteKey: {
    delete: '/api/write-keys/:id',
    access: 'key:write',
    summary: 'Revoke a write key; acts at once',
    params: id,
    returns: z.void(),
    fails: ['access.key_missing'],
  },

  listAudit: {
    get: '/api/audit',
    access: 'audit:read',
    summary: 'Audit log, newest first',
    query: PageQuery.extend({
      action: z.string().max(100).optional(),
      actor: z.string().max(100).optional(),
    }),
    returns: pageOf(AuditEntry),
  },
  checkAudit: {
    get: '/api/audit/check',
    access: 'audit:read',
    summary: 'Recompute the hash chain; `anchor` is a `head` kept from an earlier check',
    query: z.object({ anchor: z.string().max(200).optional() }),
    returns: z.object({
      intact: z.boolean(),
      entries: z.number().int(),
      head: z.string(),
      brokenAt: z.number().int().nullable(),
    }),
  },
})
