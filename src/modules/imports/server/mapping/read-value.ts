import { DateTime } from 'luxon'
import type { Cell } from '#modules/imports/server/reading/table-row.ts'

export type DateOrder = 'dmy' | 'mdy'
export type Moment = { time: number; text: string }

const placeholders = new Set(['select', 'null', '(null)', 'n/a', '#n/a', 'nan', '-', '--', '—'])

/** Blank, or one of the words that stand for no value (`Select` is what a form shows before anybody chose). */
export function isMissing(cell: Cell | undefined, keepPlaceholders: boolean): boolean {
  if (cell === null || cell === undefined) return true
  if (typeof cell !== 'string') return Array.isArray(cell) && cell.length === 0
  const text = cell.trim()
  return text === '' || (!keepPlaceholders && text.length <= 6 && placeholders.has(text.toLowerCase()))
}

// No leading zeros (codes) and no more than 15 digits (ids): as numbers both would become something else.
const number =
  /^([+-])?[¥￥$€£]?((?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?)$/

export function readNumber(text: string): number | undefined {
  const found = number.exec(text.trim())
  const value = found ? Number(`${found[1] ?? ''}${found[2]?.replaceAll(',', '')}`) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

/** Only the words of programs: `Yes` and `是` are what somebody wrote, and stay so. */
export function readBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

const clock = String.raw`(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp][Mm])?\s*(Z|z|[+-]\d{2}:?\d{2})?)?`
const yearFirst = new RegExp(String.raw`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?${clock}$`)
const yearLast = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${clock}$`)

/** Day and month of a date with the year last, to find out which is which. */
export function dayAndMonth(text: string): [number, number] | undefined {
  const found = yearLast.exec(text.trim())
  return found ? [Number(found[1]), Number(found[2])] : undefined
}

export const isDate = (text: string): boolean => yearFirst.test(text.trim()) || yearLast.test(text.trim())

/** A date or time in the workspace's zone, unless it names its own. A day alone stays one; a time becomes UTC. */
export function readMoment(text: string, zone: string, order: DateOrder | undefined): Moment | undefined {
  const parts = partsOf(text.trim(), order)
  if (!parts) return undefined
  const { year, month, day, hour, minute, second, ms, offset } = parts
  const at = DateTime.fromObject(
    { year, month, day, hour, minute, second, millisecond: ms },
    { zone: offset ?? zone },
  )
  if (!at.isValid) return undefined
  return { time: at.toMillis(), text: parts.timed ? at.toJSDate().toISOString() : at.toFormat('yyyy-MM-dd') }
}

function partsOf(text: string, order: DateOrder | undefined) {
  const iso = yearFirst.exec(text)
  const found = iso ?? yearLast.exec(text)
  if (!found || (!iso && order === undefined)) return undefined
  const [a, b, c] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const [year, month, day] = iso ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b]
  const [, , , , hours, minutes, seconds, fraction, half, zone] = found
  const hour = Number(hours ?? 0)
  return {
    ...{ year, month, day, timed: hours !== undefined },
    hour: half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0),
    minute: Number(minutes ?? 0),
    second: Number(seconds ?? 0),
    ms: fraction === undefined ? 0 : Math.trunc(Number(`0.${fraction}`) * 1000),
    offset:
      zone === undefined
        ? undefined
        : `UTC${/z/i.test(zone) ? '' : zone.replace(/(\d{2}):?(\d{2})$/, '$1:$2')}`,
  }
}

/** A moment of a time column: also seconds and milliseconds since 1970, and 20240305. */
export function readTime(cell: Cell, zone: string, order: DateOrder | undefined): number | undefined {
  const text = String(cell).trim()
  if (/^(19|20)\d{6}$/.test(text))
    return readMoment(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`, zone, order)?.time
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return Math.trunc(Number(text) * 1000)
  if (/^\d{12,13}$/.test(text)) return Number(text)
  return readMoment(text, zone, order)?.time
}
