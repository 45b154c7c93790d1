import type { MemberStanding } from '#modules/access/index.ts'
import type { Answer } from '#modules/analytics/contract.ts'
import { asNumber, withFilters } from '#modules/dashboards/contract/filters.ts'
import type { BoardRow } from '#modules/dashboards/server/board-store.ts'
import { numbersCtx } from '#modules/dashboards/server/links/numbers-ctx.ts'
import type { MailDeps } from '#modules/dashboards/server/mail/mail-deps.ts'
import type { MailRow } from '#modules/dashboards/server/mail/mail-store.ts'
import { analysesOf } from '#modules/dashboards/server/present-board.ts'
import { AppError } from '#platform/errors.ts'
import type { JobRun } from '#platform/jobs/worker.ts'

export type Figure = { title: string; value: number | null; before: number | null }
export type Headline = {
  figures: Figure[]
  /** The days the numbers are of, when they are of the same. */
  range: { from: string; to: string } | undefined
}

/** So many stand above the picture; the rest are in it. */
const most = 12

/** The number tiles of the board in reading order, as text: what is read without opening anything. */
export async function readHeadline(
  deps: MailDeps,
  job: JobRun,
  mail: MailRow,
  board: BoardRow,
  maker: MemberStanding,
): Promise<Headline> {
  const ctx = numbersCtx(job.ctx, `board mail ${mail.id}`, maker)
  const saved = new Map(
    (await deps.analytics.saved(ctx, analysesOf(board.tiles))).map((one) => [one.id, one]),
  )
  const tiles = board.tiles
    .flatMap((tile) => (tile.kind === 'number' ? [tile] : []))
    .sort((a, b) => a.y - b.y || a.x - b.x)
    .slice(0, most)
  const figures: Figure[] = []
  const ranges = new Map<string, { from: string; to: string }>()
  for (const tile of tiles) {
    const analysis = saved.get(tile.analysis)
    if (!analysis) continue
    const answer = await ask(deps, ctx, withFilters(asNumber(analysis.question), mail.filters, tile.own))
    if (answer?.kind !== 'trend') continue
    const line = answer.series[tile.series] ?? answer.series[0]
    if (!line) continue
    const before = answer.compare?.series.find((one) => one.series === line.series)
    figures.push({ title: tile.title || analysis.name, value: wholeOf(line), before: wholeOf(before) })
    ranges.set(JSON.stringify(answer.range), answer.range)
  }
  return { figures, range: ranges.size === 1 ? [...ranges.values()][0] : undefined }
}

/** What its maker may not ask is missing here and says so in the picture; what is busy is tried again with all the rest. */
async function ask(
  { analytics }: MailDeps,
  ctx: Parameters<MailDeps['analytics']['answer']>[0],
  question: Parameters<MailDeps['analytics']['answer']>[1],
): Promise<Answer | undefined> {
  try {
    return await analytics.answer(ctx, question)
  } catch (error) {
    if (error instanceof AppError && ['denied', 'invalid', 'missing', 'conflict'].includes(error.kind))
      return undefined
    throw error
  }
}

type Line = Extract<Answer, { kind: 'trend' }>['series'][number]
/** As number tiles say it: of rolling people there is no whole, so it is the last point. */
const wholeOf = (line: Line | undefined): number | null =>
  line ? (line.total ?? line.points.at(-1)?.value ?? null) : null
