/** A table described once; single node and cluster statements come from the same description. */
export type TableSpec = {
  name: string
  columns: readonly string[]
  indexes?: readonly string[]
  engine: 'MergeTree' | `ReplacingMergeTree(${string})` | 'AggregatingMergeTree'
  orderBy: string
  partitionBy?: string
  /** Expression that keeps all rows of one person on one shard. */
  shardBy: string
  settings?: Record<string, string | number>
  /** The rows once more inside of each part, in another order: written, merged and deleted with them by the engine. */
  orders?: readonly SecondOrder[]
}

export type SecondOrder = { name: string; columns: readonly string[]; orderBy: readonly string[] }

export type Placement = { database: string; cluster?: string }

/** Statements that create the table: one on a single node; Replicated + Distributed on a cluster. */
export function createTable(spec: TableSpec, at: Placement): string[] {
  const orders = (spec.orders ?? []).map(projection)
  const body = `(\n  ${[...spec.columns, ...(spec.indexes ?? []), ...orders].join(',\n  ')}\n)`
  if (!at.cluster)
    return [`CREATE TABLE IF NOT EXISTS ${at.database}.${spec.name} ${body}\n${storage(spec, spec.engine)}`]
  const local = `${spec.name}_local`
  const on = `ON CLUSTER '${at.cluster}'`
  const path = `'/clickhouse/tables/{shard}/${at.database}/${spec.name}', '{replica}'`
  const [, family, args] = /^(\w*?)MergeTree(?:\((.*)\))?$/.exec(spec.engine) ?? []
  const engine = `Replicated${family ?? ''}MergeTree(${[path, args].filter(Boolean).join(', ')})`
  return [
    `CREATE TABLE IF NOT EXISTS ${at.database}.${local} ${on} ${body}\n${storage(spec, engine)}`,
    `CREATE TABLE IF NOT EXISTS ${at.database}.${spec.name} ${on} AS ${at.database}.${local}\n` +
      `ENGINE = Distributed('${at.cluster}', '${at.database}', '${local}', ${spec.shardBy})`,
  ]
}

/** How a second order stands in a table's definition. */
export const projection = ({ name, columns, orderBy }: SecondOrder): string =>
  `PROJECTION ${name} (SELECT ${columns.join(', ')} ORDER BY ${orderBy.join(', ')})`

function storage(spec: TableSpec, engine: string): string {
  const partition = spec.partitionBy ? `\nPARTITION BY ${spec.partitionBy}` : ''
  const settings = Object.entries(spec.settings ?? {}).map(([name, value]) => `${name} = ${value}`)
  const tail = settings.length > 0 ? `\nSETTINGS ${settings.join(', ')}` : ''
  return `ENGINE = ${engine}${partition}\nORDER BY ${spec.orderBy}${tail}`
}

export type DictionarySpec = {
  name: string
  columns: readonly string[]
  key: string
  /** SELECT over our own tables that feeds it; `{db}` stands for the database. */
  query: string
  layout: string
}

/** Source arguments an external server needs to read its own tables. */
export type DictionarySource = { user: string; password: string } | undefined

/** A dictionary is loaded on every node from the whole table; reloads are explicit (lifetime 0). */
export function createDictionary(spec: DictionarySpec, at: Placement, source: DictionarySource): string {
  const on = at.cluster ? ` ON CLUSTER '${at.cluster}'` : ''
  const login = source ? `USER '${source.user}' PASSWORD '${source.password}' ` : ''
  const query = spec.query.replaceAll('{db}', at.database).replaceAll("'", "''")
  return (
    `CREATE OR REPLACE DICTIONARY ${at.database}.${spec.name}${on} (${spec.columns.join(', ')})\n` +
    `PRIMARY KEY ${spec.key}\nSOURCE(CLICKHOUSE(${login}QUERY '${query}'))\nLAYOUT(${spec.layout})\nLIFETIME(0)`
  )
}
