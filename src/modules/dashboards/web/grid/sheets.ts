import type { Place } from './layout.ts'

/** Units of the grid on a sheet of A4 laid across, below nothing and below the board's head. */
const whole = 24
const headOf = (description: string) => 3 + Math.floor(description.length / 90)

/**
 * A board in sheets of paper: a sheet ends between rows, so that no tile is cut; tiles that begin at the same height stay
 * together. On each sheet they stand from its top. A tile higher than a sheet stands alone and runs over.
 */
export function sheetsOf<T extends Place>(tiles: readonly T[], description: string): T[][] {
  const rows = Map.groupBy(
    [...tiles].sort((a, b) => a.y - b.y || a.x - b.x),
    ({ y }) => y,
  )
  const sheets: T[][] = []
  let sheet: T[] = []
  let top = 0
  for (const [y, row] of rows) {
    const room = sheets.length === 0 ? whole - headOf(description) : whole
    const end = Math.max(...row.map((tile) => tile.y + tile.h))
    if (sheet.length > 0 && end - top > room) {
      sheets.push(sheet)
      sheet = []
      top = y
    }
    sheet.push(...row.map((tile) => ({ ...tile, y: tile.y - top })))
  }
  return sheet.length > 0 ? [...sheets, sheet] : sheets
}
