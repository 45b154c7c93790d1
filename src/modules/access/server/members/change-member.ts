import { type AccessDeps, forgetAnswers } from '#modules/access/server/access-deps.ts'
import { audit } from '#modules/access/server/audit/audit.ts'
import { revokeApiKeysOf } from '#modules/access/server/keys/api-key-store.ts'
import { deleteSessionsOf } from '#modules/access/server/login/session-store.ts'
import { readDepartment } from '#modules/access/server/members/department-store.ts'
import { lockStructure } from '#modules/access/server/members/lock-structure.ts'
import {
  countActiveOwners,
  isBelow,
  type MemberChange,
  type MemberRow,
  presentMember,
  readMember,
  updateMember,
} from '#modules/access/server/members/member-store.ts'
import { refuseEscalation, refuseWiderPlace } from '#modules/access/server/members/refuse-escalation.ts'
import { readRole } from '#modules/access/server/members/role-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type MemberInput = {
  roleId?: string | undefined
  departmentId?: string | null | undefined
  managerId?: string | null | undefined
  status?: 'active' | 'disabled' | undefined
}

/**
 * Changes a member's place or status. Disabling ends their sessions and keys for good: they stay dead when the member
 * comes back. Runs as the program because sessions lie outside the workspace's wall; every statement names it.
 */
export async function changeMember(deps: AccessDeps, ctx: WorkspaceCtx, id: string, input: MemberInput) {
  const member = await deps.database.system(async (system) => {
    const tx: Tx = { ...system, workspace: ctx.workspace.num }
    await lockStructure(tx, tx.workspace)
    const before = await memberOf(tx, id)
    const next = nextOf(before, input)
    await refuseEscalation(tx, ctx, rightsOf(before))
    if (next.role_id !== before.role_id) await refuseEscalation(tx, ctx, await readRole(tx, next.role_id))
    await checkPlace(tx, id, input)
    refuseWiderPlace(ctx, input)
    await updateMember(tx, id, next)
    if (next.department_id !== before.department_id)
      await tx.emit('member.moved', { member: id }, tx.workspace)
    if ((await countActiveOwners(tx)) === 0)
      throw new AppError(
        'access.last_owner',
        'conflict',
        'A workspace needs an active owner; make another one first.',
      )
    if (next.status === 'disabled' && before.status === 'active') await endAccess(tx, before, ctx.now)
    await audit(deps, tx, ctx, { action: actionOf(before, next), subject: id, details: { ...input } })
    return presentMember(await memberOf(tx, id))
  })
  forgetAnswers(deps)
  return member
}

async function memberOf(tx: Tx, id: string): Promise<MemberRow> {
  const row = await readMember(tx, id)
  if (!row) throw new AppError('access.member_missing', 'missing', 'There is no such member.')
  return row
}

const nextOf = (before: MemberRow, input: MemberInput): MemberChange => ({
  role_id: input.roleId ?? before.role_id,
  department_id: input.departmentId === undefined ? before.department_id : input.departmentId,
  manager_id: input.managerId === undefined ? before.manager_id : input.managerId,
  status: input.status ?? before.status,
})

const rightsOf = (row: MemberRow) => ({
  builtin: row.role_builtin,
  permissions: row.role_permissions,
  scope: row.role_scope,
})

async function checkPlace(tx: Tx, id: string, input: MemberInput): Promise<void> {
  if (input.departmentId) await readDepartment(tx, input.departmentId)
  if (!input.managerId) return
  await memberOf(tx, input.managerId)
  if (await isBelow(tx, id, input.managerId))
    throw new AppError('access.manager_cycle', 'conflict', 'This member is already above that manager.')
}

/** Sessions end for all of the account's workspaces; where it is still active, it logs in again. */
async function endAccess(tx: Tx, member: MemberRow, now: number): Promise<void> {
  await deleteSessionsOf(tx, member.user_id)
  await revokeApiKeysOf(tx, tx.workspace, member.id, now)
}

function actionOf(before: MemberRow, next: MemberChange): string {
  if (next.status === before.status) return 'member.changed'
  return next.status === 'disabled' ? 'member.disabled' : 'member.enabled'
}
