import type { InsertTarget } from '#platform/ch/embedded/engine-protocol.ts'

/** `select` may be streamed; `look` reads metadata; `insert` carries rows; `change` is everything else. */
export type StatementKind = 'select' | 'look' | 'insert' | 'change'

const readWords: Record<string, StatementKind> = {
  select: 'select',
  with: 'select',
  from: 'select',
  show: 'look',
  desc: 'look',
  describe: 'look',
  exists: 'look',
  explain: 'look',
  use: 'look',
  set: 'look',
  insert: 'insert',
}

/** Told by the first word, comments and opening parentheses aside. */
export function statementKind(sql: string): StatementKind {
  const start = sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|\()+/, '')
  const word = /^[a-z]+/i.exec(start)?.[0].toLowerCase() ?? ''
  return readWords[word] ?? 'change'
}

/** The format named at the end of the statement, as the official client writes it. */
export function formatOf(sql: string): string | undefined {
  return /\bFORMAT\s+(\w+)\s*(?:SETTINGS\s[^']*)?;?\s*$/i.exec(sql)?.[1]
}

// One row or line after the other, nothing around them: chunks can be joined. Framed formats (JSON, CSVWithNames…)
// would repeat the frame in every chunk of a stream.
const joinable = new Set([
  'JSONEachRow',
  'JSONStringsEachRow',
  'JSONCompactEachRow',
  'JSONCompactStringsEachRow',
  'JSONLines',
  'NDJSON',
  'TabSeparated',
  'TSV',
  'TabSeparatedRaw',
  'TSVRaw',
  'CSV',
  'RowBinary',
  'Values',
])

export function canStream(format: string): boolean {
  return joinable.has(format) && format !== 'Values'
}

const name = '(?:`\\w+`|\\w+)'
const insertPattern = new RegExp(
  `^\\s*INSERT\\s+INTO\\s+(?:TABLE\\s+)?(${name}(?:\\.${name})?)\\s*(?:\\(([^()]*)\\))?\\s+FORMAT\\s+(\\w+)\\s*;?\\s*$`,
  'i',
)

// The formats chDB takes as bytes without looking at them in JavaScript.
const rawFormats = new Set([
  'JSONEachRow',
  'JSONCompactEachRow',
  'CSV',
  'CSVWithNames',
  'TSV',
  'TabSeparated',
  'TSVWithNames',
  'TabSeparatedWithNames',
])

/** The parts of `INSERT INTO table (columns) FORMAT f`; undefined for any other form. */
export function insertTarget(sql: string): InsertTarget | undefined {
  const [, table, list, format] = insertPattern.exec(sql) ?? []
  if (table === undefined || format === undefined || !rawFormats.has(format)) return undefined
  const columns = (list ?? '').split(',').map((column) => column.trim().replace(/^`(.*)`$/, '$1'))
  const named = columns.filter((column) => column !== '')
  if (named.some((column) => !/^\w+$/.test(column))) return undefined
  return { table: table.replaceAll('`', ''), columns: named, format }
}

/** A single-quoted SQL text literal. */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
