import { listTagRows, type TagRow } from '#modules/tags/server/tag-store.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Of every tag: itself and all below it, by name; former names that people still carry are among them. */
export type TagTree = { below(name: string): readonly string[]; rows: readonly TagRow[] }

export async function loadTagTree(tx: Tx, workspace = tx.workspace): Promise<TagTree> {
  return growTree(await listTagRows(tx, workspace))
}

export function growTree(rows: readonly TagRow[]): TagTree {
  const children = Map.groupBy(rows, (row) => row.parent_id)
  const byName = new Map(rows.map((row) => [row.name, row]))
  const collect = (row: TagRow): string[] => [
    row.name,
    ...row.was,
    ...(children.get(row.id) ?? []).flatMap(collect),
  ]
  return {
    rows,
    below: (name) => {
      const row = byName.get(name)
      return row ? collect(row) : [name]
    },
  }
}
