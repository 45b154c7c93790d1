import { sql } from 'kysely'
import type { Topic } from '#modules/consents/contract/shapes.ts'
import type { Classes } from '#modules/consents/server/log/apply-statements.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type TopicRow = {
  key: string
  name_zh: string
  name_en: string
  description_zh: string
  description_en: string
  class: Topic['class']
  defaults: Topic['defaults']
  place: number
  created_at: Date
  archived_at: Date | null
}

export const readTopics = (tx: Tx): Promise<TopicRow[]> =>
  tx.rows<TopicRow>(sql`
    select key, name_zh, name_en, description_zh, description_en, class, defaults, place, created_at, archived_at
    from consents.topic where workspace_id = ${tx.workspace} order by archived_at is not null, place, key`)

export async function requireTopic(tx: Tx, key: string): Promise<TopicRow> {
  const row = (await readTopics(tx)).find((one) => one.key === key)
  if (row) return row
  throw new AppError(
    'consent.topic_missing',
    'invalid',
    `There is no topic "${key}"; GET /api/consent-topics lists them.`,
  )
}

/** Which class each topic is of, archived ones too. */
export async function loadClasses(tx: Tx): Promise<Classes> {
  const classes = new Map((await readTopics(tx)).map((row) => [row.key, row.class]))
  return (topic) => classes.get(topic)
}

/** Writes a topic as it is given, new or known. */
export async function saveTopic(tx: Tx, row: TopicRow): Promise<void> {
  await tx.run(sql`
    insert into consents.topic (workspace_id, key, name_zh, name_en, description_zh, description_en, class, defaults, place,
      created_at, archived_at)
    values (${tx.workspace}, ${row.key}, ${row.name_zh}, ${row.name_en}, ${row.description_zh}, ${row.description_en},
      ${row.class}, ${JSON.stringify(row.defaults)}::jsonb, ${row.place}, ${row.created_at}, ${row.archived_at})
    on conflict (workspace_id, key) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
      description_zh = excluded.description_zh, description_en = excluded.description_en, defaults = excluded.defaults,
      place = excluded.place, archived_at = excluded.archived_at`)
}

export const presentTopic = (row: TopicRow): Topic => ({
  key: row.key,
  name: { zh: row.name_zh, en: row.name_en },
  description: { zh: row.description_zh, en: row.description_en },
  class: row.class,
  defaults: row.defaults,
  createdAt: row.created_at.toISOString(),
  archivedAt: row.archived_at?.toISOString() ?? null,
})
