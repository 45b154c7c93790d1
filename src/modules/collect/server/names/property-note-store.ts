import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'
import type { EventLabels } from '#slots/event-words.ts'

/** `event` is '' where it is said of the property in every event. */
export type PropertyNote = { event: string; path: string; labels: EventLabels; description: string }
type Row = { event: string; path: string; zh: string; en: string; description: string }

export async function loadPropertyNotes(tx: Tx): Promise<PropertyNote[]> {
  const rows = await tx.rows<Row>(sql`
    select event, path, label_zh as zh, label_en as en, description from collect.property_note
    where workspace_id = ${tx.workspace} order by event, path`)
  return rows.map(({ zh, en, ...note }) => ({ ...note, labels: { zh, en } }))
}

/** What says nothing any more is not kept. */
export async function savePropertyNote(tx: Tx, note: PropertyNote & { at: Date; by: string }): Promise<void> {
  const { event, path, labels, description, at, by } = note
  if (labels.zh === '' && labels.en === '' && description === '') {
    await tx.run(sql`delete from collect.property_note
      where workspace_id = ${tx.workspace} and event = ${event} and path = ${path}`)
    return
  }
  await tx.run(sql`
    insert into collect.property_note
      (workspace_id, event, path, label_zh, label_en, description, changed_at, changed_by)
    values (${tx.workspace}, ${event}, ${path}, ${labels.zh}, ${labels.en}, ${description}, ${at}, ${by})
    on conflict (workspace_id, event, path) do update set label_zh = excluded.label_zh,
      label_en = excluded.label_en, description = excluded.description,
      changed_at = excluded.changed_at, changed_by = excluded.changed_by`)
}
