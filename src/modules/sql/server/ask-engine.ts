import { ClickHouseError } from '@clickhouse/client'
import { engineProblem } from '#modules/sql/server/engine-problem.ts'
import type { Prepared } from '#modules/sql/server/prepare-query.ts'
import type { SqlDeps } from '#modules/sql/server/sql-deps.ts'
import type { ResultTable } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

const mostSeconds = 60

const settings = {
  // Nothing but reading, should a statement ever be another; 2, because these settings come with it.
  readonly: 2,
  cancel_http_readonly_queries_on_client_close: 1,
  max_execution_time: mostSeconds,
  max_memory_usage: '2000000000',
  max_rows_to_read: '2000000000',
  max_result_bytes: '100000000',
  result_overflow_mode: 'throw',
  // Lists of numbers made out of nothing, all in one block.
  function_range_max_elements_in_block: '10000000',
  max_subquery_depth: 200,
  // `props.x::Float64` of somebody without x is nothing instead of a fault.
  cast_keep_nullable: 1,
  date_time_output_format: 'simple',
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_denormals: 1,
} as const

/** The rows of a prepared query, `limit` at most, within the limits of one query and the turns of the workspace. */
export async function askEngine(
  deps: SqlDeps,
  ctx: WorkspaceCtx,
  prepared: Prepared,
  limit: number,
): Promise<ResultTable> {
  const options = {
    signal: ctx.signal,
    settings: { ...settings, limit: String(limit), session_timezone: ctx.workspace.timezone },
  }
  try {
    return await deps.analytics.inTurn(ctx, () => deps.ch.table(prepared.sql, prepared.params, options))
  } catch (error) {
    const fault = engineErrorOf(error)
    if (!fault) throw error
    throw engineProblem(fault, prepared, mostSeconds)
  }
}

function engineErrorOf(error: unknown): ClickHouseError | undefined {
  if (error instanceof ClickHouseError) return error
  return error instanceof AppError ? engineErrorOf(error.cause) : undefined
}
