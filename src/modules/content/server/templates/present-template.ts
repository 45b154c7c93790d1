import type { Fault, Need, Template, TemplateLine } from '#modules/content/contract/template.ts'
import type { DraftRow, TemplateRow } from '#modules/content/server/templates/template-store.ts'
import type { TemplateUser } from '#slots/template-users.ts'

export const presentLine = (row: TemplateRow): TemplateLine => ({
  id: row.id,
  channel: row.channel,
  name: row.name,
  folder: row.folder,
  labels: row.labels,
  purpose: row.purpose,
  languages: row.languages,
  headline: row.headline,
  published: row.version,
  changed: row.version === null || row.published_revision !== row.revision,
  archived: row.archived_at !== null,
  updatedAt: row.updated_at.toISOString(),
  updatedBy: row.updated_by,
})

type Whole = {
  drafts: readonly DraftRow[]
  faults: Fault[]
  needs: Need[]
  users: readonly TemplateUser[]
}

/** Variants in the order of the languages: the fallback first. */
export const presentTemplate = (row: TemplateRow, { drafts, faults, needs, users }: Whole): Template => ({
  ...presentLine(row),
  onMissing: row.on_missing,
  revision: row.revision,
  variants: row.languages.flatMap((language) =>
    drafts
      .filter((one) => one.language === language)
      .map(({ body, updated_at }) => ({ language, body, updatedAt: updated_at.toISOString() })),
  ),
  faults,
  needs,
  usedBy: users.map(({ kind, id, name, holds }) => ({ kind, id, name, holds })),
  pendingApproval: row.pending,
})
