import { AppError } from '#platform/errors.ts'

/** A piece of the query text: first character, and the one after the last. */
export type Span = { from: number; to: number }

/** What may be wrong with a query; the screen has a sentence for each in both languages. */
export type Reason =
  | 'unreadable'
  | 'text_not_closed'
  | 'comment_not_closed'
  | 'expected'
  | 'one_statement'
  | 'only_select'
  | 'too_long'
  | 'too_deep'
  | 'not_supported'
  | 'view_unknown'
  | 'view_denied'
  | 'view_name_taken'
  | 'name_twice'
  | 'column_unknown'
  | 'column_ambiguous'
  | 'column_masked'
  | 'function_unknown'
  | 'type_unknown'
  | 'number_too_large'
  | 'constant_wanted'
  | 'parameter_missing'
  | 'parameter_wrong'
  | 'columns_differ'

/** What is wrong, and where: thrown by every stage between the text and the engine. */
export class SqlFault extends Error {
  readonly reason: Reason
  readonly span: Span
  readonly name_: string

  constructor(reason: Reason, span: Span, message: string, name = '') {
    super(message)
    this.reason = reason
    this.span = span
    this.name_ = name
  }
}

const codes: Partial<Record<Reason, string>> = {
  view_unknown: 'sql.unknown_name',
  column_unknown: 'sql.unknown_name',
  column_ambiguous: 'sql.unknown_name',
  function_unknown: 'sql.not_allowed',
  not_supported: 'sql.not_allowed',
  only_select: 'sql.not_allowed',
  one_statement: 'sql.not_allowed',
  type_unknown: 'sql.not_allowed',
  number_too_large: 'sql.not_allowed',
  constant_wanted: 'sql.not_allowed',
  view_denied: 'sql.asks_too_much',
  column_masked: 'sql.asks_too_much',
}

/** The fault as a problem with line and column, both from 1. */
export function asProblem(fault: SqlFault, text: string): AppError {
  const { reason, span, name_: name } = fault
  const code = codes[reason] ?? 'sql.bad_syntax'
  return new AppError(code, code === 'sql.asks_too_much' ? 'denied' : 'invalid', fault.message, {
    details: { reason, name, ...placeOf(text, span) },
    cause: fault,
  })
}

export function placeOf(text: string, { from, to }: Span) {
  const before = text.slice(0, from).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, from, to }
}
