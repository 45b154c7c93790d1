import type { Moment } from '#modules/collect/server/find-items.ts'
import { firstSights } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database } from '#platform/pg/database.ts'

type Deps = { ch: ClickHouse; database: Database }
type Row = { unit: number; first: [number, string]; left: [number, string] }

// Messages in a statement.
const atATime = 2000

/** Identifiers that were first seen by an event of `gone` (SQL on `events`): by which one that stays. */
export async function laterSights(
  { ch, database }: Deps,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
  gone: string,
): Promise<Map<number, Moment>> {
  const ws = ctx.workspace.num
  const rows = await ch.query<Row>(
    `SELECT unit, min((toUnixTimestamp64Milli(time), message_id)) AS first,
       minIf((toUnixTimestamp64Milli(time), message_id), NOT (${gone})) AS left
     FROM events WHERE ws = {ws:UInt32} AND unit IN (SELECT unit FROM events WHERE ${gone})
     GROUP BY unit HAVING countIf(NOT (${gone})) > 0 AND left > first`,
    { ws },
  )
  const found = new Map<number, Moment>()
  for (let at = 0; at < rows.length; at += atATime) {
    const some = rows.slice(at, at + atATime)
    const firsts = await database.read(ctx, (tx) =>
      firstSights(
        tx,
        some.map((row) => Number(row.unit)),
      ),
    )
    const messages = await messagesOf(ch, gone, [...new Set(firsts.values())])
    for (const { unit, left } of some)
      if (messages.has(firsts.get(Number(unit)) ?? ''))
        found.set(Number(unit), { time: Number(left[0]), messageId: left[1] })
  }
  return found
}

/** Which of these messages are gone. */
async function messagesOf(ch: ClickHouse, gone: string, asked: readonly string[]): Promise<Set<string>> {
  const rows = await ch.query<{ id: string }>(
    `SELECT DISTINCT message_id AS id FROM events WHERE ${gone} AND message_id IN {asked:Array(String)}`,
    { asked },
  )
  return new Set(rows.map((row) => row.id))
}
