import { isDeepStrictEqual } from 'node:util'
import { DateTime } from 'luxon'
import type { Firing } from '#modules/alerts/contract/alert.ts'
import { watchersOf } from '#modules/alerts/server/alert-store.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { firedBetween } from '#modules/alerts/server/evaluation-store.ts'
import { readerOf } from '#modules/alerts/server/reader.ts'
import type { Question } from '#modules/analytics/contract.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Asked = { question: Question; from: string; to: string }

/** Where the curve of a question and an alert are of the same numbers, every time that alert fired on it. */
export const listFirings = (
  deps: Pick<AlertsDeps, 'database' | 'access'>,
  ctx: WorkspaceCtx,
  { question, from, to }: Asked,
): Promise<{ items: Firing[] }> =>
  deps.database.read(ctx, async (tx) => {
    const reader = await readerOf(deps, tx, ctx)
    const wanted = numbersOf(question)
    const watching = (await watchersOf(tx, reader, question.kind)).filter((row) =>
      isDeepStrictEqual(numbersOf(row.question), wanted),
    )
    const byId = new Map(watching.map((row) => [row.id, row]))
    // The first week or month of a curve may begin before its range does.
    const first = DateTime.fromISO(from).minus({ days: 31 }).toISODate() ?? from
    const fired = await firedBetween(tx, [...byId.keys()], first, to)
    return {
      items: fired.flatMap(({ alert_id, bucket }) => {
        const row = byId.get(alert_id)
        return row ? [{ alert: { id: row.id, name: row.name }, metric: row.metric, t: bucket }] : []
      }),
    }
  })

/** Days, comparison and what only shapes curves leave the number of one bucket as it is; a kept question has lost the order of its keys. */
function numbersOf(question: Question): unknown {
  const { range: _range, ...rest } = JSON.parse(JSON.stringify(question)) as Record<string, unknown>
  for (const shape of ['compare', 'moving_average', 'cumulative', 'top']) delete rest[shape]
  return rest
}
