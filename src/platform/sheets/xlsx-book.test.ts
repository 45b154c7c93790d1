import { Readable } from 'node:stream'
import { parseDocument } from 'htmlparser2'
import { expect, test } from 'vitest'
import yauzl from 'yauzl'
import type { Cell } from '#platform/sheets/cell.ts'
import { columnLetters, xlsxBook } from '#platform/sheets/xlsx-book.ts'

async function* inPages(...pages: Cell[][][]) {
  yield* pages
}

/** Entries of an archive, read by somebody else's program, which checks sizes and checksums. */
async function unzip(chunks: Buffer[]): Promise<Map<string, string>> {
  const zip = await yauzl.fromBufferPromise(Buffer.concat(chunks))
  const files = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    const content = await (await zip.openReadStreamPromise(entry)).toArray()
    files.set(entry.fileName, Buffer.concat(content as Buffer[]).toString('utf8'))
  }
  return files
}

const book = async (title: string, header: string[], ...pages: Cell[][][]) =>
  unzip(await Readable.from(xlsxBook(title, header, inPages(...pages))).toArray())

test('columns are lettered as in a spreadsheet', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
})

test('the workbook names its sheet, and values keep their kinds', async () => {
  const files = await book(
    'VIP [北京]/上海',
    ['id', 'n'],
    [['6222021234567890123', 12.5]],
    [
      ['=1+1', 1e15],
      [undefined, true],
      [['a', 'b'], -3],
    ],
  )
  expect([...files.keys()]).toContain('[Content_Types].xml')
  expect(files.get('xl/workbook.xml')).toContain('name="VIP  北京  上海"')
  const sheet = files.get('xl/worksheets/sheet1.xml') as string
  expect(sheet).toContain('<c r="A2" t="inlineStr"><is><t xml:space="preserve">6222021234567890123</t>')
  expect(sheet).toContain('<c r="B2"><v>12.5</v></c>')
  expect(sheet).toContain('<c r="A3" t="inlineStr"><is><t xml:space="preserve">=1+1</t>')
  expect(sheet).toContain('<t xml:space="preserve">1000000000000000</t>')
  expect(sheet).toContain('<row r="4"><c r="B4" t="b"><v>1</v></c></row>')
  expect(sheet).toContain('<t xml:space="preserve">a; b</t></is></c><c r="B5"><v>-3</v></c>')
  expect(sheet).not.toContain('<f>')
})

test('text that is no XML is made some', async () => {
  const nasty = '<b>&amp;"]]>\u0000\u0007\uD800 _x0041_ 你好\r\n'
  const files = await book('t', ['h'], [[nasty]])
  const sheet = files.get('xl/worksheets/sheet1.xml') as string
  expect(sheet).toContain('&lt;b&gt;&amp;amp;&quot;]]&gt;\uFFFD _x005F_x0041_ 你好&#13;\n')
  const [sheets] = parseDocument(sheet, { xmlMode: true }).children.slice(-1)
  expect(sheets).toMatchObject({ name: 'worksheet' })
})

test('an empty list is a sheet with its header', async () => {
  const files = await book('', ['id'])
  expect(files.get('xl/worksheets/sheet1.xml')).toContain('<sheetData><row r="1">')
  expect(files.get('xl/workbook.xml')).toContain('name="Sheet"')
})

test('what does not fit into a sheet goes on in the next', async () => {
  const chunks = await Readable.from(
    xlsxBook('t', ['n'], inPages([[1], [2]], [[3], [4]], [[5]]), 3),
  ).toArray()
  const files = await unzip(chunks)
  const lastCell = (n: number) =>
    /<c r="(A\d+)"><v>(\d)<\/v><\/c><\/row><\/sheetData>/.exec(files.get(`xl/worksheets/sheet${n}.xml`) ?? '')
  expect([1, 2, 3, 4].map((n) => lastCell(n)?.slice(1))).toEqual([
    ['A3', '2'],
    ['A3', '4'],
    ['A2', '5'],
    undefined,
  ])
  expect(files.get('xl/workbook.xml')).toContain('name="t 3"')
})
