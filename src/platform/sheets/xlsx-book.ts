import { type Cell, cellText } from '#platform/sheets/cell.ts'
import { type ZipEntry, zipStream } from '#platform/sheets/zip-stream.ts'

// What Excel opens: rows of a sheet, characters of a cell.
const mostRows = 1_048_576
const longestCell = 32_767
// Above this a number loses digits in a spreadsheet (15 significant ones).
const largestNumber = 1e15

/** An XLSX workbook (ECMA-376) as it is made; what does not fit into one sheet goes on in the next. */
export function xlsxBook(
  title: string,
  header: readonly string[],
  pages: AsyncIterable<readonly Cell[][]>,
  rowsPerSheet = mostRows,
): AsyncGenerator<Buffer> {
  return zipStream(partsOf(title, header, pages, rowsPerSheet))
}

async function* partsOf(
  title: string,
  header: readonly string[],
  pages: AsyncIterable<readonly Cell[][]>,
  rowsPerSheet: number,
): AsyncGenerator<ZipEntry> {
  const letters = header.map((_, at) => columnLetters(at))
  const source = rowSource(pages)
  let sheets = 0
  do {
    sheets++
    yield {
      name: `xl/worksheets/sheet${sheets}.xml`,
      content: sheet(letters, header, source.take(rowsPerSheet - 1)),
    }
  } while (await source.hasMore())
  for (const [name, text] of Object.entries(frame(title, sheets))) yield { name, content: only(text) }
}

type RowSource = { take(most: number): AsyncGenerator<readonly Cell[][]>; hasMore(): Promise<boolean> }

/** Rows that can be taken from where the sheet before left off. */
function rowSource(pages: AsyncIterable<readonly Cell[][]>): RowSource {
  const iterator = pages[Symbol.asyncIterator]()
  let held: readonly Cell[][] = []
  const hasMore = async () => {
    while (held.length === 0) {
      const { value, done } = await iterator.next()
      if (done) return false
      held = value
    }
    return true
  }
  return {
    hasMore,
    take: async function* (most) {
      for (let left = most; left > 0 && (await hasMore()); ) {
        const page = held.slice(0, left)
        held = held.slice(page.length)
        left -= page.length
        yield page
      }
    },
  }
}

async function* sheet(letters: string[], header: readonly string[], pages: AsyncIterable<readonly Cell[][]>) {
  yield `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`
  yield `<row r="1">${header.map((text, at) => inlineText(`${letters[at]}1`, text, ' s="1"')).join('')}</row>`
  let row = 1
  for await (const page of pages) {
    let text = ''
    for (const cells of page) {
      row++
      text += `<row r="${row}">${cells.map((one, at) => cell(`${letters[at]}${row}`, one)).join('')}</row>`
    }
    yield text
  }
  yield '</sheetData></worksheet>'
}

function cell(place: string, value: Cell): string {
  if (typeof value === 'number' && Math.abs(value) < largestNumber)
    return `<c r="${place}"><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`
  const text = cellText(value)
  return text === '' ? '' : inlineText(place, text, '')
}

/** Text stands as text: no formula can come of it, and long numbers keep their digits. */
const inlineText = (place: string, text: string, style: string): string =>
  `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML 1.0 has no control characters and no lone surrogates; `_x0041_` would be read as an escape. */
function escaped(text: string): string {
  return (
    text
      .slice(0, longestCell)
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replace(/[&<>"]/g, (sign) => entities[sign] as string)
      .replaceAll('\r', '&#13;')
  )
}

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

async function* only(text: string): AsyncGenerator<string> {
  yield text
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const office = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Everything around the sheets. A sheet's name has 31 characters at most, some of which are not allowed. */
function frame(title: string, sheets: number): Record<string, string> {
  const numbers = Array.from({ length: sheets }, (_, at) => at + 1)
  const base = escaped(title.replace(/[[\]:*?/\\']/g, ' ').slice(0, 26)).trim() || 'Sheet'
  const name = (n: number) => (n === 1 ? base : `${base} ${n}`)
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${relations}/${kind}" Target="${target}"/>`
  const list = (inner: string) =>
    `${xml}<Relationships xmlns="${packages}/relationships">${inner}</Relationships>`
  return {
    'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${numbers
      .map((n) => `<sheet name="${name(n)}" sheetId="${n}" r:id="rId${n}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': list(
      numbers.map((n) => relation(`rId${n}`, 'worksheet', `worksheets/sheet${n}.xml`)).join('') +
        relation(`rId${sheets + 1}`, 'styles', 'styles.xml'),
    ),
    'xl/styles.xml': `${xml}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    '_rels/.rels': list(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    '[Content_Types].xml': `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${office}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${office}.styles+xml"/>${numbers
      .map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${office}.worksheet+xml"/>`)
      .join('')}</Types>`,
  }
}
