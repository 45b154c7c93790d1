import { sql } from 'kysely'
import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import type { WriteKeyKind } from '#modules/access/server/keys/write-key-store.ts'

/** Where tracking calls with a write key go. */
export type WriteKeyTarget = {
  /** Number of the workspace. */
  workspace: number
  workspaceId: string
  timezone: string
  country: string
  sourceId: string
  sourceName: string
  sourceKind: WriteKeyKind
}

/** The workspace and source of a write key; undefined when unknown or revoked. Answers from memory for up to 5 s. */
export async function resolveWriteKey(
  deps: Pick<AccessDeps, 'database' | 'writeKeys'>,
  key: string,
): Promise<WriteKeyTarget | undefined> {
  // Ours look like this; anything else is not worth a look-up or a place in the memory.
  if (!/^wk_[0-9a-z]{24}$/.test(key)) return undefined
  return deps.writeKeys.get(key, () =>
    deps.database.system((tx) =>
      tx.row<WriteKeyTarget>(sql`
        select w.num as workspace, w.id as "workspaceId", w.timezone, w.country, k.id as "sourceId",
          k.name as "sourceName", k.kind as "sourceKind"
        from access.write_key k join platform.workspace w on w.num = k.workspace_id
        where k.key = ${key} and k.revoked_at is null`),
    ),
  )
}
