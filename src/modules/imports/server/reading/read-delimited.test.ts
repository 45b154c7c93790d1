import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { delimiters } from '#modules/imports/server/reading/guess-delimiter.ts'
import { codeOf, readBytes } from '#modules/imports/server/reading/testing/read-bytes.ts'

const cells = async (bytes: Buffer | string) => (await readBytes(bytes)).rows.map((row) => row.cells)

/** As spreadsheets write CSV: quoted where it must be. */
const write = (rows: readonly (readonly string[])[], delimiter: string, quoteAll: boolean) =>
  rows
    .map((row) =>
      row
        .map((cell) =>
          quoteAll ||
          /["\r\n]/.test(cell) ||
          cell.includes(delimiter) ||
          cell === '' ||
          cell.startsWith('\uFEFF')
            ? `"${cell.replaceAll('"', '""')}"`
            : cell,
        )
        .join(delimiter),
    )
    .join('\r\n')

// Any text but NUL, which is a fault of its own, and half characters, which no encoding can write.
const anyCell = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', ' ', '"', '""', 'a\nb', '\r\n', ',', ';', '\t', '|', '中文,字段', '"a","b"'),
  )
  .map((text) => text.replaceAll('\u0000', ''))
const table = fc
  .integer({ min: 2, max: 6 })
  .chain((width) =>
    fc.array(fc.array(anyCell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
  )

test('what a spreadsheet writes is read as it was, with every delimiter and encoding', async () => {
  const encode = {
    'utf-8': (text: string) => Buffer.from(text),
    'utf-8 with mark': (text: string) => Buffer.from(`\uFEFF${text}`),
    'utf-16le': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'utf-16be': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  }
  const names = fc.constantFrom(...(Object.keys(encode) as (keyof typeof encode)[]))
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(...delimiters),
      names,
      fc.boolean(),
      async (rows, delimiter, name, all) => {
        const header = rows[0]!.map((_, at) => `c${at}`)
        const bytes = encode[name](write([header, ...rows], delimiter, all))
        const read = await readBytes(bytes, { delimiter })
        // A line whose first cell alone is filled and happens to divide evenly is a line quoted as a whole.
        fc.pre(!read.rows.some((row) => row.repaired))
        expect(read.columns).toEqual(header)
        expect(read.rows.map((row) => row.cells)).toEqual(rows)
        expect(read.rows.map((row) => row.number)).toEqual(rows.map((_, at) => at + 2))
      },
    ),
    { numRuns: 150 },
  )
})

test.each(delimiters)(
  'the delimiter %j is found by itself, also beside others inside cells',
  async (delimiter) => {
    const rows = [
      ['name', 'note', 'city'],
      ['Ann', 'a;b,c\td|e', 'Paris'],
      ['王芳', 'x,y', '北京'],
    ]
    const read = await readBytes(write(rows, delimiter, false))
    expect(read.layout.delimiter).toBe(delimiter)
    expect([read.columns, ...read.rows.map((row) => row.cells)]).toEqual(rows)
  },
)

test('GB18030 is recognised, also when the first Chinese character comes late', async () => {
  const head = `name,city\n${'plain,ascii\n'.repeat(10_000)}`
  const chinese = Buffer.concat([
    Buffer.from(head),
    Buffer.from([0xcd, 0xf5, 0xb7, 0xbc]),
    Buffer.from(',x\n'),
  ]) // 王芳
  const read = await readBytes(chinese)
  expect(read.layout.encoding).toBe('gb18030')
  expect(read.rows.at(-1)?.cells).toEqual(['王芳', 'x'])
})

test('one damaged byte in a UTF-8 file costs one character, not the encoding', async () => {
  const good = '姓名,城市\n'.repeat(200)
  const read = await readBytes(
    Buffer.concat([Buffer.from(good), Buffer.from([0xe7, 0x8e]), Buffer.from(',x\n')]),
  )
  expect(read.layout.encoding).toBe('utf-8-damaged')
  expect(read.rows[0]?.cells).toEqual(['姓名', '城市'])
  expect(read.rows.at(-1)?.cells[1]).toBe('x')
})

