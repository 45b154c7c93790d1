import type { TemplateVersion } from '#modules/content/server/render/version.ts'
import { readSmsRules } from '#modules/content/server/setting-store.ts'
import { requireTemplate } from '#modules/content/server/templates/template-store.ts'
import { requireVersion } from '#modules/content/server/templates/version-store.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** What is sent of a template now: its published version, or `template.not_published`. */
export async function readTemplate(tx: Tx, id: string): Promise<TemplateVersion> {
  const row = await requireTemplate(tx, id)
  if (row.archived_at)
    throw new AppError('template.archived', 'conflict', 'This template was put away; bring it back first.')
  if (row.version === null)
    throw new AppError('template.not_published', 'conflict', 'This template has not been published yet.')
  const { num, number, languages, bodies, compiled, needs, links } = await requireVersion(tx, id, row.version)
  return {
    ...{ templateId: id, name: row.name, channel: row.channel, purpose: row.purpose, number, num },
    ...{ workspace: tx.workspace, languages, bodies, compiled, needs, links, onMissing: row.on_missing },
    sms: await readSmsRules(tx),
  }
}
