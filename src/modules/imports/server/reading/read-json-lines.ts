import { fitRow } from '#modules/imports/server/reading/fit-row.ts'
import {
  type Cell,
  mostColumns,
  type Table,
  type TableRow,
} from '#modules/imports/server/reading/table-row.ts'
import { AppError } from '#platform/errors.ts'

type Fields = Map<string, Cell>
const longestLine = 16 * 1024 * 1024

/** One JSON object a line; nested objects become dotted columns. `columns` come from `listJsonColumns`. */
export function readJsonLines(text: AsyncIterable<string>, columns: readonly string[]): Table {
  return { columns: [...columns], warnings: [], rows: rowsOf(text, columns) }
}

/** Every column of the file: a field may appear in its last line only. */
export async function listJsonColumns(text: AsyncIterable<string>): Promise<string[]> {
  const columns = new Set<string>()
  let lines = 0
  for await (const line of linesOf(text)) {
    lines++
    const fields = fieldsOf(line)
    if (fields) for (const name of fields.keys()) columns.add(name)
    if (columns.size > mostColumns)
      throw new AppError(
        'import.too_many_columns',
        'invalid',
        `A file may have ${mostColumns} columns at most.`,
      )
  }
  if (lines === 0) throw new AppError('import.empty', 'invalid', 'The file has no rows.')
  if (columns.size === 0)
    throw new AppError('import.no_header', 'invalid', 'No line of the file is a JSON object with fields.')
  return [...columns]
}

async function* rowsOf(text: AsyncIterable<string>, columns: readonly string[]): AsyncGenerator<TableRow> {
  let number = 0
  for await (const line of linesOf(text)) {
    number++
    const fields = fieldsOf(line)
    if (fields)
      yield fitRow(
        number,
        columns.map((name) => fields.get(name) ?? null),
        columns.length,
      )
    else yield { ...fitRow(number, [line.slice(0, 1000)], columns.length), fault: { code: 'bad_json' } }
  }
}

/** Lines with something in them. A file of one endless line is refused before it fills the memory. */
async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of text) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longestLine)
      throw new AppError('import.line_too_long', 'invalid', 'A line of the file is longer than 16 MB.')
    for (const line of lines) if (line.trim() !== '') yield line
  }
  if (rest.trim() !== '') yield rest
}

function fieldsOf(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const fields: Fields = new Map()
    return addFields(fields, value, '', 0) ? fields : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

// Deeper than any export nests; the walk is recursive.
const deepest = 20

function addFields(into: Fields, value: object, prefix: string, depth: number): boolean {
  if (depth > deepest) return false
  for (const [name, child] of Object.entries(value)) {
    const path = (prefix + name).replace(/\p{Cc}+/gu, ' ').trim()
    if (path === '' || path.length > 200) return false
    if (typeof child === 'object' && child !== null && !Array.isArray(child)) {
      if (!addFields(into, child, `${path}.`, depth + 1)) return false
    } else into.set(path, child as Cell)
  }
  return true
}
