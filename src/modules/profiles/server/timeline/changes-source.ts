import { sql } from 'kysely'
import type { PersonChangeKind } from '#modules/profiles/server/person-changes.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { ActorName } from '#platform/context.ts'
import { keysetPage, msOf } from '#platform/pg/keyset.ts'
import type { TimelineGroup, TimelineSource } from '#slots/timeline-source.ts'

type Row = {
  ms: number
  key: string
  kind: PersonChangeKind
  content: Record<string, unknown>
  by: string
  by_kind: ActorName['kind']
  why: string | null
  name: string | null
}

/** Handing a person over is a matter of sales; everything else is about the record. */
const groupOf = (kind: PersonChangeKind): TimelineGroup => (kind === 'owner' ? 'sales' : 'system')

/** What users did to the person: owner, attributes by hand, recycle bin. */
export function changesSource(deps: Pick<ProfileDeps, 'database'>): TimelineSource {
  return {
    name: 'changes',
    groups: ['sales', 'system'],
    entries: async (ctx, { person }, question) => {
      const kinds = (['owner', 'attributes', 'trashed', 'restored'] as const).filter((kind) =>
        question.groups.has(groupOf(kind)),
      )
      const text = question.search?.toLowerCase()
      const rows = await deps.database.read(ctx, (tx) =>
        tx.rows<Row>(
          keysetPage(
            sql`
              select ${msOf(sql`c.at`)} as ms, 'change:' || lpad(c.seq::text, 16, '0') as key, c.kind, c.content, c.by, c.by_kind,
                c.why, m.name
              from profiles.person_change c
              join profiles.identifier i on i.workspace_id = c.workspace_id and i.unit = c.unit
              left join read.member m on m.workspace_id = c.workspace_id and m.id = c.content->>'to'
              where c.workspace_id = ${tx.workspace} and i.person = ${person} and c.kind = any(${kinds}::text[])
                and ${
                  text === undefined
                    ? sql`true`
                    : sql`position(${text}::text in lower(concat_ws(' ', m.name, c.by, c.why, c.content->>'names'))) > 0`
                }`,
            question,
          ),
        ),
      )
      return rows.map(({ ms, key, kind, content, by, by_kind, why, name }) => ({
        place: [ms, key] as const,
        group: groupOf(kind),
        kind,
        name: name ?? '',
        properties: content,
        by: { kind: by_kind, name: by },
        why,
      }))
    },
    present: async (ctx, { person }) => {
      const rows = await deps.database.read(ctx, (tx) =>
        tx.rows<{ kind: PersonChangeKind }>(sql`
          select distinct c.kind from profiles.person_change c
          join profiles.identifier i on i.workspace_id = c.workspace_id and i.unit = c.unit
          where c.workspace_id = ${tx.workspace} and i.person = ${person}`),
      )
      return rows.map((row) => groupOf(row.kind))
    },
  }
}
