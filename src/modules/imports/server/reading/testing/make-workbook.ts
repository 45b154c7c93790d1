import { type Member, makeZip } from './make-zip.ts'

const rels = `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`
const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`

export type BookOptions = { sheet2?: string; strings?: string; from1904?: boolean; more?: Member[] }

/** A workbook of one sheet whose XML the test writes; styles 1 and 2 show dates, 3 a number of days. */
export const makeWorkbook = (sheetData: string, options: BookOptions = {}): Buffer =>
  makeZip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns:r="x"><workbookPr${options.from1904 ? ' date1904="1"' : ''}/><sheets><sheet name="First" sheetId="1" r:id="rId1"/>${
        options.sheet2 ? '<sheet name="Second &amp; last" sheetId="2" r:id="rId2"/>' : ''
      }</sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', content: rels },
    { name: 'xl/styles.xml', content: styles },
    ...(options.strings ? [{ name: 'xl/sharedStrings.xml', content: options.strings }] : []),
    { name: 'xl/worksheets/sheet1.xml', content: sheet(sheetData) },
    ...(options.sheet2 ? [{ name: 'xl/worksheets/sheet2.xml', content: sheet(options.sheet2) }] : []),
    ...(options.more ?? []),
  ])

const sheet = (data: string) => `<?xml version="1.0"?><worksheet><sheetData>${data}</sheetData></worksheet>`
