import { sql } from 'kysely'
import { actorKey } from '#platform/context.ts'
import type { SourceTeller } from '#slots/source-teller.ts'

type Row = { id: string; name: string; actor: string; source: string | null }

/** What came out of a file came from `import:<id>`: it is called by the file, and by the scheduled import that brought it. */
export const importSources: SourceTeller = {
  name: 'imports',
  tell: async (tx, ctx, ids) => {
    const imports = ids.flatMap((id) => (id.startsWith('import:') ? [id.slice('import:'.length)] : []))
    if (imports.length === 0) return new Map()
    const rows = await tx.rows<Row>(sql`
      select i.id, i.name, i.actor, (select s.name from imports.source_item t join imports.source s on s.id = t.source_id
        where t.workspace_id = i.workspace_id and t.import_id = i.id limit 1) as source
      from imports.import i where i.workspace_id = ${tx.workspace} and i.id = any(${imports}::text[])`)
    const mayOpen = (actor: string) =>
      ctx.permissions.has('import:read') && (ctx.scope.all || actor === actorKey(ctx.actor))
    return new Map(
      rows.map(({ id, name, actor, source }) => [
        `import:${id}`,
        {
          kind: 'import' as const,
          name: source === null ? name : `${source} · ${name}`,
          href: mayOpen(actor) ? `/imports/${id}` : null,
        },
      ]),
    )
  },
}
