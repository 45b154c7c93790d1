import { sql } from 'kysely'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import type { TimelineEventTeller } from '#slots/timeline-source.ts'

/** A call that came out of a file says of which: its message id is `import:<id>:<row>`. */
export function importTimeline(deps: Pick<ImportDeps, 'database'>): TimelineEventTeller {
  return {
    name: 'imports',
    messages: {
      prefix: 'import:',
      tell: async (ctx, messageIds) => {
        const named = messageIds.flatMap((messageId) => {
          const [, id, row] = /^import:([^:]+):(\d+)/.exec(messageId) ?? []
          return id && row ? [{ messageId, id, row: Number(row) }] : []
        })
        const ids = [...new Set(named.map((one) => one.id))]
        const imports = await deps.database.read(ctx, (tx) =>
          tx.rows<{ id: string; name: string }>(sql`
            select id, name from imports.import where workspace_id = ${tx.workspace} and id = any(${ids}::text[])`),
        )
        const names = new Map(imports.map((one) => [one.id, one.name]))
        return new Map(
          named.flatMap(({ messageId, id, row }) => {
            const name = names.get(id)
            return name === undefined
              ? []
              : [[messageId, { kind: 'import', name, properties: { import: id, row } }] as const]
          }),
        )
      },
    },
  }
}
