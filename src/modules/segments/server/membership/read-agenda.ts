import type { Agenda } from '#modules/segments/server/membership/agenda.ts'
import type { ClickHouse } from '#platform/ch/client.ts'

// More people of one segment in one second: the whole segment is evaluated instead.
const mostNamed = 20_000
const mostSeconds = 1000

type Row = { ws: number; segment: number; second: number; persons: number[] }

/**
 * Fills the agenda up to `until`, or less when very much is due before. Superseded rows may be among them: looking at
 * somebody once too often changes nothing. Segments without windows have no rows here and cost nothing.
 */
export async function readAgenda(
  ch: ClickHouse,
  agenda: Agenda,
  after: number,
  until: number,
): Promise<void> {
  const rows = await ch.query<Row>(
    `SELECT ws, segment, intDiv(recheck_at, 1000) AS second, groupUniqArray(${mostNamed + 1})(person) AS persons
     FROM segment_member WHERE recheck_at > {after:Int64} AND recheck_at < {until:Int64}
     GROUP BY ws, segment, second ORDER BY second LIMIT ${mostSeconds + 1}`,
    { after, until },
  )
  const isCut = rows.length > mostSeconds
  // Of the last second there may be more segments than fit.
  const end = isCut ? lastSecondOf(rows) * 1000 : until
  agenda.reset(end)
  for (const { ws, segment, second, persons } of rows)
    agenda.add(ws, segment, persons.length > mostNamed ? 'everybody' : persons, second * 1000)
}

// At least one second is kept, whatever it holds.
function lastSecondOf(rows: readonly Row[]): number {
  const first = rows[0]?.second ?? 0
  return Math.max(first + 1, rows.at(-1)?.second ?? 0)
}
