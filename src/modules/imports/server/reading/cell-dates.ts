const dayMs = 86_400_000
// Day 0 of serial numbers after 29 February 1900, which Excel believes in; one day more before it.
const base1900 = Date.UTC(1899, 11, 30)
const base1904 = Date.UTC(1904, 0, 1)

/** A serial number of a workbook as text: `2024-03-05`, `2024-03-05 14:30:00`, or a time of day alone. */
export function dateText(serial: number, from1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465) return undefined
  const days = !from1904 && serial > 0 && serial < 60 ? serial + 1 : serial
  const time = new Date(
    (from1904 ? base1904 : base1900) + Math.round((days * dayMs) / 1000) * 1000,
  ).toISOString()
  const clock = time.slice(11, 19)
  if (serial < 1 && !from1904) return clock
  return Number.isInteger(serial) ? time.slice(0, 10) : `${time.slice(0, 10)} ${clock}`
}

/** Whether a number format shows a date: built-in ones by number, others by their letters. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined)
    return (
      (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
    )
  const letters = code
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/_./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0] as string
  return /[ymdhs]/i.test(letters) && !/general/i.test(letters)
}
