import type { Kind } from '#modules/analytics/contract/kinds.ts'
import type { Analysis, AnyQuestion } from '#modules/analytics/server/analysis.ts'
import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import { answerKey } from '#modules/analytics/server/kept/answer-key.ts'
import {
  confirm,
  findKept,
  type Kept,
  type KeptDays,
  keep,
} from '#modules/analytics/server/kept/kept-store.ts'
import { currentVersion, touchedSince } from '#modules/analytics/server/kept/touched-store.ts'
import { partsOf } from '#modules/analytics/server/kept/trend-parts.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Numbers, when they were computed, and whether that was before. */
export type Given = { numbers: unknown; computedAt: number; cached: boolean }

type Asked = {
  question: AnyQuestion
  analysis: Analysis<Kind>
  /** Opens the same question with other days. */
  open: (question: AnyQuestion, signal: AbortSignal) => Promise<Inquiry>
  /** Compute it, whatever is kept. */
  refresh: boolean
}

/**
 * The numbers of a question: kept ones where nothing they follow from has changed, else new ones, which are kept. A trend that
 * adds up by days is asked for the days that changed alone. Same questions at the same time share one computation.
 */
export async function keptOrAnew(
  deps: AnalyticsDeps,
  ctx: WorkspaceCtx,
  inquiry: Inquiry,
  asked: Asked,
): Promise<Given> {
  const { question, analysis } = asked
  if (!inquiry.isKeepable) return { ...(await computed(ctx, () => analysis.numbers(inquiry, question))) }
  const { from, to } = inquiry.days
  const days: KeptDays = { from, to }
  const parts = partsOf(inquiry, question)
  const key = answerKey(inquiry, question, parts ? 'any' : days)
  await deps.keeping.done(`${ctx.workspace.num} ${key}`)
  const { version, kept } = await lookUp(deps, ctx, key, asked.refresh)
  if (kept && kept.touched.length === 0 && isStill(kept, days, ctx.now))
    return { numbers: kept.numbers, computedAt: kept.computedAt, cached: true }
  // By version: what began before a change is nothing for who asks after it.
  return deps.shared(
    `${ctx.workspace.num} ${key} ${from} ${to} ${version} ${asked.refresh}`,
    ctx.signal,
    (signal) =>
      computed(ctx, async () => {
        // The very one the key was made of: whoever went into the bin meanwhile is in the next question's.
        const mine = inquiry.until(signal)
        const missing = kept && parts?.missing(kept)
        const numbers = missing
          ? await partly(asked, signal, missing)
          : await analysis.numbers(mine, question)
        const read = missing ? missing.read() : mine.reads.told()
        const made: Kept = { version, computedAt: ctx.now, read, numbers, days }
        if (read.keepable)
          deps.keeping.begin(`${ctx.workspace.num} ${key}`, () => keepIt(deps, ctx, key, made))
        return numbers
      }),
  )
}

async function keepIt(
  deps: AnalyticsDeps,
  { workspace, now }: WorkspaceCtx,
  key: string,
  made: Kept,
): Promise<void> {
  if (await deps.database.write({ workspace }, (tx) => keep(tx, key, made, now))) await deps.wasKept()
}

type Missing = NonNullable<ReturnType<NonNullable<ReturnType<typeof partsOf>>['missing']>>

async function partly({ question, analysis, open }: Asked, signal: AbortSignal, missing: Missing) {
  if (missing.days === undefined) return missing.merged(undefined)
  const some = { ...question, range: missing.days }
  return missing.merged(await analysis.numbers(await open(some, signal), some))
}

async function computed(ctx: WorkspaceCtx, work: () => Promise<unknown>): Promise<Given> {
  return { numbers: await work(), computedAt: ctx.now, cached: false }
}

/** What is kept, and the hours of it that were touched since. */
export type Found = Kept & { touched: readonly number[] }

async function lookUp(
  { database }: AnalyticsDeps,
  { workspace, now }: WorkspaceCtx,
  key: string,
  refresh: boolean,
): Promise<{ version: number; kept: Found | undefined }> {
  return database.write({ workspace }, async (tx) => {
    const version = await currentVersion(tx)
    const found = refresh ? undefined : await findKept(tx, key)
    if (!found) return { version, kept: undefined }
    const touched = await touchedSince(tx, found.version, found.read)
    if (touched.length === 0) await confirm(tx, key, { version, usedAt: found.usedAt }, now)
    return { version, kept: { ...found, touched } }
  })
}

const isStill = ({ read, days }: Kept, asked: KeptDays, now: number): boolean =>
  (read.until === null || read.until > now) && days.from === asked.from && days.to === asked.to
