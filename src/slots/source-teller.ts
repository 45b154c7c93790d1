import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/** A source as a reader knows it. `href`: its page, where the reader may open it. */
export type ToldSource = {
  kind: 'source' | 'import' | 'api_key' | 'hand'
  name: string
  href: string | null
}

/**
 * Extension point: whoever sends events or tells values under an id of its own says what that id is called. Answers for the
 * ids it knows and leaves the others out.
 * Example: imports, whose id is `import:<id of the import>` and whose name is the file's.
 */
export type SourceTeller = {
  name: string
  tell(tx: Tx, ctx: WorkspaceCtx, ids: readonly string[]): Promise<ReadonlyMap<string, ToldSource>>
}
