import { ClickHouseError } from '@clickhouse/client'
import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import type { Params } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

const mostSeconds = 60

const limits = {
  // The engine goes on for a client that hung up unless it is told not to.
  cancel_http_readonly_queries_on_client_close: 1,
  max_execution_time: mostSeconds,
  // Rows handed out: answers are numbers and pages, never everything.
  max_result_rows: '1000000',
  result_overflow_mode: 'throw',
}

const isTime = (code: string) => code === '159' || code === '160'
const isSize = (code: string) => ['158', '241', '307', '396'].includes(code)

/** Rows of a SELECT, within the limits of one question; what goes beyond them is a problem that says what to do. */
export async function askEngine<T>(
  deps: Pick<AnalyticsDeps, 'ch' | 'inTurn'>,
  ctx: WorkspaceCtx,
  sql: string,
  params: Params,
): Promise<T[]> {
  try {
    return await deps.inTurn(ctx, () =>
      deps.ch.query<T>(sql, params, { signal: ctx.signal, settings: limits }),
    )
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined || !(isTime(code) || isSize(code))) throw error
    throw new AppError(
      'analytics.took_too_long',
      'invalid',
      `The question needs more than ${isTime(code) ? `${mostSeconds} seconds` : 'the memory one question has'}: narrow the range, the breakdown or the audience.`,
      { details: { reason: isTime(code) ? 'time' : 'memory' }, cause: error },
    )
  }
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof ClickHouseError) return error.code
  return error instanceof AppError ? codeOf(error.cause) : undefined
}