test('lines quoted as a whole are taken apart and marked, others with a delimiter in them are not', async () => {
  const read = await readBytes('a,b,c\r\n"1,""x, y"",3"\r\n"1,2,3,4",,\r\n"only, text",,\r\n1,2,3\r\n')
  expect(read.rows).toEqual([
    { number: 2, cells: ['1', 'x, y', '3'], repaired: true },
    { number: 3, cells: ['1,2,3,4', '', ''] },
    { number: 4, cells: ['only, text', '', ''] },
    { number: 5, cells: ['1', '2', '3'] },
  ])
})

test('rows of another width: missing cells are blank, filled surplus cells are a fault', async () => {
  const read = await readBytes('a,b,c\n1\n1,2,3,,\n1,2,3,4\n')
  expect(read.rows.map((row) => [row.cells, row.fault?.code])).toEqual([
    [['1', '', ''], undefined],
    [['1', '2', '3'], undefined],
    [['1', '2', '3'], 'too_many_cells'],
  ])
})

test('empty lines are no rows, but count as a spreadsheet counts them', async () => {
  const read = await readBytes('\n\na,b\n\n1,2\n\n\n3,4\n\n')
  expect(read.rows.map((row) => [row.number, row.cells])).toEqual([
    [3, ['1', '2']],
    [6, ['3', '4']],
  ])
})

test('headers: blank ones are named by place, repeated ones counted, and both are said', async () => {
  const read = await readBytes('name,,name, Name ,\n1,2,3,4\n')
  expect(read.columns).toEqual(['name', 'Column 2', 'name (2)', 'Name'])
  expect(read.warnings.map((one) => one.code)).toEqual(['blank_header', 'repeated_header'])
})

test('a NUL or an endless cell is the fault of its row', async () => {
  const read = await readBytes(`a,b\n1,x\u0000y\n2,${'z'.repeat(1_000_001)}\n3,fine\n`)
  expect(read.rows.map((row) => row.fault?.code)).toEqual(['nul_character', 'cell_too_long', undefined])
})

test('stray quotes are text', async () => {
  expect(await cells('a,b\n5" pipe,x\n"say ""hi""",y\n')).toEqual([
    ['5" pipe', 'x'],
    ['say "hi"', 'y'],
  ])
})

test('files that are no table are refused with a code', async () => {
  expect(await codeOf(readBytes(''))).toBe('import.empty')
  expect(await codeOf(readBytes('\n\n\n'))).toBe('import.empty')
  expect(await codeOf(readBytes(',,,\n1,2,3,4'))).toBe('import.no_header')
  expect(await codeOf(readBytes(Array.from({ length: 501 }, (_, at) => `c${at}`).join(',')))).toBe(
    'import.too_many_columns',
  )
  expect(await codeOf(readBytes('a,b\n1,2\n3,"never closed\n4,5\n'))).toBe('import.open_quote')
  expect(
    await codeOf(readBytes(Buffer.from('89504e470d0a1a0a0000000d49484452000000000000000000', 'hex'))),
  ).toBe('import.not_a_table')
  expect(await codeOf(readBytes(Buffer.from('d0cf11e0a1b11ae1', 'hex')))).toBe('import.old_workbook')
})

const leads = process.env.HEADWATER_LEADS_CSV ?? ''
test.skipIf(!existsSync(leads))(
  'the leads of a real company: 9,240 rows, 338 of them quoted as one line',
  async () => {
    const read = await readBytes(readFileSync(leads))
    expect(read.columns).toHaveLength(37)
    expect(read.rows).toHaveLength(9240)
    expect(read.rows.filter((row) => row.repaired)).toHaveLength(338)
    expect(read.rows.filter((row) => row.fault)).toEqual([])
    expect(new Set(read.rows.map((row) => row.cells[0])).size).toBe(9240)
  },
)
