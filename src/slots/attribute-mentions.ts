import type { Tx } from '#platform/pg/database.ts'

/** Something that keeps a rule in which attributes are named. */
export type AttributeUser = { kind: 'segment'; id: string; name: string; attributes: ReadonlySet<string> }

/**
 * Extension point: whoever keeps rules answers which attributes these name, so that the catalogue can say what an
 * attribute is used for, and keeps one that is.
 * Example: segments.
 */
export type AttributeMentions = { users(tx: Tx): Promise<AttributeUser[]> }
