import { type RawBuilder, sql } from 'kysely'

/** A page of rows in the order (ms, key), the key by its bytes; `limit` of them, nearest to `from` first. */
export type KeysetQuestion = {
  from: readonly [ms: number, key: string] | undefined
  /** Whether the place itself belongs to the page. */
  inclusive: boolean
  direction: 'older' | 'newer'
  /** ms, both included */
  since: number | undefined
  until: number | undefined
  limit: number
}

/** Whole milliseconds of a timestamp, as JavaScript has them. */
export const msOf = (at: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`floor(extract(epoch from ${at}) * 1000)::bigint`

/** Wraps a select that has columns `ms` and `key` into one page of it. */
export function keysetPage<T>(rows: RawBuilder<unknown>, question: KeysetQuestion): RawBuilder<T> {
  const { from, inclusive, direction, since, until, limit } = question
  const key = sql`k.key collate "C"`
  const beyond = sql.raw(`${direction === 'older' ? '<' : '>'}${inclusive ? '=' : ''}`)
  const down = sql.raw(direction === 'older' ? 'desc' : 'asc')
  return sql<T>`
    select * from (${rows}) k
    where ${from ? sql`(k.ms, ${key}) ${beyond} (${from[0]}::bigint, ${from[1]}::text collate "C")` : sql`true`}
      and ${since === undefined ? sql`true` : sql`k.ms >= ${since}::bigint`}
      and ${until === undefined ? sql`true` : sql`k.ms <= ${until}::bigint`}
    order by k.ms ${down}, ${key} ${down} limit ${limit}`
}
