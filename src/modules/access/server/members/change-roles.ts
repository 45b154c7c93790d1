import type { Permission, ScopeKind } from '#modules/access/permissions.ts'
import { type AccessDeps, forgetAnswers } from '#modules/access/server/access-deps.ts'
import { audit } from '#modules/access/server/audit/audit.ts'
import { lockStructure } from '#modules/access/server/members/lock-structure.ts'
import { refuseEscalation } from '#modules/access/server/members/refuse-escalation.ts'
import {
  deleteRoleRow,
  insertRole,
  isRoleHeld,
  listRoleRows,
  presentRole,
  type RoleRow,
  readRole,
  updateRole,
} from '#modules/access/server/members/role-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export async function listRoles(deps: AccessDeps, ctx: WorkspaceCtx) {
  return { items: (await deps.database.read(ctx, listRoleRows)).map(presentRole) }
}

export type RoleInput = { name: string; permissions: Permission[]; scope: ScopeKind }

export async function createRole(deps: AccessDeps, ctx: WorkspaceCtx, input: RoleInput) {
  return deps.database.write(ctx, async (tx) => {
    await lockStructure(tx, tx.workspace)
    await refuseEscalation(tx, ctx, { builtin: null, ...input })
    const id = await insertRole(tx, tx.workspace, { builtin: null, ...input, now: ctx.now })
    await audit(deps, tx, ctx, { action: 'role.created', subject: id, details: input })
    return presentRole(await readRole(tx, id))
  })
}

export type RoleChange = { [K in keyof RoleInput]?: RoleInput[K] | undefined }

/** Changes a role of the workspace's own; everybody who has it feels it with their next request. */
export async function changeRole(deps: AccessDeps, ctx: WorkspaceCtx, id: string, change: RoleChange) {
  const role = await deps.database.write(ctx, async (tx) => {
    const before = await editableRole(tx, ctx, id)
    const next = {
      name: change.name ?? before.name,
      permissions: change.permissions ?? before.permissions,
      scope: change.scope ?? before.scope,
    }
    await refuseEscalation(tx, ctx, { builtin: null, ...next })
    await updateRole(tx, id, next)
    await audit(deps, tx, ctx, { action: 'role.changed', subject: id, details: change })
    return presentRole(await readRole(tx, id))
  })
  forgetAnswers(deps)
  return role
}

export async function deleteRole(deps: AccessDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    const role = await editableRole(tx, ctx, id)
    if (await isRoleHeld(tx, id))
      throw new AppError(
        'access.role_in_use',
        'conflict',
        'Members have this role; give them another one first.',
      )
    await deleteRoleRow(tx, id)
    await audit(deps, tx, ctx, { action: 'role.deleted', subject: id, details: { name: role.name } })
  })
}

async function editableRole(tx: Tx, ctx: WorkspaceCtx, id: string): Promise<RoleRow> {
  await lockStructure(tx, tx.workspace)
  const role = await readRole(tx, id)
  if (role.builtin !== null)
    throw new AppError(
      'access.role_builtin',
      'conflict',
      'Built-in roles cannot be changed; make one of your own.',
    )
  await refuseEscalation(tx, ctx, role)
  return role
}
