import { type AccessOptions, prepareAccess } from '#modules/access/server/access-deps.ts'
import { type AuditNote, audit } from '#modules/access/server/audit/audit.ts'
import { authenticate } from '#modules/access/server/authenticate/authenticate.ts'
import { loadStanding, type MemberStanding } from '#modules/access/server/authenticate/load-identity.ts'
import { actingMember } from '#modules/access/server/keys/acting-member.ts'
import type { WriteKeyTarget } from '#modules/access/server/keys/resolve-write-key.ts'
import { resolveWriteKey } from '#modules/access/server/keys/resolve-write-key.ts'
import type { PasswordGate } from '#modules/access/server/login/password-gate.ts'
import { anyUser } from '#modules/access/server/login/user-store.ts'
import { type Mailbox, mailboxesOf } from '#modules/access/server/members/mailboxes.ts'
import { serveAccess } from '#modules/access/server/routes.ts'
import type { CreatedWorkspace, NewWorkspace } from '#modules/access/server/workspaces/create-workspace.ts'
import { createWorkspace } from '#modules/access/server/workspaces/create-workspace.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import type { Authenticate } from '#platform/http/server.ts'
import type { Tx } from '#platform/pg/database.ts'

export {
  createSourceNames,
  handSource,
  type SourceNames,
  sourceOfKey,
} from '#modules/access/server/keys/source-names.ts'
export { type MemberMail, mailOfMembers } from '#modules/access/server/members/mail-of-members.ts'
export { membersWith } from '#modules/access/server/members/members-with.ts'
export { isInScope, scopeInClickHouse, scopeInPostgres } from '#modules/access/server/scope.ts'
export type {
  AccessOptions,
  AuditNote,
  CreatedWorkspace,
  Mailbox,
  MemberStanding,
  NewWorkspace,
  WriteKeyTarget,
}

export type Access = {
  routes: ServedRoute[]
  /** The door of every declared route; goes to `HttpDeps`. */
  authenticate: Authenticate
  /** Workspace and source of a tracking write key; undefined when unknown or revoked. In memory for up to 5 s. */
  resolveWriteKey(key: string): Promise<WriteKeyTarget | undefined>
  /** Rights and rows a member has now, for what acts on their behalf; undefined when they are disabled or gone. */
  standingOf(workspace: number, memberId: string): Promise<MemberStanding | undefined>
  /** The member behind a request: of a key its maker. */
  memberBehind(tx: Tx, ctx: WorkspaceCtx): Promise<string>
  /** Mail addresses of members who are active, for what is sent to them. */
  mailboxesOf(workspace: number, members: readonly string[]): Promise<Mailbox[]>
  /** Hashes and checks passwords, a few at a time; for whatever else stands behind one. */
  passwords: PasswordGate
  /** Workspace with roles, owner, write key and (unless told otherwise) an API key. */
  createWorkspace(given: NewWorkspace): Promise<CreatedWorkspace>
  /** Whether nobody has an account yet. */
  isEmpty(): Promise<boolean>
  /** Appends to the workspace's audit chain in the caller's transaction. */
  audit(tx: Tx, ctx: Pick<WorkspaceCtx, 'actor' | 'now' | 'workspace'>, note: AuditNote): Promise<void>
}

/** The module, opened once by the composition root. */
export function openAccess(options: AccessOptions): Access {
  const deps = prepareAccess(options)
  return {
    routes: serveAccess(deps),
    authenticate: authenticate(deps),
    resolveWriteKey: (key) => resolveWriteKey(deps, key),
    standingOf: (workspace, memberId) => loadStanding(deps, workspace, memberId),
    memberBehind: actingMember,
    mailboxesOf: (workspace, members) => mailboxesOf(deps, workspace, members),
    passwords: deps.passwords,
    createWorkspace: (given) => createWorkspace(deps, given),
    isEmpty: async () => !(await deps.database.system(anyUser)),
    audit: (tx, ctx, note) => audit(deps, tx, ctx, note),
  }
}
