import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import { forgetAnswers } from '#modules/access/server/access-deps.ts'
import { audit } from '#modules/access/server/audit/audit.ts'
import { checkPassword } from '#modules/access/server/login/check-password.ts'
import type { Visitor } from '#modules/access/server/login/log-in.ts'
import { refuseWeakPassword } from '#modules/access/server/login/refuse-weak-password.ts'
import { insertSession } from '#modules/access/server/login/session-store.ts'
import { findUserByEmail, insertUser, type UserRow } from '#modules/access/server/login/user-store.ts'
import {
  acceptInvitationRow,
  inviterOf,
  lockInvitation,
  type OpenInvitationRow,
} from '#modules/access/server/members/invitation-store.ts'
import { invitationMissing } from '#modules/access/server/members/invite.ts'
import { insertMember } from '#modules/access/server/members/member-store.ts'
import type { Ctx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** What a link is for, for anybody who holds it. */
export async function openInvitation(deps: AccessDeps, token: string, language: Ctx['language'] = 'en') {
  return deps.database.system(async (tx) => {
    const row = await lockInvitation(tx, token, deps.clock.now())
    if (!row) throw invitationMissing()
    return {
      workspace: row.workspace_name,
      email: row.email,
      role: row.role_name,
      invitedBy: inviterOf(row, language),
      hasAccount: (await findUserByEmail(tx, row.email)) !== undefined,
      expiresAt: row.expires_at.toISOString(),
    }
  })
}

export type Acceptance = { name?: string | undefined; password: string; language?: 'en' | 'zh' | undefined }

/** Joins the workspace and answers a session token. An existing account must prove its password. */
export async function acceptInvitation(deps: AccessDeps, token: string, input: Acceptance, visitor: Visitor) {
  const { email, hasAccount } = await openInvitation(deps, token)
  const hash = hasAccount ? '' : await newAccountHash(deps, email, input.password)
  if (hasAccount) await checkPassword(deps, email, input.password, visitor.ip)
  const session = await deps.database.system(async (tx) => {
    const row = await lockInvitation(tx, token, deps.clock.now())
    if (!row) throw invitationMissing()
    const user = await accountOf(deps, tx, row, input, hash)
    await join(deps, tx, row, user)
    return insertSession(tx, { ...visitor, userId: user.id, workspace: row.num, now: deps.clock.now() })
  })
  forgetAnswers(deps)
  return session
}

async function newAccountHash(deps: AccessDeps, email: string, password: string): Promise<string> {
  if (password.length < 8 || password.length > 256)
    throw new AppError('access.weak_password', 'invalid', 'A password has at least 8 characters.', {
      details: { path: '/body/password' },
    })
  refuseWeakPassword(password, email)
  return deps.passwords.hash(password)
}

async function accountOf(
  deps: AccessDeps,
  tx: Tx,
  row: OpenInvitationRow,
  input: Acceptance,
  hash: string,
): Promise<UserRow> {
  const known = await findUserByEmail(tx, row.email)
  // An account that appeared since the password was looked at has not been proven.
  if (known && hash !== '') throw invitationMissing()
  if (known) return known
  const name = input.name ?? row.email.split('@')[0] ?? row.email
  return insertUser(tx, {
    email: row.email,
    name,
    passwordHash: hash,
    language: input.language ?? 'en',
    now: deps.clock.now(),
  })
}

async function join(deps: AccessDeps, tx: Tx, row: OpenInvitationRow, user: UserRow): Promise<void> {
  const now = deps.clock.now()
  await acceptInvitationRow(tx, row.num, row.id, now)
  const member = await insertMember(tx, row.num, {
    userId: user.id,
    name: user.name,
    email: user.email,
    roleId: row.role_id,
    departmentId: row.department_id,
    now,
  })
  // One who comes back may work elsewhere now.
  await tx.emit('member.moved', { member }, row.num)
  await tx.emit(
    'invitation.accepted',
    { invitation: row.id, member, name: user.name, role: row.role_name },
    row.num,
  )
  const workspace = { num: row.num, id: row.workspace_id, timezone: row.timezone }
  const actor = { kind: 'member' as const, userId: user.id, memberId: member, name: user.name }
  await audit(
    deps,
    tx,
    { actor, now, workspace },
    { action: 'invitation.accepted', subject: row.id, details: { member } },
  )
}
