import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { type KeyedRow, noteTags } from '#modules/imports/server/journal-store.ts'
import { nameOf } from '#modules/imports/server/judge-entry.ts'
import { personsNamed } from '#modules/profiles/index.ts'
import type { Tx } from '#platform/pg/database.ts'

type Tagging = { id: string; name: string; tags: readonly string[]; rows: readonly KeyedRow[] }

/**
 * Gives an import's tags to whom these rows name, and notes at the first row of each who did not have which tag; answers
 * whom it gave any. In the single writer's turn.
 */
export async function tagRows(
  deps: Pick<ImportDeps, 'tags' | 'clock'>,
  tx: Tx,
  { id, name, tags, rows }: Tagging,
): Promise<number[]> {
  if (rows.length === 0) return []
  const persons = await personsNamed(
    tx,
    rows.map((one) => one.key),
  )
  const firstRow = new Map<number, number>()
  for (const { key, row } of rows) {
    const person = persons.get(nameOf(key))
    if (person !== undefined && !firstRow.has(person)) firstRow.set(person, row)
  }
  const added = await deps.tags.giveTags(tx, {
    persons: [...firstRow.keys()],
    tags,
    by: `import ${name}`,
    at: deps.clock.now(),
  })
  const given = Map.groupBy(added, (one) => firstRow.get(one.person))
  await noteTags(
    tx,
    id,
    rows.map(({ row }) => ({ row, tags: (given.get(row) ?? []).map((one) => one.tag) })),
  )
  return [...new Set(added.map((one) => one.person))]
}
