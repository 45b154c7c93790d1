import { z } from 'zod'
import { Timestamp } from '#platform/http/define-routes.ts'
import { allPermissions, scopeKinds } from './permissions.ts'

export const name = z.string().trim().min(1).max(120)
/** Where something came from: a write key's name, the file of an import, an API key's name; nothing of a member by hand. */
export const SourceRef = z.object({
  kind: z.enum(['source', 'import', 'api_key', 'hand']),
  name: z.string(),
  /** Its page, where the caller may open it. */
  href: z.string().nullable(),
})
export type SourceRef = z.infer<typeof SourceRef>

export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
// NIST 800-63B and ASVS 6.2: length counts, composition rules do not; common ones are refused by the server.
export const NewPassword = z.string().min(8).max(256)
export const Password = z.string().min(1).max(1024)
export const id = z.object({ id: z.string().min(1).max(64) })

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
  /** Rows the key is narrowed to; null: its maker's. */
  scope: ScopeKind.nullable(),
  /** Requests a minute. */
  perMinute: z.number().int(),
  /** Addresses and ranges it may be used from; null: any. */
  allowedIps: z.array(z.string()).nullable(),
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

export const NewWorkspace = z.object({
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
  /** False: no first API key; `apiKey` is answered empty. */
  withApiKey: z.boolean().default(true),
})
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })
export const secretOnce = z.string().meta({ description: 'Shown this one time; only its hash is kept.' })
