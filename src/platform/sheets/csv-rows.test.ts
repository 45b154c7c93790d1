import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cell } from '#platform/sheets/cell.ts'
import { csvLine, csvRows } from '#platform/sheets/csv-rows.ts'

async function* one(page: Cell[][]) {
  yield page
}
const fileOf = async (header: string[], rows: Cell[][]) =>
  (await Readable.from(csvRows(header, one(rows))).toArray()).join('')

test('the file begins with a byte order mark and its lines end in CRLF', async () => {
  expect(await fileOf(['id', '城市'], [['u1', '北京']])).toBe('\uFEFFid,城市\r\nu1,北京\r\n')
})

test.each([
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['+8613800138000', "'+8613800138000"],
  ['-2+3', "'-2+3"],
  ['＝1', "'＝1"],
  ['\t=1', "'\t=1"],
  ['-5', '-5'],
  ['-5.25', '-5.25'],
  ['a=b', 'a=b'],
  ['he said "hi", then', '"he said ""hi"", then"'],
  [' padded ', '" padded "'],
])('the text %j stands as %j', (given, written) => {
  expect(csvLine([given])).toBe(`${written}\r\n`)
})

test('numbers, booleans, lists and nothing', () => {
  expect(csvLine([-5, 0.1, true, ['a', 'b'], undefined])).toBe('-5,0.1,true,a; b,\r\n')
})

test('whatever the texts, a reader gets them back, but for the apostrophe before what looks like a formula', async () => {
  const row = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 3, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const text = await fileOf(['a', 'b', 'c'], rows)
      const read = parse(text, { bom: true, record_delimiter: '\r\n' }) as string[][]
      const back = (cell: string) => cell.replace(/^'(?=[=+\-@＝＋－＠\t\r\n])/, '')
      expect(read.slice(1).map((cells) => cells.map(back))).toEqual(
        rows.map((cells) => cells.map((cell) => back(cell))),
      )
      for (const cell of read.flat()) expect(cell).not.toMatch(/^[=+@＝＋－＠\t\r\n]/)
    }),
  )
})
