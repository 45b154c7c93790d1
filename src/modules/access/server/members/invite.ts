import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import { audit } from '#modules/access/server/audit/audit.ts'
import { afterOf, pageByTime } from '#modules/access/server/keys/page-by-time.ts'
import { readDepartment } from '#modules/access/server/members/department-store.ts'
import {
  type InvitationRow,
  insertInvitation,
  listInvitationRows,
  presentInvitation,
  readInvitation,
  revokeInvitationRow,
} from '#modules/access/server/members/invitation-store.ts'
import { readMemberByEmail } from '#modules/access/server/members/member-store.ts'
import { refuseEscalation, refuseWiderPlace } from '#modules/access/server/members/refuse-escalation.ts'
import { readRole } from '#modules/access/server/members/role-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

export async function listInvitations(deps: AccessDeps, ctx: WorkspaceCtx, query: PageQuery) {
  const rows = await deps.database.read(ctx, (tx) =>
    listInvitationRows(tx, ctx.now, query.limit + 1, afterOf(query)),
  )
  return pageByTime(rows, query.limit, (row) => presentInvitation(row, ctx.language))
}

export type InviteInput = { email: string; roleId: string; departmentId: string | null }

/** Invites somebody; the link is shown once, to be handed over by whatever means. */
export async function invite(deps: AccessDeps, ctx: WorkspaceCtx, input: InviteInput) {
  return deps.database.write(ctx, async (tx) => {
    await refuseEscalation(tx, ctx, await readRole(tx, input.roleId))
    if (input.departmentId !== null) await readDepartment(tx, input.departmentId)
    refuseWiderPlace(ctx, input)
    if ((await readMemberByEmail(tx, input.email))?.status === 'active')
      throw new AppError(
        'access.already_member',
        'conflict',
        'Somebody with this mail address is a member already.',
      )
    const { id, token } = await insertInvitation(tx, { ...input, invitedBy: ctx.actor, now: ctx.now })
    // No mail address here: entries outlive the erasure of an account.
    await audit(deps, tx, ctx, {
      action: 'invitation.created',
      subject: id,
      details: { roleId: input.roleId },
    })
    const row = (await readInvitation(tx, id)) as InvitationRow
    return { ...presentInvitation(row, ctx.language), link: `${deps.baseUrl}/invite/${token}` }
  })
}

export async function revokeInvitation(deps: AccessDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    if ((await revokeInvitationRow(tx, id, ctx.now)) === 0) throw invitationMissing()
    await audit(deps, tx, ctx, { action: 'invitation.revoked', subject: id })
  })
}

export const invitationMissing = () =>
  new AppError('access.invitation_missing', 'missing', 'This invitation is used, withdrawn or out of date.')
