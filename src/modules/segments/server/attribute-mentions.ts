import { sql } from 'kysely'
import type { Rule } from '#modules/rules/contract.ts'
import { listReferences } from '#modules/rules/index.ts'
import type { AttributeMentions } from '#slots/attribute-mentions.ts'

/** The attributes that rules of segments name; deleted segments name none. */
export const attributeMentions: AttributeMentions = {
  users: async (tx) => {
    const rows = await tx.rows<{ id: string; name: string; rule: Rule }>(sql`
      select id, name, rule from segments.segment
      where workspace_id = ${tx.workspace} and deleted_at is null order by lower(name), id`)
    return rows
      .map(({ id, name, rule }) => ({
        kind: 'segment' as const,
        ...{ id, name, attributes: listReferences(rule).attributes },
      }))
      .filter(({ attributes }) => attributes.size > 0)
  },
}
