import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

export type MemberMail = { id: string; name: string; email: string; isActive: boolean }

/** Names and addresses of members, for mail to them; whoever is disabled gets none. */
export const mailOfMembers = (tx: Tx, ids: readonly string[]): Promise<MemberMail[]> =>
  tx.rows<MemberMail>(sql`
    select id, name, email, status = 'active' as "isActive" from access.member
    where workspace_id = ${tx.workspace} and id = any(${ids}::text[])`)
