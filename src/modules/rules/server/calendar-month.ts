import { DateTime } from 'luxon'
import type { Scalar } from '../contract.ts'
import type { Canonical } from './canonical.ts'
import type { RuleEnv } from './leaf.ts'
import type { ValueColumns } from './sql-value.ts'

/** Texts that begin with a day (1990-05-17, with or without a time) have a month; RE2 reads this as JavaScript does. */
export const dayPattern = '^[0-9]{4}-[0-9]{2}-[0-9]{2}'
const day = new RegExp(dayPattern)

/** The month of the calendar at `now` as two digits, and when the next one begins. */
export function monthAt({ now, timezone }: Pick<RuleEnv, 'now' | 'timezone'>): {
  month: string
  ends: number
} {
  const start = DateTime.fromMillis(now, { zone: timezone }).startOf('month')
  return { month: start.toFormat('MM'), ends: start.plus({ months: 1 }).toMillis() }
}

/** The months a value says, whatever the year; a list says those of its elements. */
export function monthsOf(value: Canonical | undefined): string[] {
  const items: readonly Scalar[] = value === undefined ? [] : Array.isArray(value) ? value : [value]
  return items.flatMap((item) => (typeof item === 'string' && day.test(item) ? [item.slice(5, 7)] : []))
}

/** The same as Array(String). */
export const monthsSql = ({ text, texts }: ValueColumns): string =>
  `arrayMap(x -> substring(assumeNotNull(x), 6, 2), arrayFilter(x -> ifNull(match(x, '${dayPattern}'), 0), arrayConcat([${text}], ${texts})))`
