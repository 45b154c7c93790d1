import type { z } from 'zod'
import type { routes, SqlAnswer } from '#modules/sql/contract.ts'
import { askEngine } from '#modules/sql/server/ask-engine.ts'
import { noteRun } from '#modules/sql/server/history/note-run.ts'
import { type Given, prepareQuery } from '#modules/sql/server/prepare-query.ts'
import type { SqlDeps } from '#modules/sql/server/sql-deps.ts'
import type { ResultTable } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError, toAppError } from '#platform/errors.ts'

export type Body = z.output<typeof routes.query.body>

/** Asks and notes who asked what, with how it ended. */
export async function runQuery(
  deps: SqlDeps,
  ctx: WorkspaceCtx,
  { limit, ...given }: Body,
): Promise<SqlAnswer> {
  const { table, tookMs } = await askAndNote(deps, ctx, given, limit + 1)
  return {
    columns: table.columns,
    rows: table.rows.slice(0, limit),
    totals: table.totals ?? null,
    truncated: table.rows.length > limit,
    tookMs,
    rowsRead: table.rowsRead,
  }
}

/** One more row than wanted tells whether there are more. */
export async function askAndNote(
  deps: SqlDeps,
  ctx: WorkspaceCtx,
  given: Given,
  limit: number,
  exported = false,
) {
  const started = performance.now()
  const took = () => Math.round(performance.now() - started)
  try {
    const prepared = await prepareQuery(deps, ctx, given)
    const table = withNames(await askEngine(deps, ctx, prepared, limit), prepared.columns)
    const tookMs = took()
    await noteRun(deps, ctx, { sql: given.sql, tookMs, rows: table.rows.length, problem: null, exported })
    return { table, tookMs }
  } catch (error) {
    const problem = toAppError(error).code
    await noteRun(deps, ctx, { sql: given.sql, tookMs: took(), rows: 0, problem, exported })
    throw error instanceof AppError ? error : toAppError(error)
  }
}

/** Columns as they were asked for, and whole numbers as numbers where none of their digits is lost. */
function withNames(table: ResultTable, names: readonly string[]): ResultTable {
  const columns = table.columns.map(({ type }, at) => ({ name: names[at] ?? '', type }))
  const whole = columns.map(({ type }) => /^(?:Nullable\()?U?Int(?:64|128|256)\)?$/.test(type))
  const readable = (row: unknown[]) =>
    row.map((value, at) => (whole[at] && typeof value === 'string' ? numberOf(value) : value))
  return {
    columns,
    rows: table.rows.map(readable),
    ...(table.totals ? { totals: readable(table.totals) } : {}),
    rowsRead: table.rowsRead,
  }
}

const numberOf = (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : text)
