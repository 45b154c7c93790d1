import { sql } from 'kysely'
import { hashOfToken, newSecretToken } from '#modules/access/server/login/secret-token.ts'
import { type ActorName, type Ctx, sayActor } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

const validMs = 7 * 24 * 3600_000

export type InvitationRow = {
  id: string
  email: string
  role_id: string
  role_name: string
  department_id: string | null
  invited_by: string
  invited_by_kind: ActorName['kind']
  created_at: Date
  expires_at: Date
}
export type OpenInvitationRow = InvitationRow & {
  num: number
  workspace_id: string
  workspace_name: string
  timezone: string
}
export type NewInvitation = {
  email: string
  roleId: string
  departmentId: string | null
  invitedBy: ActorName
  now: number
}

/** Stores an invitation and answers its token, which is kept only as a hash. Earlier ones to the same address end. */
export async function insertInvitation(tx: Tx, given: NewInvitation): Promise<{ id: string; token: string }> {
  const token = newSecretToken()
  const id = newId('inv')
  const now = new Date(given.now)
  await tx.run(sql`update access.invitation set revoked_at = ${now}
    where workspace_id = ${tx.workspace} and email = ${given.email} and accepted_at is null and revoked_at is null`)
  await tx.run(sql`
    insert into access.invitation (workspace_id, id, token_hash, email, role_id, department_id, invited_by,
      invited_by_kind, created_at, expires_at)
    values (${tx.workspace}, ${id}, ${hashOfToken(token)}, ${given.email}, ${given.roleId}, ${given.departmentId},
            ${given.invitedBy.name}, ${given.invitedBy.kind}, ${now}, ${new Date(given.now + validMs)})`)
  return { id, token }
}

const columns = sql`i.id, i.email, i.role_id, r.name as role_name, i.department_id, i.invited_by,
  i.invited_by_kind, i.created_at, i.expires_at`
const source = sql`access.invitation i join access.role r on r.workspace_id = i.workspace_id and r.id = i.role_id`
const open = (now: number) =>
  sql`i.accepted_at is null and i.revoked_at is null and i.expires_at > ${new Date(now)}`

export const readInvitation = (tx: Tx, id: string) =>
  tx.row<InvitationRow>(
    sql`select ${columns} from ${source} where i.workspace_id = ${tx.workspace} and i.id = ${id}`,
  )

export const listInvitationRows = (
  tx: Tx,
  now: number,
  limit: number,
  after: { at: string; id: string } | undefined,
) =>
  tx.rows<InvitationRow>(sql`select ${columns} from ${source} where i.workspace_id = ${tx.workspace} and ${open(now)}
    and (${after?.at ?? null}::timestamptz is null
         or (i.created_at, i.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::text))
    order by i.created_at desc, i.id desc limit ${limit}`)

export const revokeInvitationRow = (tx: Tx, id: string, now: number) =>
  tx.run(sql`update access.invitation i set revoked_at = ${new Date(now)}
    where i.workspace_id = ${tx.workspace} and i.id = ${id} and ${open(now)}`)

/** By its token, over all workspaces (system transactions only); locked, so that a link works once. */
export const lockInvitation = (tx: Tx, token: string, now: number) =>
  tx.row<OpenInvitationRow>(sql`
    select ${columns}, w.num, w.id as workspace_id, w.name as workspace_name, w.timezone
    from ${source} join platform.workspace w on w.num = i.workspace_id
    where i.token_hash = ${hashOfToken(token)} and ${open(now)} for update of i`)

export const acceptInvitationRow = (tx: Tx, ws: number, id: string, now: number) =>
  tx.run(
    sql`update access.invitation set accepted_at = ${new Date(now)} where workspace_id = ${ws} and id = ${id}`,
  )

export const inviterOf = (row: InvitationRow, language: Ctx['language']) =>
  sayActor({ kind: row.invited_by_kind, name: row.invited_by }, language)

export const presentInvitation = (row: InvitationRow, language: Ctx['language']) => ({
  id: row.id,
  email: row.email,
  role: { id: row.role_id, name: row.role_name },
  departmentId: row.department_id,
  invitedBy: inviterOf(row, language),
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
})
