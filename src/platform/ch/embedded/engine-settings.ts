export type EngineLimits = { threads: number; maxMemory: number }

/** The database our tables live in. chDB's own `default` overlays the file system: a table name could read a file. */
export const defaultDatabase = 'headwater'

// A query that returns its result whole (formats with a frame, such as JSON) is held in memory once.
export const maxWholeResultBytes = 256_000_000

/** Command-line arguments of the engine: server limits, and what every session starts from. */
export function engineArgs({ threads, maxMemory }: EngineLimits): string[] {
  const settings: Record<string, string | number> = {
    max_server_memory_usage: maxMemory,
    // Two merges at once; caches sized for one small machine rather than the default 5 GiB each.
    background_pool_size: 2,
    mark_cache_size: Math.floor(maxMemory / 10),
    index_mark_cache_size: Math.floor(maxMemory / 40),
    max_threads: threads,
    max_memory_usage: Math.floor(maxMemory * 0.6),
    // Beyond these a query goes on disk instead of failing.
    max_bytes_before_external_group_by: Math.floor(maxMemory * 0.25),
    max_bytes_before_external_sort: Math.floor(maxMemory * 0.25),
    // Parameters arrive as SET statements, and a list of ids may be long.
    max_query_size: 64_000_000,
    // Values keep the type the sender gave: text that looks like a date stays text, every number is Float64.
    input_format_try_infer_dates: 0,
    input_format_try_infer_datetimes: 0,
    input_format_try_infer_integers: 0,
    output_format_json_quote_64bit_integers: 0,
    date_time_output_format: 'iso',
    date_time_input_format: 'best_effort',
    join_use_nulls: 0,
  }
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
}
