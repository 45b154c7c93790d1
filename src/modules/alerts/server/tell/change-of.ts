import type { AlertRow } from '#modules/alerts/server/alert-store.ts'
import type { Walked } from '#modules/alerts/server/watch/walk.ts'
import type { AlertChange } from '#slots/alert-listener.ts'

export type Told = Walked & { tell: NonNullable<Walked['tell']> }
/** What is told, as it was when it was found: every way of telling says the same, and says it again the same. */
export type Change = Omit<AlertChange, 'type' | 'only'> & { tell: Told['tell'] }

/** The key has the version, because a condition that was changed may fire for a bucket that fired before. */
export const changeOf = (row: AlertRow, one: Told, at: number): Change => ({
  tell: one.tell,
  key: `${row.id}.${row.version}:${one.t}:${one.tell}`,
  alert: { id: row.id, name: row.name },
  ...{ bucket: one.t, interval: row.interval, unit: row.unit, value: one.value, at },
  expected: { low: one.low, high: one.high },
  href: hrefOf(row.id),
})

export const hrefOf = (id: string): string => `/alerts?open=${encodeURIComponent(id)}`
