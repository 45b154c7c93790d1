import { expect, test } from 'vitest'
import { makeWorkbook } from '#modules/imports/server/reading/testing/make-workbook.ts'
import { makeZip } from '#modules/imports/server/reading/testing/make-zip.ts'
import { codeOf, readBytes } from '#modules/imports/server/reading/testing/read-bytes.ts'

const text = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`
const header = `<row r="1">${text('A1', 'Name')}${text('B1', 'When')}${text('C1', 'Sum')}</row>`
const cells = async (book: Buffer) => (await readBytes(book)).rows.map((row) => row.cells)

test('every kind of cell is read as it is shown', async () => {
  const strings =
    '<sst><si><t>Ann</t></si><si><r><t xml:space="preserve">Wang </t></r><r><t>Fang</t></r><rPh><t>x</t></rPh></si><si><t>a_x000A_b &lt;&amp;</t></si></sst>'
  const book = makeWorkbook(
    `${header}
    <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>45356</v></c><c r="C2"><v>0.30000000000000004</v></c></row>
    <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="2"><v>45356.604166666664</v></c><c r="C3"><v>1.3800138E10</v></c></row>
    <row r="5"><c r="A5" t="s"><v>2</v></c><c r="C5" s="3"><v>7</v></c></row>
    <row r="6"><c r="A6" t="b"><v>1</v></c><c r="B6" t="e"><v>#N/A</v></c><c r="C6" t="str"><f>A1</f><v>f</v></c></row>
    <row r="7"/><row r="8"><c r="A8"/></row>`,
    { strings },
  )
  const read = await readBytes(book)
  expect(read.columns).toEqual(['Name', 'When', 'Sum'])
  expect(read.rows.map((row) => [row.number, row.cells])).toEqual([
    [2, ['Ann', '2024-03-05', '0.3']],
    [3, ['Wang Fang', '2024-03-05 14:30:00', '13800138000']],
    [5, ['a\nb <&', '', '7']],
    [6, ['true', '', 'f']],
  ])
})

test('dates of 1904 and of the year that Excel believes had a leap day', async () => {
  const dates = (serial: number) =>
    `<row r="1">${text('A1', 'd')}</row><row r="2"><c r="A2" s="1"><v>${serial}</v></c></row>`
  expect(await cells(makeWorkbook(dates(43894), { from1904: true }))).toEqual([['2024-03-05']])
  expect(await cells(makeWorkbook(dates(1)))).toEqual([['1900-01-01']])
  expect(await cells(makeWorkbook(dates(59)))).toEqual([['1900-02-28']])
  expect(await cells(makeWorkbook(dates(61)))).toEqual([['1900-03-01']])
})

test('names in a namespace and cells without a place are read too', async () => {
  const book = makeWorkbook(
    '<x:row><x:c t="str"><x:v>a</x:v></x:c><x:c t="str"><x:v>b</x:v></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row>',
  )
  expect(await readBytes(book)).toMatchObject({
    columns: ['a', 'b'],
    rows: [{ number: 2, cells: ['1', '2'] }],
  })
})

test('a sheet is chosen by name, the first shown one by default', async () => {
  const second = `<row r="1">${text('A1', 'other')}</row>`
  const book = makeWorkbook(header, { sheet2: second })
  const read = await readBytes(book, { sheet: 'Second & last' })
  expect(read.layout.sheets).toEqual(['First', 'Second & last'])
  expect(read.columns).toEqual(['other'])
  expect(await codeOf(readBytes(book, { sheet: 'Third' }))).toBe('import.unknown_sheet')
})

test('bombs are refused by what they declare, and liars by what they unpack', async () => {
  const zeros = Buffer.alloc(48 * 1024 * 1024, 0x20)
  const bomb = makeWorkbook(header, { strings: `<sst>${zeros.toString('latin1')}</sst>` })
  expect(await codeOf(readBytes(bomb))).toBe('import.too_large_unpacked')
  const book = (declared: number) => [
    { name: 'xl/workbook.xml', content: `<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', content: '<R><Relationship Id="r1" Target="s.xml"/></R>' },
    { name: 'xl/s.xml', content: Buffer.alloc(1_000_000, 0x20), declared },
  ]
  expect(await codeOf(readBytes(makeZip(book(4_294_967_000))))).toBe('import.too_large_unpacked')
  expect(await codeOf(readBytes(makeZip(book(1000))))).toBe('import.bad_workbook')
})

test('what is no workbook, or a cut one, is refused with a code', async () => {
  const whole = makeWorkbook(header)
  expect(await codeOf(readBytes(makeZip([{ name: 'readme.txt', content: 'hi' }])))).toBe(
    'import.not_a_workbook',
  )
  for (const share of [0.2, 0.5, 0.9])
    expect(await codeOf(readBytes(whole.subarray(0, Math.floor(whole.length * share))))).toBe(
      'import.bad_workbook',
    )
  expect(await codeOf(readBytes(makeWorkbook('')))).toBe('import.empty')
})
