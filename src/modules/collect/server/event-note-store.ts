import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'
import type { EventLabels } from '#slots/event-words.ts'

export type EventNote = {
  name: string
  labels: EventLabels
  description: string
  owner: { id: string; name: string } | null
  hidden: boolean
}
type Row = Omit<EventNote, 'owner' | 'labels'> & {
  zh: string
  en: string
  ownerId: string | null
  ownerName: string | null
}

/** What is said of the events of the workspace, by name. An owner who left for good is nobody. */
export async function loadEventNotes(tx: Tx, only?: string): Promise<Map<string, EventNote>> {
  const rows = await tx.rows<Row>(sql`
    select n.name, n.label_zh as zh, n.label_en as en, n.description, n.hidden, m.id as "ownerId", m.name as "ownerName" from collect.event_note n
    left join read.member m on m.workspace_id = n.workspace_id and m.id = n.owner
    where n.workspace_id = ${tx.workspace} and (${only ?? null}::text is null or n.name = ${only ?? null})`)
  return new Map(
    rows.map(({ ownerId, ownerName, zh, en, ...note }) => [
      note.name,
      {
        ...note,
        labels: { zh, en },
        owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
      },
    ]),
  )
}

export async function hiddenEvents(tx: Tx): Promise<Set<string>> {
  const rows = await tx.rows<{ name: string }>(
    sql`select name from collect.event_note where workspace_id = ${tx.workspace} and hidden`,
  )
  return new Set(rows.map((row) => row.name))
}

export async function saveEventNote(
  tx: Tx,
  note: Omit<EventNote, 'owner'> & { owner: string | null; at: Date; by: string },
): Promise<void> {
  await tx.run(sql`
    insert into collect.event_note (workspace_id, name, label_zh, label_en, description, owner, hidden, changed_at, changed_by)
    values (${tx.workspace}, ${note.name}, ${note.labels.zh}, ${note.labels.en}, ${note.description}, ${note.owner},
      ${note.hidden}, ${note.at}, ${note.by})
    on conflict (workspace_id, name) do update set label_zh = excluded.label_zh, label_en = excluded.label_en,
      description = excluded.description, owner = excluded.owner, hidden = excluded.hidden, changed_at = excluded.changed_at, changed_by = excluded.changed_by`)
}

export async function isMember(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.row(sql`select 1 from read.member where workspace_id = ${tx.workspace} and id = ${id}`)
  return row !== undefined
}
