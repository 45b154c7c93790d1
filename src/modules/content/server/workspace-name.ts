import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

export const readWorkspaceName = async (tx: Tx): Promise<string> =>
  (await tx.row<{ name: string }>(sql`select name from platform.workspace where num = ${tx.workspace}`))
    ?.name ?? ''
