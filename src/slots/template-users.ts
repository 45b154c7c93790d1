import type { Tx } from '#platform/pg/database.ts'

/** Something that sends a template. */
export type TemplateUser = {
  kind: 'campaign' | 'journey'
  id: string
  name: string
  templateId: string
  /** It would stop working without the template, so the template cannot be archived. */
  holds: boolean
}

/**
 * Extension point: whoever sends templates answers which, so that a template's page can show what it is used by and
 * archiving one that is needed is refused with the list.
 * Example: a running campaign.
 */
export type TemplateUsers = {
  name: string
  usersOf(tx: Tx, templateIds: readonly string[]): Promise<TemplateUser[]>
}
