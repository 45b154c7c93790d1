import { DateTime } from 'luxon'
import { peopleFilter, whereOf } from '#modules/profiles/server/people-filter.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Row = { day: string; count: number }

/** How many of the people the caller may see were first seen on each of the last days, today included. */
export async function newPeoplePerDay(deps: ProfileDeps, ctx: WorkspaceCtx, days: number) {
  const zone = ctx.workspace.timezone
  const today = DateTime.fromMillis(ctx.now, { zone }).startOf('day')
  const first = today.minus({ days: days - 1 })
  const filter = await peopleFilter(deps, ctx, {})
  const rows = await deps.ch.query<Row>(
    `SELECT toString(toDate(first_seen, {zone:String})) AS day, count() AS count FROM people FINAL
     WHERE ${whereOf(filter)} AND first_seen >= fromUnixTimestamp64Milli(toInt64({from:UInt32}) * 1000, 'UTC')
     GROUP BY day`,
    { ...filter.params, zone, from: Math.floor(first.toMillis() / 1000) },
    { signal: ctx.signal },
  )
  const counts = new Map(rows.map((row) => [row.day, row.count]))
  // A day on which nobody came is a zero: left out, a chart would draw a line over it.
  const items = Array.from({ length: days }, (_, at) => {
    const day = first.plus({ days: at }).toFormat('yyyy-MM-dd')
    return { day, count: counts.get(day) ?? 0 }
  })
  return { items }
}
