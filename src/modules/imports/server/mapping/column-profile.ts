import type { ValueType } from '#modules/imports/contract.ts'
import {
  type DateOrder,
  dayAndMonth,
  isDate,
  isMissing,
  readBoolean,
  readNumber,
} from '#modules/imports/server/mapping/read-value.ts'
import type { Cell } from '#modules/imports/server/reading/table-row.ts'

/** What a whole column looks like; counted cell by cell, of fixed size. */
export type ColumnProfile = {
  filled: number
  numbers: number
  booleans: number
  dates: number
  lists: number
  emails: number
  phones: number
  /** Dates with the year last: the largest of their first and second numbers. */
  first: number
  second: number
  distinct: string[]
}

export const emptyProfile = (): ColumnProfile => ({
  ...{ filled: 0, numbers: 0, booleans: 0, dates: 0, lists: 0, emails: 0, phones: 0, first: 0, second: 0 },
  distinct: [],
})

// Enough to tell a list of choices from free text, and ids from both in a preview of a thousand rows.
const mostDistinct = 1000

const email = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/
const phone =
  /^(?:\+\d[\d\s().-]{6,18}|(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|\(\d{3}\)\s?\d{3}-\d{4})$/

export function addToProfile(
  profile: ColumnProfile,
  seen: Set<string>,
  cell: Cell,
  keepPlaceholders: boolean,
): void {
  if (isMissing(cell, keepPlaceholders)) return
  profile.filled++
  if (Array.isArray(cell)) profile.lists++
  const text = String(cell).trim()
  if (typeof cell === 'number' || readNumber(text) !== undefined) profile.numbers++
  if (typeof cell === 'boolean' || readBoolean(text) !== undefined) profile.booleans++
  if (isDate(text)) profile.dates++
  if (email.test(text)) profile.emails++
  if (phone.test(text)) profile.phones++
  const order = dayAndMonth(text)
  if (order)
    [profile.first, profile.second] = [Math.max(profile.first, order[0]), Math.max(profile.second, order[1])]
  if (seen.size < mostDistinct) seen.add(text.slice(0, 200))
}

/** The type of all values; text as soon as one is something else. */
export function typeOf(profile: ColumnProfile): ValueType | 'list' {
  const { filled } = profile
  if (filled === 0) return 'text'
  if (profile.lists > 0) return 'list'
  if (profile.booleans === filled) return 'boolean'
  // Phone numbers written as digits would lose nothing as numbers, but nobody adds them up.
  if (profile.numbers === filled && !looksLikePhones(profile)) return 'number'
  if (profile.dates === filled && (dateOrderOf(profile) !== undefined || profile.first === 0)) return 'date'
  return 'text'
}

/** Which of day and month comes first, when some value tells. */
export function dateOrderOf({ first, second }: ColumnProfile): DateOrder | undefined {
  if (first > 12 && second <= 12) return 'dmy'
  return second > 12 && first <= 12 ? 'mdy' : undefined
}

// Some rubbish among them is usual; a column of another kind would be nearly all rubbish.
export const looksLikeEmails = ({ emails, filled }: ColumnProfile) => filled > 0 && emails >= filled * 0.8
export const looksLikePhones = ({ phones, filled }: ColumnProfile) => filled > 0 && phones >= filled * 0.8
