import { sql } from 'kysely'
import type { Rule } from '#modules/rules/contract.ts'
import { listReferences } from '#modules/rules/index.ts'
import { takeRevision } from '#modules/segments/server/segment-store.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { TagMentions } from '#slots/tag-mentions.ts'

type Row = { id: string; name: string; rule: Rule; deleted: boolean }

/** The tags that rules of segments name. Deleted segments are not users, but a restore must find the new name. */
export const tagMentions: TagMentions = {
  users: async (tx) => {
    const rows = await readRows(tx)
    return rows
      .filter((row) => !row.deleted)
      .map(({ id, name, rule }) => ({ kind: 'segment' as const, id, name, tags: listReferences(rule).tags }))
      .filter(({ tags }) => tags.size > 0)
  },
  rename: async (tx, from, to) => {
    // First, as in every change of rules, so that none is saved in between.
    await takeRevision(tx, tx.workspace)
    for (const { id, rule } of await readRows(tx))
      if (listReferences(rule).tags.has(from))
        await tx.run(sql`
          update segments.segment set rule = ${JSON.stringify(renameTag(rule, from, to))}
          where workspace_id = ${tx.workspace} and id = ${id}`)
    // Older rules too: one that is taken up again must find the tag under the name it has then.
    for (const { segment_id, number, rule } of await readVersions(tx))
      if (listReferences(rule).tags.has(from))
        await tx.run(sql`
          update segments.version set rule = ${JSON.stringify(renameTag(rule, from, to))}
          where workspace_id = ${tx.workspace} and segment_id = ${segment_id} and number = ${number}`)
  },
}

const readRows = (tx: Tx) =>
  tx.rows<Row>(sql`
    select id, name, rule, deleted_at is not null as deleted from segments.segment
    where workspace_id = ${tx.workspace} order by lower(name), id`)

const readVersions = (tx: Tx) =>
  tx.rows<{ segment_id: string; number: number; rule: Rule }>(
    sql`select segment_id, number, rule from segments.version where workspace_id = ${tx.workspace}`,
  )

/** The same rule with another name for one of its tags. */
export function renameTag(rule: Rule, from: string, to: string): Rule {
  if ('all' in rule) return { ...rule, all: rule.all.map((child) => renameTag(child, from, to)) }
  if ('any' in rule) return { ...rule, any: rule.any.map((child) => renameTag(child, from, to)) }
  if ('not' in rule) return { ...rule, not: renameTag(rule.not, from, to) }
  return 'tag' in rule && rule.tag === from ? { ...rule, tag: to } : rule
}
