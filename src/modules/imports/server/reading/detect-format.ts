import { AppError } from '#platform/errors.ts'

export const formats = ['delimited', 'xlsx', 'ndjson'] as const
export type Format = (typeof formats)[number]

/** By the first bytes, never by the name: people rename files. */
export function detectFormat(start: Buffer): Format {
  if (start.length === 0) throw new AppError('import.empty', 'invalid', 'The file is empty.')
  const magic = start.subarray(0, 4).toString('hex')
  if (magic === '504b0304') return 'xlsx'
  if (magic === 'd0cf11e0')
    throw new AppError(
      'import.old_workbook',
      'invalid',
      'This is an old or password-protected Excel file (.xls); save it as .xlsx.',
    )
  const wide = magic.startsWith('fffe') || magic.startsWith('feff')
  if (!wide && looksBinary(start))
    throw new AppError('import.not_a_table', 'invalid', 'This is no CSV, XLSX or JSON lines file.')
  const text = start.toString(magic.startsWith('fffe') ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '')
  if (/^\s*\[\s*\{/.test(text))
    throw new AppError(
      'import.json_array',
      'invalid',
      'This is one JSON list; write one object per line instead.',
    )
  return text.trimStart().startsWith('{') ? 'ndjson' : 'delimited'
}

// One NUL may be a slip in a cell; many are a picture, an archive or a program.
function looksBinary(start: Buffer): boolean {
  let [nul, control] = [0, 0]
  for (const byte of start) {
    if (byte === 0) nul++
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) control++
  }
  return nul > 8 || (nul + control) / start.length > 0.02
}
