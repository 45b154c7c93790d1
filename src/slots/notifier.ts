import type { Tx } from '#platform/pg/database.ts'

/** Whom a notice is for: one member, or everybody who may do something. */
export type NoticeReceivers = { member: string } | { permission: string }

export type NewNotice = {
  /** One of the types of modules/notices/notice-types.ts. */
  type: string
  to: NoticeReceivers
  /** What its sentence is made of: names, numbers and codes. No personal data of people: a notice outlives an erasure. */
  facts: Record<string, string | number>
  /** Page that shows what it is about. */
  href: string
  /** Two notices of one type and key are one. */
  key?: string
  /** Who did it; they are not told of their own doing. */
  except?: string | undefined
}

/**
 * Extension point: tells members in the program. Writes in the caller's transaction, so a notice exists exactly when
 * what it tells does. `workspace` because system transactions stand in none. One notice for one act, however many
 * people it touched. Example: an import ended.
 */
export type Notifier = { tell(tx: Tx, workspace: number, notice: NewNotice): Promise<void> }
