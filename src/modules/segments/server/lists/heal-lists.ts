import { listLines } from '#modules/segments/server/lists/list-rows.ts'
import { sumLists, unitsAfter } from '#modules/segments/server/lists/unit-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'

type Deps = Pick<SegmentsDeps, 'database' | 'ch' | 'log'>
type Sum = { list: number; units: number; unitSum: string; latest: number }

const rowsAtOnce = 20_000

/**
 * Makes ClickHouse's lists equal to Postgres's: a crash between the two, or rows that ClickHouse lost. Answers the
 * lists that were not. Inside the projector's turn.
 */
export async function healLists(deps: Deps, workspace: number): Promise<number[]> {
  const wanted = await deps.database.system((tx) => sumLists(tx, workspace))
  if (wanted.length === 0) return []
  const rows = await deps.ch.query<Sum>(
    `SELECT list, countIf(present = 1) AS units, toString(sumIf(unit, present = 1)) AS unitSum, max(version) AS latest
     FROM list_unit FINAL WHERE ws = {ws:UInt32} GROUP BY list`,
    { ws: workspace },
  )
  const found = new Map(rows.map((row) => [row.list, row]))
  const behind = wanted.filter((one) => !isSame(one, found.get(one.list))).map((one) => one.list)
  for (const list of behind) {
    deps.log.warn({ workspace, list }, 'ClickHouse does not have all of a list: shipping it again')
    await shipList(deps, workspace, list)
  }
  return behind
}

function isSame(wanted: Sum, found: Sum | undefined): boolean {
  return (
    found !== undefined &&
    Number(found.units) === Number(wanted.units) &&
    found.unitSum === wanted.unitSum &&
    Number(found.latest) === Number(wanted.latest)
  )
}

async function shipList(deps: Deps, workspace: number, list: number): Promise<void> {
  for (let after = -1; ; ) {
    const rows = await deps.database.system((tx) => unitsAfter(tx, workspace, list, after, rowsAtOnce))
    const last = rows.at(-1)
    if (!last) return
    await deps.ch.insertLines('list_unit', listLines(workspace, list, rows))
    after = last.unit
  }
}
