import { sql } from 'kysely'
import type { Counted } from '#modules/profiles/server/masking/guess.ts'
import type { Tx } from '#platform/pg/database.ts'

/** An actor's hour. */
export type GuessHour = { actor: string; hour: Date }

// A statement with more values than this takes longer than two.
const rowsAtOnce = 5000

/** What was asked so far; holds the hour's row, so that of two requests one waits and both are counted. */
export async function holdHour(
  tx: Tx,
  { actor, hour }: GuessHour,
): Promise<{ guesses: number; uploads: number }> {
  const row = await tx.row<{ guesses: number; uploads: number; fresh: boolean }>(sql`
    insert into profiles.guess_hour as h (workspace_id, actor, hour) values (${tx.workspace}, ${actor}, ${hour})
    on conflict (workspace_id, actor, hour) do update set guesses = h.guesses
    returning guesses, uploads, xmax = 0 as fresh`)
  // Older hours tell nothing any more, whoever's they are.
  if (row?.fresh)
    for (const table of [sql`profiles.guess`, sql`profiles.guess_look`, sql`profiles.guess_hour`])
      await tx.run(sql`delete from ${table} where workspace_id = ${tx.workspace} and hour < ${hour}`)
  return { guesses: row?.guesses ?? 0, uploads: row?.uploads ?? 0 }
}

/** Those that were not asked for in this hour yet. */
export async function notedFirst(
  tx: Tx,
  { actor, hour }: GuessHour,
  counted: readonly Counted[],
): Promise<Counted[]> {
  const rows = await tx.rows<{ value: string }>(sql`
    insert into profiles.guess (workspace_id, actor, hour, value)
    select ${tx.workspace}::int, ${actor}::text, ${hour}::timestamptz, v
    from unnest(${counted.map((one) => one.value)}::bigint[]) as v
    on conflict do nothing returning value::text`)
  const fresh = new Set(rows.map((row) => row.value))
  return counted.filter((one) => fresh.has(one.value))
}

export const addToHour = (
  tx: Tx,
  { actor, hour }: GuessHour,
  more: { guesses: number; uploads: number },
): Promise<number> =>
  tx.run(sql`
    update profiles.guess_hour set guesses = guesses + ${more.guesses}, uploads = uploads + ${more.uploads}
    where workspace_id = ${tx.workspace} and actor = ${actor} and hour = ${hour}`)

/** Counts the looks of these; answers the least limit that is passed, undefined when none is. */
export async function addLooks(
  tx: Tx,
  { actor, hour }: GuessHour,
  counted: readonly Counted[],
): Promise<number | undefined> {
  const looks = [...Map.groupBy(counted, (one) => one.look)].map(([look, all]) => ({
    look,
    count: all.length,
    most: all[0]?.most ?? 0,
  }))
  const passed: number[] = []
  for (let at = 0; at < looks.length; at += rowsAtOnce) {
    const some = looks.slice(at, at + rowsAtOnce)
    const rows = await tx.rows<{ look: string; asked: number }>(sql`
      insert into profiles.guess_look as l (workspace_id, actor, hour, look, asked)
      select ${tx.workspace}::int, ${actor}::text, ${hour}::timestamptz, r.look, r.asked
      from unnest(${some.map((one) => one.look)}::bigint[], ${some.map((one) => one.count)}::int[]) as r (look, asked)
      on conflict (workspace_id, actor, hour, look) do update set asked = l.asked + excluded.asked
      returning look::text, asked`)
    const most = new Map(some.map((one) => [one.look, one.most]))
    for (const { look, asked } of rows) {
      const limit = most.get(look) ?? 0
      if (asked > limit) passed.push(limit)
    }
  }
  return passed.length === 0 ? undefined : Math.min(...passed)
}

/** Notes that it was too much; true the first time in the hour. */
export async function noteRefused(tx: Tx, { actor, hour }: GuessHour): Promise<boolean> {
  const row = await tx.row<{ refused: boolean }>(sql`
    insert into profiles.guess_hour as h (workspace_id, actor, hour, refused)
    values (${tx.workspace}, ${actor}, ${hour}, true)
    on conflict (workspace_id, actor, hour) do update set refused = true where not h.refused
    returning refused`)
  return row !== undefined
}
