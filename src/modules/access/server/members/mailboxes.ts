import { sql } from 'kysely'
import type { AccessDeps } from '#modules/access/server/access-deps.ts'

/** Where a member gets mail, and in which language. */
export type Mailbox = { member: string; name: string; address: string; language: 'en' | 'zh' }

/** Of members of a workspace who are active; whoever is not gets none. */
export const mailboxesOf = (
  { database }: Pick<AccessDeps, 'database'>,
  workspace: number,
  members: readonly string[],
): Promise<Mailbox[]> =>
  database.system((tx) =>
    tx.rows<Mailbox>(sql`
      select m.id as member, m.name, u.email as address, u.language from access.member m
      join access.app_user u on u.id = m.user_id
      where m.workspace_id = ${workspace} and m.id = any(${[...members]}::text[])
        and m.status = 'active' and u.status = 'active' order by m.id`),
  )
