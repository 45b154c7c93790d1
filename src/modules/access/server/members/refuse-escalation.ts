import { sql } from 'kysely'
import { permissionsOf, type ScopeKind, scopeKinds } from '#modules/access/permissions.ts'
import { actingMember } from '#modules/access/server/keys/acting-member.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type Rights = { builtin: string | null; permissions: readonly string[]; scope: ScopeKind }

/** Nobody hands out a permission they do not have. */
export function refuseMorePermissions(ctx: WorkspaceCtx, wanted: readonly string[]): void {
  const beyond = wanted.filter((name) => !ctx.permissions.has(name))
  if (beyond.length > 0) throw escalation({ permissions: beyond })
}

/**
 * Nobody gives, takes or edits a role wider than their own: no more permissions, no wider scope, and the owner role
 * only by an owner. Checked for the role somebody has now as well as for the one they get.
 */
export async function refuseEscalation(tx: Tx, ctx: WorkspaceCtx, wanted: Rights): Promise<void> {
  refuseMorePermissions(ctx, permissionsOf(wanted))
  const mine = await tx.row<Pick<Rights, 'builtin' | 'scope'>>(sql`
    select r.builtin, r.scope from access.member m
    join access.role r on r.workspace_id = m.workspace_id and r.id = m.role_id
    where m.workspace_id = ${tx.workspace} and m.id = ${await actingMember(tx, ctx)}`)
  if (wanted.builtin === 'owner' && mine?.builtin !== 'owner') throw escalation({ role: 'owner' })
  if (!mine || scopeKinds.indexOf(wanted.scope) > scopeKinds.indexOf(mine.scope))
    throw escalation({ scope: wanted.scope })
}

/**
 * Whoever sees only a part cannot make the part larger: no department they do not see, nobody put below another
 * manager. `all` places freely.
 */
export function refuseWiderPlace(
  ctx: WorkspaceCtx,
  place: { departmentId?: string | null | undefined; managerId?: string | null | undefined },
): void {
  if (ctx.scope.all) return
  if (place.managerId) throw escalation({ managerId: place.managerId })
  if (place.departmentId && !ctx.scope.departmentIds.includes(place.departmentId))
    throw escalation({ departmentId: place.departmentId })
}

const escalation = (details: Record<string, unknown>) =>
  new AppError(
    'access.escalation',
    'denied',
    'Nobody can give or change rights they do not have themselves.',
    { details },
  )
