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
  | 'zone_wanted'
  | 'too_many_reads'
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

type Code = readonly [code: string, kind: 'invalid' | 'denied']
const badSyntax: Code = ['sql.bad_syntax', 'invalid']
const unknownName: Code = ['sql.unknown_name', 'invalid']
const notAllowed: Code = ['sql.not_allowed', 'invalid']
const asksTooMuch: Code = ['sql.asks_too_much', 'denied']

const codes: Partial<Record<Reason, Code>> = {
  view_unknown: unknownName,
  column_unknown: unknownName,
  column_ambiguous: unknownName,
  function_unknown: notAllowed,
  not_supported: notAllowed,
  only_select: notAllowed,
  one_statement: notAllowed,
  type_unknown: notAllowed,
  number_too_large: notAllowed,
  constant_wanted: notAllowed,
  zone_wanted: notAllowed,
  too_many_reads: notAllowed,
  view_denied: asksTooMuch,
  column_masked: asksTooMuch,
}

/** The fault as a problem with line and column, both from 1. */
export function asProblem(fault: SqlFault, text: string): AppError {
  const { reason, span, name_: name } = fault
  const [code, kind] = codes[reason] ?? badSyntax
  return new AppError(code, kind, fault.message, {
    details: { reason, name, ...placeOf(text, span) },
    cause: fault,
  })
}

export function placeOf(text: string, { from, to }: Span) {
  const before = text.slice(0, from).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, from, to }
}
