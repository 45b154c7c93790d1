import { sql } from 'kysely'
import type { WorkspaceRef } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/** The topics a workspace begins with; in the transaction that makes it. */
export const seedTopics = async (tx: Tx, workspace: WorkspaceRef): Promise<void> => {
  await tx.run(sql`select consents.seed_topics(${workspace.num})`)
}
