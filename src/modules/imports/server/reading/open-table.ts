import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { decodeText } from '#modules/imports/server/reading/decode-text.ts'
import { detectEncoding, type Encoding } from '#modules/imports/server/reading/detect-encoding.ts'
import { detectFormat, type Format } from '#modules/imports/server/reading/detect-format.ts'
import { type Delimiter, guessDelimiter } from '#modules/imports/server/reading/guess-delimiter.ts'
import { openWorkbook } from '#modules/imports/server/reading/open-workbook.ts'
import { readDelimited } from '#modules/imports/server/reading/read-delimited.ts'
import { listJsonColumns, readJsonLines } from '#modules/imports/server/reading/read-json-lines.ts'
import { readWorkbook } from '#modules/imports/server/reading/read-workbook.ts'
import type { Table } from '#modules/imports/server/reading/table-row.ts'

/** How a file is to be read; found once, then kept, so that it reads the same after a restart. */
export type Layout = {
  format: Format
  encoding: Encoding | null
  delimiter: Delimiter | null
  sheet: string | null
  /** Of JSON lines only, where no line names them all. */
  columns: string[] | null
}
export type OpenTable = Table & { close(): void }

/** Finds out what a file is. Throws `import.*` with the reason when it is no table. */
export async function detectLayout(path: string, sheet?: string): Promise<Layout & { sheets: string[] }> {
  const format = detectFormat(await readStart(path))
  const layout = { format, encoding: null, delimiter: null, sheet: sheet ?? null, columns: null, sheets: [] }
  if (format === 'xlsx') {
    const book = await openWorkbook(path)
    book.archive.close()
    return { ...layout, sheets: book.sheets.map((one) => one.name) }
  }
  const encoding = await detectEncoding(() => createReadStream(path))
  const text = () => decodeText(createReadStream(path), encoding)
  if (format === 'ndjson') return { ...layout, encoding, columns: await listJsonColumns(text()) }
  return { ...layout, encoding, delimiter: guessDelimiter(await firstText(text())) }
}

/** The file as a table; close it when done or given up. */
export async function openTable(path: string, layout: Layout): Promise<OpenTable> {
  if (layout.format === 'xlsx') {
    const book = await openWorkbook(path)
    try {
      return { ...(await readWorkbook(book, layout.sheet ?? undefined)), close: () => book.archive.close() }
    } catch (error) {
      book.archive.close()
      throw error
    }
  }
  const bytes = createReadStream(path)
  const text = decodeText(bytes, layout.encoding ?? 'utf-8')
  const close = () => void bytes.destroy()
  try {
    const table =
      layout.format === 'ndjson'
        ? readJsonLines(text, layout.columns ?? [])
        : await readDelimited(text, layout.delimiter ?? ',')
    return { ...table, close }
  } catch (error) {
    close()
    throw error
  }
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

// Some hundred lines; a quoted cell longer than this would be a text nobody imports.
async function firstText(text: AsyncIterable<string>): Promise<string> {
  let start = ''
  for await (const piece of text) {
    start += piece
    if (start.length > 65_536) break
  }
  return start.slice(0, 65_536)
}
