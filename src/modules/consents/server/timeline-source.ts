import { sql } from 'kysely'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import type { EntryRow } from '#modules/consents/server/log/history.ts'
import { pageWords } from '#modules/consents/server/pages/page-words.ts'
import type { Tx } from '#platform/pg/database.ts'
import { keysetPage, msOf } from '#platform/pg/keyset.ts'
import type { TimelineQuestion, TimelineSource } from '#slots/timeline-source.ts'

type Row = EntryRow & { ms: number; key: string; name_zh: string | null; name_en: string | null }

/** What somebody said about being spoken to, in their timeline among messages. */
export function consentTimeline(deps: Pick<ConsentDeps, 'database'>): TimelineSource {
  return {
    name: 'consents',
    groups: ['messages'],
    entries: async (ctx, { person }, question) => {
      if (!ctx.permissions.has('consent:read')) return []
      const rows = await deps.database.read(ctx, (tx) => readEntries(tx, person, question))
      return rows.map((row) => ({
        place: [row.ms, row.key] as const,
        group: 'messages' as const,
        kind: `consent.${row.state}`,
        name: nameOf(row, ctx.language),
        properties: { channel: row.channel, source: row.source },
        by: { kind: row.by_kind, name: row.by },
      }))
    },
    present: async (ctx, { person }) => {
      if (!ctx.permissions.has('consent:read')) return []
      const rows = await deps.database.read(ctx, (tx) =>
        tx.rows(sql`
          select 1 from consents.entry e where e.workspace_id = ${tx.workspace} and e.applied and e.unit in (
            select unit from read.identifier where workspace_id = ${tx.workspace} and person = ${person}) limit 1`),
      )
      return rows.length > 0 ? ['messages'] : []
    },
  }
}

/** What it is about and by which way: 「优惠活动」（短信）. */
function nameOf({ topic, channel, name_zh, name_en }: Row, language: 'zh' | 'en'): string {
  const t = pageWords[language]
  const about = topic === '' ? t.allMarketing : ((language === 'zh' ? name_zh : name_en) ?? topic)
  return language === 'zh' ? `「${about}」（${t.channels[channel]}）` : `“${about}” (${t.channels[channel]})`
}

function readEntries(tx: Tx, person: number, question: TimelineQuestion): Promise<Row[]> {
  const text = question.search?.toLowerCase()
  return tx.rows<Row>(
    keysetPage(
      sql`
        select ${msOf(sql`e.at`)} as ms, 'consent:' || lpad(e.seq::text, 16, '0') as key, e.channel, e.topic, e.state,
          e.source, e.by, e.by_kind, t.name_zh, t.name_en
        from consents.entry e
        left join consents.topic t on t.workspace_id = e.workspace_id and t.key = e.topic
        where e.workspace_id = ${tx.workspace} and e.applied and e.unit in (
          select unit from read.identifier where workspace_id = ${tx.workspace} and person = ${person})
          and ${
            text === undefined
              ? sql`true`
              : sql`position(${text}::text in lower(concat_ws(' ', e.channel, t.key, t.name_zh, t.name_en, e.by))) > 0`
          }`,
      question,
    ),
  )
}
