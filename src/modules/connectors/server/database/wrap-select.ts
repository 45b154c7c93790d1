import { AppError } from '#platform/errors.ts'

/** Name of the column that carries the cursor's value as exact text. */
export const cursorColumn = 'headwater cursor'
export const statementMs = 120_000

/** The SELECT as part of another; a line of its own, because it may end in a comment. */
export function subquery(sql: string): string {
  const bare = sql.trim().replace(/;(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)*$/, '')
  if (!/^(select|with)\b/i.test(bare.replace(/^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, '')))
    throw new AppError('connection.not_a_select', 'invalid', 'Write one SELECT (or WITH … SELECT).', {
      details: { path: '/body/place/sql' },
    })
  return `(\n${bare}\n) as q`
}

/** What a database says against a statement is for the one who wrote it; everything else it says is a state of it. */
export function refusedStatement(code: string, message: string): AppError {
  return new AppError(
    'connection.statement_refused',
    'invalid',
    `The database refused: ${message.slice(0, 500)} (${code})`,
    {
      details: { said: message.slice(0, 500), state: code },
    },
  )
}

export const unreachable = (cause: unknown): AppError =>
  new AppError('connection.unreachable', 'busy', 'The database could not be reached.', {
    retryAfter: 60,
    cause,
  })

/** Values as JSON lines can hold them: times as ISO, numbers too long for a number as text, bytes not at all. */
export function plainValue(value: unknown): unknown {
  if (value === undefined || value === null || Buffer.isBuffer(value)) return null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return value
}
