type Cell = string | number | null
export type TableCells = { title: string; header: string[]; rows: Cell[][] }

/** What a table on the screen says, as cells of a file: numbers as numbers, the rest as it is read. */
export function tableCells(table: HTMLTableElement, title: string): TableCells {
  const lines = [...table.querySelectorAll('tr')]
  const heads = lines.filter((line) => line.closest('thead'))
  const body = lines.filter((line) => !line.closest('thead'))
  const header = heads
    .map((line) => cellsOf(line).map((cell) => String(cell ?? '')))
    .reduce<string[]>((all, line) => line.map((text, at) => [all[at], text].filter(Boolean).join(' · ')), [])
  const rows = body.map(cellsOf)
  const width = Math.max(1, header.length, ...rows.map((row) => row.length))
  return { title, header: Array.from({ length: width }, (_, at) => header[at] ?? ''), rows }
}

function cellsOf(line: Element): Cell[] {
  return [...line.children].flatMap((cell) => {
    const span = Number(cell.getAttribute('colspan') ?? 1)
    return [cellValue(cell), ...Array<Cell>(span - 1).fill(null)]
  })
}

function cellValue(cell: Element): Cell {
  const exact = cell.getAttribute('data-value')
  return exact === null ? readCell(cell.textContent ?? '') : Number(exact)
}

/** `1,234.5` is a number, `12.3 %` and `2 h 5 min` are what they say, a dash is nothing. */
export function readCell(shown: string): Cell {
  const text = shown.replaceAll(/\s+/g, ' ').trim()
  if (text === '' || text === '–') return null
  const number = text.replace('−', '-')
  return /^-?\d{1,3}(,\d{3})*(\.\d+)?$|^-?\d+(\.\d+)?$/.test(number)
    ? Number(number.replaceAll(',', ''))
    : text
}
