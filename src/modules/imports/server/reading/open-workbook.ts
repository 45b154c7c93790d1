import { isDateFormat } from '#modules/imports/server/reading/cell-dates.ts'
import { type Archive, damaged, openArchive } from '#modules/imports/server/reading/open-archive.ts'
import { readXmlWhole } from '#modules/imports/server/reading/read-xml.ts'
import { AppError } from '#platform/errors.ts'

export type Sheet = { name: string; path: string; hidden: boolean }
export type Workbook = {
  archive: Archive
  sheets: Sheet[]
  from1904: boolean
  /** By number of a cell's style: whether it shows dates. */
  dateStyles: boolean[]
  strings: string[]
}

const small = 32 * 1024 * 1024
// Held in memory as long as the sheet is read.
const mostStringBytes = 512 * 1024 * 1024

/** What must be known of a workbook before a sheet can be read. Close its archive when done. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const archive = await openArchive(path)
  try {
    if (!archive.has('xl/workbook.xml'))
      throw new AppError('import.not_a_workbook', 'invalid', 'This archive is not an Excel workbook (.xlsx).')
    const { sheets, from1904 } = await readSheets(archive)
    return {
      archive,
      sheets,
      from1904,
      dateStyles: await readStyles(archive),
      strings: await readStrings(archive),
    }
  } catch (error) {
    archive.close()
    throw error
  }
}

async function readSheets(archive: Archive) {
  const targets = new Map<string, string>()
  await readXmlWhole(await archive.read('xl/_rels/workbook.xml.rels', small), {
    open: (name, { Id, Target }) => {
      if (name === 'Relationship' && Id && Target) targets.set(Id, pathOf(Target))
    },
  })
  const sheets: Sheet[] = []
  let from1904 = false
  await readXmlWhole(await archive.read('xl/workbook.xml', small), {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
      if (tag !== 'sheet') return
      const path = targets.get(relationOf(attributes))
      const hidden = (attributes.state ?? 'visible') !== 'visible'
      if (path && archive.has(path)) sheets.push({ name: attributes.name ?? path, path, hidden })
    },
  })
  if (sheets.length === 0) throw damaged(new Error('no sheets'))
  return { sheets, from1904 }
}

const pathOf = (target: string) =>
  target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`

/** `r:id` under whatever prefix the writer chose. */
const relationOf = (attributes: Record<string, string>) =>
  Object.entries(attributes).find(([name]) => /(^|:)id$/.test(name))?.[1] ?? ''

async function readStyles(archive: Archive): Promise<boolean[]> {
  if (!archive.has('xl/styles.xml')) return []
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inCells = false
  await readXmlWhole(await archive.read('xl/styles.xml', small), {
    open: (tag, attributes) => {
      if (tag === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (tag === 'cellXfs') inCells = true
      if (tag === 'xf' && inCells) formats.push(Number(attributes.numFmtId ?? 0))
    },
    close: (tag) => {
      if (tag === 'cellXfs') inCells = false
    },
  })
  return formats.map((id) => isDateFormat(id, codes.get(id)))
}

async function readStrings(archive: Archive): Promise<string[]> {
  if (!archive.has('xl/sharedStrings.xml')) return []
  const strings: string[] = []
  const collector = collectText((text) => strings.push(text), 'si')
  await readXmlWhole(await archive.read('xl/sharedStrings.xml', mostStringBytes), collector)
  return strings
}

/** The text of every `container`, its runs joined; the reading aids of Japanese (rPh) are no text. */
export function collectText(done: (text: string) => void, container: string) {
  let [text, wanted, aid] = ['', false, false]
  return {
    open: (tag: string) => {
      if (tag === container) text = ''
      if (tag === 'rPh') aid = true
      if (tag === 't') wanted = !aid
    },
    text: (piece: string) => {
      if (wanted) text += piece
    },
    close: (tag: string) => {
      if (tag === 't') wanted = false
      if (tag === 'rPh') aid = false
      if (tag === container) done(unescapeText(text))
    },
  }
}

/** Excel writes control characters as `_x000D_`. */
const unescapeText = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text
