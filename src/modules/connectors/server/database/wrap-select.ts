import { AppError } from '#platform/errors.ts'

/** Name of the column that carries the cursor's value as exact text. */
export const cursorColumn = 'headwater cursor'
export const statementMs = 120_000

/** The SELECT as part of another; a line of its own, because it may end in a comment. */
export function subquery(sql: string): string {
  const bare = withoutEnd(sql.trim())
  if (!/^(select|with)\b/i.test(bare.replace(/^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, '')))
    throw new AppError('connection.not_a_select', 'invalid', 'Write one SELECT (or WITH … SELECT).', {
      details: { path: '/body/place/sql' },
    })
  return `(\n${bare}\n) as q`
}

/** Without the semicolon that ends it, and what comments follow. */
function withoutEnd(sql: string): string {
  for (let at = sql.indexOf(';'); at >= 0; ) {
    const next = blankTo(sql, at)
    if (next === sql.length) return sql.slice(0, at)
    at = sql.indexOf(';', next)
  }
  return sql
}

// By hand: a regular expression that tries where comments end takes twice as long with each of them.
function blankTo(sql: string, from: number): number {
  let at = from
  while (at < sql.length) {
    const end = endOfComment(sql, at)
    if (end === at && !' \t\r\n;'.includes(sql[at] as string)) return at
    at = end === at ? at + 1 : end
  }
  return sql.length
}

/** Where the comment ends that begins here, one left open with the text; here, when none begins. */
function endOfComment(sql: string, at: number): number {
  const ending = sql.startsWith('--', at) ? '\n' : sql.startsWith('/*', at) ? '*/' : ''
  if (ending === '') return at
  const end = sql.indexOf(ending, at + 2)
  return end < 0 ? sql.length : end + ending.length
}

/** What a database says against a statement is for the one who wrote it; everything else it says is a state of it. */
export function refusedStatement(code: string, message: string): AppError {
  // Kept with the run as JSON, which takes neither a zero nor half a pair.
  const said = message.replaceAll('\u0000', '').slice(0, 500).toWellFormed()
  return new AppError('connection.statement_refused', 'invalid', `The database refused: ${said} (${code})`, {
    details: { said, state: code },
  })
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
