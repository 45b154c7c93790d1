import type { ClickHouse } from '#platform/ch/client.ts'
import {
  createDictionary,
  createTable,
  type DictionarySource,
  type DictionarySpec,
  type Placement,
  type TableSpec,
} from '#platform/ch/ddl.ts'
import { addOrders } from '#platform/ch/second-orders.ts'

/** What a module keeps in ClickHouse. Every table names the Postgres source it is rebuilt from. */
export type AnalyticsSchema = {
  tables: readonly (TableSpec & { rebuiltFrom: string })[]
  dictionaries?: readonly DictionarySpec[]
}

/**
 * Creates what is missing. Projections are rebuilt from Postgres, so a changed shape is a new table name; only a second
 * order of the same rows is added to a table there is.
 */
export async function migrateAnalytics(
  ch: ClickHouse,
  schemas: readonly AnalyticsSchema[],
  at: Placement,
  source?: DictionarySource,
): Promise<void> {
  for (const schema of schemas) {
    for (const table of schema.tables) {
      for (const statement of createTable(table, at)) await ch.command(statement)
      await addOrders(ch, table)
    }
    for (const dictionary of schema.dictionaries ?? [])
      await ch.command(createDictionary(dictionary, at, source))
  }
}
