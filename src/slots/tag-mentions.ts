import type { Tx } from '#platform/pg/database.ts'

/** Something that keeps a rule in which tags are named. */
export type TagUser = { kind: 'segment'; id: string; name: string; tags: ReadonlySet<string> }

/**
 * Extension point: whoever keeps rules answers which tags these name, and writes the new name of a tag into them, in
 * the transaction in which it is renamed. So rules say tags by name, in the shape callers know, and a rename moves
 * nobody in or out.
 * Example: segments.
 */
export type TagMentions = {
  users(tx: Tx): Promise<TagUser[]>
  rename(tx: Tx, from: string, to: string): Promise<void>
}
