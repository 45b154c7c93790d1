import type { ClickHouseError } from '@clickhouse/client'
import type { Prepared } from '#modules/sql/server/prepare-query.ts'
import { AppError } from '#platform/errors.ts'

const isTime = (code: string) => code === '159' || code === '160'
const isSize = (code: string) => ['158', '241', '307', '396', '128', '173'].includes(code)

/** Sentences of our own for what people do wrong most; the rest is told in the engine's words, cleaned. */
const sentences: Record<string, { reason: string; message: string }> = {
  '43': { reason: 'types', message: 'A function or operator got a type it does not take' },
  '386': { reason: 'types', message: 'Values of different types cannot be put together' },
  '53': { reason: 'types', message: 'Types do not fit' },
  '42': { reason: 'arguments', message: 'A function got too few or too many arguments' },
  '215': { reason: 'group_by', message: 'A column stands beside aggregates and is not in GROUP BY' },
  '184': {
    reason: 'aggregate_place',
    message: 'An aggregate function stands where none may be, such as WHERE or another aggregate',
  },
  '6': { reason: 'values', message: 'A value cannot be read as the type it is cast to' },
  '27': { reason: 'values', message: 'A value cannot be read as the type it is cast to' },
  '41': { reason: 'values', message: 'A text cannot be read as a time' },
  '38': { reason: 'values', message: 'A text cannot be read as a date' },
  '72': { reason: 'values', message: 'A text cannot be read as a number' },
  '349': { reason: 'values', message: 'There is no value where one must be' },
  '457': { reason: 'values', message: 'The value of a parameter does not fit its type' },
  '174': { reason: 'cyclic', message: 'A name is defined by itself' },
  '36': { reason: 'arguments', message: 'A function got an argument it does not take' },
  '44': { reason: 'arguments', message: 'A function needs a constant here' },
  '427': { reason: 'pattern', message: 'A regular expression cannot be read' },
  '125': { reason: 'subquery', message: 'A subquery used as a value gives several rows' },
  '20': {
    reason: 'subquery',
    message: 'A subquery has another number of columns than what it is compared with',
  },
  '153': { reason: 'division', message: 'A division by zero' },
  '403': {
    reason: 'join',
    message: 'This condition of a JOIN cannot be used: compare columns of both sides with =',
  },
  '48': { reason: 'not_implemented', message: 'The engine cannot do this' },
}

/**
 * A problem the engine has with a query that was allowed. Its own words may name tables, other parts of the statement and
 * files: only what is told of functions and types is passed on, with names as the reader wrote them.
 */
export function engineProblem(error: ClickHouseError, { labels }: Prepared, seconds: number): AppError {
  const { code } = error
  if (isTime(code) || isSize(code))
    return new AppError(
      'sql.took_too_long',
      'invalid',
      `The query needs more than ${isTime(code) ? `${seconds} seconds` : 'the memory, rows or bytes one query has'}: narrow the time, group, or take fewer columns.`,
      { details: { reason: isTime(code) ? 'time' : 'memory' }, cause: error },
    )
  const known = sentences[code] ?? { reason: 'other', message: 'The engine cannot answer this query' }
  const said = cleaned(error.message, labels)
  return new AppError('sql.failed', 'invalid', `${known.message}${said === '' ? '' : `: ${said}`}.`, {
    details: { reason: known.reason, said, engineCode: Number(code) },
    cause: error,
  })
}

// Pieces of a message we know to be about functions and types alone.
const telling = [
  /Illegal types? [^:`]*? (?:of|for) (?:\w+ )?(?:arguments?|function)[^:`.]*/i,
  /No operation \w+ between [\w(), ]+ and [\w(), ]+/i,
  /There is no supertype for types [\w(), ']+/i,
  /Number of arguments for function \w+ doesn't match[^:`.]*/i,
  /Aggregate function \w+ is found (?:inside|in) [\w ]+/i,
  /Cannot convert string to type \w+/i,
  /Cannot parse \w+/i,
]
const printed = /\b(?:t\d+|v\d+|c\d+|l\d+|w\d+|a\d+|q\d+_w?\d+)\b/g

function cleaned(message: string, labels: ReadonlyMap<string, string>): string {
  const grouped = /(\bt\d+\.)?\b(v\d+|q\d+_\d+)\b[`']? is not under aggregate function/.exec(message)?.[2]
  if (grouped) return labels.get(grouped) ?? ''
  const found =
    telling.map((pattern) => pattern.exec(message)?.[0]).find((piece) => piece !== undefined) ?? ''
  if (found.length > 200 || /[/{}]|dict|_fact|_member|\bws\b|unit/i.test(found)) return ''
  return found.replace(printed, (name) => labels.get(name) ?? name).trim()
}
