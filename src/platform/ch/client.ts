import { Readable } from 'node:stream'
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { AppError } from '#platform/errors.ts'

/** Sent with every statement, so that a cluster reads values exactly as the embedded engine does. */
const settings = {
  input_format_try_infer_dates: 0,
  input_format_try_infer_datetimes: 0,
  input_format_try_infer_integers: 0,
  output_format_json_quote_64bit_integers: 0,
  date_time_output_format: 'iso',
  date_time_input_format: 'best_effort',
  join_use_nulls: 0,
  // One import may bring many years at once; the default of 100 months would refuse it for ever.
  max_partitions_per_insert_block: '0',
} as const

/**
 * With a cluster: an insert is over when the shards have the rows (the projector counts them next), and look-ups of
 * people inside of questions about events go to all shards.
 */
export const clusterSettings = {
  distributed_foreground_insert: 1,
  // Replicas would drop a block that was written and removed before; a second attempt comes after its removal.
  insert_deduplicate: 0,
  distributed_product_mode: 'global',
  // A statement ON CLUSTER answers when every node has carried it out, and fails when one has not.
  distributed_ddl_output_mode: 'none',
} as const

export type QueryOptions = { signal?: AbortSignal | undefined; settings?: Record<string, string | number> }

export type ResultTable = {
  columns: { name: string; type: string }[]
  rows: unknown[][]
  /** The row of WITH TOTALS. */
  totals?: unknown[]
  rowsRead: number
}

export type ClickHouse = {
  /** Database all tables live in; already chosen for every statement. */
  readonly database: string
  /** Name of the cluster its tables are spread over, if they are. */
  readonly cluster?: string
  /** Rows of a SELECT; `params` are bound by the engine as `{name:Type}`. */
  query<T>(sql: string, params?: Record<string, unknown>, options?: QueryOptions): Promise<T[]>
  /** A SELECT as a table: columns with their types, rows as lists of values, and how many rows were read for it. */
  table(sql: string, params?: Record<string, unknown>, options?: QueryOptions): Promise<ResultTable>
  /** DDL and other statements without rows. */
  command(sql: string, params?: Record<string, unknown>): Promise<void>
  /** Inserts JSON lines that are already text, or its bytes in pieces; no object per row. */
  insertLines(table: string, lines: string | readonly Buffer[]): Promise<void>
  ping(): Promise<boolean>
  close(): Promise<void>
}

export type ClickHouseOptions = {
  url: string
  username: string
  password: string
  database: string
  cluster?: string
  requestTimeout?: number
}

/** The one way to ClickHouse: the official client, whether chDB or a cluster answers. */
export function openClickHouse(options: ClickHouseOptions): ClickHouse {
  const all = options.cluster ? { ...settings, ...clusterSettings } : settings
  const client = createClient({
    url: options.url,
    username: options.username,
    password: options.password,
    database: options.database,
    request_timeout: options.requestTimeout ?? 120_000,
    max_open_connections: 10,
    keep_alive: { enabled: true, idle_socket_ttl: 2000 },
    clickhouse_settings: all,
    // Failures are thrown and logged once, by whoever asked.
    log: { level: ClickHouseLogLevel.OFF },
  })
  return {
    database: options.database,
    ...(options.cluster ? { cluster: options.cluster } : {}),
    query: (sql, params, extra) => guarded(() => select(client, sql, params, extra)),
    table: (sql, params, extra) => guarded(() => selectTable(client, sql, params, extra)),
    command: (sql, params) =>
      guarded(async () => {
        await client.command({ query: sql, ...(params ? { query_params: params } : {}) })
      }),
    insertLines: (table, lines) =>
      guarded(async () => {
        if (lines.length === 0) return
        const values = Readable.from(typeof lines === 'string' ? [Buffer.from(lines)] : [...lines], {
          objectMode: false,
        })
        await client.exec({ query: `INSERT INTO ${table} FORMAT JSONEachRow`, values }).then(drain)
      }),
    ping: async () => (await client.ping()).success,
    close: () => client.close(),
  }
}

async function selectTable(
  client: ClickHouseClient,
  sql: string,
  params: Record<string, unknown> | undefined,
  options: QueryOptions | undefined,
): Promise<ResultTable> {
  const result = await client.query({
    query: sql,
    format: 'JSONCompact',
    ...(params ? { query_params: params } : {}),
    ...(options?.signal ? { abort_signal: options.signal } : {}),
    clickhouse_settings: { ...settings, ...options?.settings },
  })
  const body = (await result.json()) as {
    meta?: { name: string; type: string }[]
    data: unknown[][]
    totals?: unknown[]
    statistics?: { rows_read: number }
  }
  return {
    columns: body.meta ?? [],
    rows: body.data,
    ...(body.totals ? { totals: body.totals } : {}),
    rowsRead: body.statistics?.rows_read ?? 0,
  }
}

async function select<T>(
  client: ClickHouseClient,
  sql: string,
  params: Record<string, unknown> | undefined,
  options: QueryOptions | undefined,
): Promise<T[]> {
  const result = await client.query({
    query: sql,
    format: 'JSONEachRow',
    ...(params ? { query_params: params } : {}),
    ...(options?.signal ? { abort_signal: options.signal } : {}),
    ...(options?.settings ? { clickhouse_settings: { ...settings, ...options.settings } } : {}),
  })
  return result.json<T>() as Promise<T[]>
}

async function drain(result: { stream: NodeJS.ReadableStream }): Promise<void> {
  for await (const _chunk of result.stream);
}

// Time, rows, memory, disk, files, network, replicas, coordination: everything that may be well again in a moment.
const outageCodes = new Set(
  '74 75 76 159 160 164 173 198 202 203 209 210 225 236 241 242 243 252 279 285 286 319 373 394 425 439 499 999'.split(
    ' ',
  ),
)

/** An engine that is away or full is overload; a statement it refuses is our bug. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ClickHouseError && !outageCodes.has(error.code)) throw error
    if (error instanceof Error && /abort/i.test(error.message)) {
      throw new AppError('analytics.cancelled', 'conflict', 'The question was cancelled.', { cause: error })
    }
    throw new AppError('analytics.unavailable', 'busy', 'The analytics engine cannot answer right now.', {
      retryAfter: 2,
      cause: error,
    })
  }
}
