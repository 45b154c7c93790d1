import { otherItem, type PathQuestion } from '#modules/analytics/contract/path.ts'
import { innerQuery, mostTied, type Order } from '#modules/analytics/server/path/inner-query.ts'
import { exitCode, otherCode } from '#modules/analytics/server/path/items-sql.ts'
import { isShown } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

/**
 * What is drawn from a node at place `n` to one at the next, exits and others by their names; `kept`: one move by itself.
 * `paths` and `gathered` are of the whole answer.
 */
export type Drawn = {
  n: number
  source: string
  target: string
  value: number
  ms: number
  kept: boolean
  paths: number
  gathered: number
}

/**
 * Moves of all paths, the most frequent by themselves and the rest through the others, so that of every node shown as
 * many come in as go out: a move that is cut between two shown nodes leaves the one to the others and comes to the
 * other from the others. Nodes are shown that have a move that is, and where more end than make the rarest of these.
 */
export async function cutMoves(inquiry: Inquiry, question: PathQuestion): Promise<Drawn[]> {
  const first = await askMoves(inquiry, question, 'unknown')
  const tied = first.find(({ n }) => n === 0)?.unordered ?? []
  const rows = tied.length === 0 ? first : await askMoves(inquiry, question, { tied })
  return hideValues(
    inquiry,
    question,
    rows.map(({ unordered: _, kept, ...row }) => ({ ...row, kept: kept === 1 })),
  )
}

type Row = Omit<Drawn, 'kept'> & { kept: number; unordered: number[] }

/** Where the order is not known, a row of `n` 0 lists who is tied, one more than may be at most. */
function askMoves(inquiry: Inquiry, question: PathQuestion, known: Order): Promise<Row[]> {
  const { sql, names } = innerQuery(inquiry, question, known)
  const moves = `SELECT n, s, t, count() AS v, sum(ms) AS d, groupUniqArrayIf(${mostTied + 1})(person, n = 0) AS unordered
    FROM (\n${sql}\n) GROUP BY n, s, t`
  const order = 'v DESC, n, s, t'
  const ranked = `SELECT n, s, t, v, d, unordered, multiIf(n = 0, 'tied', t = ${exitCode}, 'exit', s = ${otherCode} OR t = ${otherCode}, 'rest', 'move') AS sort,
      row_number() OVER (PARTITION BY sort ORDER BY ${order}) AS rank,
      countIf(sort = 'move') OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) AS before,
      v >= ${question.min_weight} AND rank <= ${question.edges} AND s != ${otherCode} AS often
    FROM (\n${moves}\n)`
  const ends = `SELECT n, s, t, v, d, unordered, sort, sort = 'move' AND often AS kept, place,
      max(shows) OVER (PARTITION BY node) AS shown,
      sumIf(v, place = 1 AND n = 1) OVER () AS paths, countIf(place = 1 AND sort = 'move' AND NOT often) OVER () AS gathered
    FROM (\n${ranked}\n) ARRAY JOIN [1, 2] AS place, [(n, s), (n + 1, t)] AS node,
      [sort IN ('move', 'exit') AND often AND (sort = 'move' OR before < ${question.edges}), sort = 'move' AND often] AS shows`
  const judged = `SELECT n, s, t, any(v) AS v, any(d) AS d, any(sort) AS sort, any(kept) AS kept, any(paths) AS paths, any(gathered) AS gathered, any(unordered) AS unordered,
      if(maxIf(shown, place = 1), s, toUInt32(${otherCode})) AS from,
      if(t = ${exitCode} OR maxIf(shown, place = 2), t, toUInt32(${otherCode})) AS to
    FROM (\n${ends}\n) GROUP BY n, s, t`
  const drawn = `if(kept OR sort = 'exit' OR from = ${otherCode} OR to = ${otherCode}, [(from, to)], [(from, toUInt32(${otherCode})), (toUInt32(${otherCode}), to)])`
  return inquiry.ask<Row>(
    `SELECT n, ${names}[one.1] AS source, ${names}[one.2] AS target, sum(v) AS value, sum(d) AS ms, max(kept) AS kept,
       any(paths) AS paths, any(gathered) AS gathered, any(unordered) AS unordered
     FROM (SELECT n, s, t, v, d, sort, kept, paths, gathered, unordered, arrayJoin(${drawn}) AS one FROM (\n${judged}\n))
     GROUP BY n, one ORDER BY value DESC, n, one`,
  )
}

/** Values that look personal to somebody who sees them masked are among the others. */
function hideValues(inquiry: Inquiry, { by }: PathQuestion, rows: Drawn[]): Drawn[] {
  if (inquiry.mask.full || by === 'event') return rows
  const shown = (item: string) => (isShown(inquiry, [item]) ? item : otherItem)
  const folded = Map.groupBy(
    rows.map((row) => {
      const [source, target] = [shown(row.source), shown(row.target)]
      return { ...row, source, target, kept: row.kept && source === row.source && target === row.target }
    }),
    ({ n, source, target }) => JSON.stringify([n, source, target]),
  )
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  return [...folded.values()].map((same) => ({
    ...(same[0] as Drawn),
    value: sum(same.map(({ value }) => value)),
    ms: sum(same.map(({ ms }) => ms)),
  }))
}
