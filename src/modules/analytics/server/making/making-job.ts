import { PeopleQuestion } from '#modules/analytics/contract/kinds.ts'
import { analysisOf } from '#modules/analytics/server/analyses.ts'
import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import { endMaking, type MakingRow, readMaking } from '#modules/analytics/server/making/making-store.ts'
import { openInquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind, JobRun } from '#platform/jobs/worker.ts'

export const makingJobKind = 'analytics:segments'
const maxAttempts = 8

/** Puts the people of each cell into its segment. Broken off, it asks again and passes by who is in already. */
export function makingJob(deps: AnalyticsDeps): JobKind {
  return {
    kind: makingJobKind,
    maxAttempts,
    run: async (job) => {
      const row = await deps.database.read(job.ctx, (tx) => readMaking(tx, String(job.payload.makingId)))
      if (!row || row.ended !== null || row.question === null) return undefined
      try {
        await make(deps, job, row, row.question)
        await deps.database.write(job.ctx, (tx) => endMaking(tx, row, 'done'))
        return { makingId: row.id }
      } catch (error) {
        if (job.attempt >= maxAttempts || (error instanceof AppError && error.kind === 'invalid'))
          await end(deps, job.ctx, row, 'failed')
        throw error
      }
    },
  }
}

/** What a cancelled making has put in stays; it can be taken back. */
export function makingCancelHandler(deps: AnalyticsDeps): EventHandler {
  return {
    event: 'job.cancelled',
    name: 'stop-making-segments',
    handle: async (ctx, payload) => {
      if (payload.kind !== makingJobKind) return
      const { makingId } = payload.payload as { makingId: string }
      const row = await deps.database.read(ctx, (tx) => readMaking(tx, makingId))
      if (row) await end(deps, ctx, row, 'cancelled')
    },
  }
}

async function end(
  deps: AnalyticsDeps,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
  row: MakingRow,
  state: 'failed' | 'cancelled',
): Promise<void> {
  await deps.lists.end(
    ctx,
    row.parts.flatMap(({ changes }) => [changes.add, changes.remove]),
    state,
  )
  await deps.database.write(ctx, (tx) => endMaking(tx, row, state))
}

async function make(
  deps: AnalyticsDeps,
  job: JobRun,
  row: MakingRow,
  question: NonNullable<MakingRow['question']>,
): Promise<void> {
  // Not the program's rights: those of whoever asked.
  const { actor, scope, sight, language } = row
  const ctx: WorkspaceCtx = {
    ...job.ctx,
    ...{ actor, scope, sight, language, permissions: new Set(row.permissions), signal: job.signal },
  }
  // All of them are asked before anything is written, so that they are of about one moment.
  const people: number[][] = []
  for (const { cell } of row.parts)
    people.push(await peopleOf(deps, ctx, PeopleQuestion.parse({ ...question, cell })))
  const total = Math.max(
    1,
    people.reduce((sum, one) => sum + one.length, 0),
  )
  let before = 0
  for (const [at, { segment, name, changes }] of row.parts.entries()) {
    const persons = people[at] ?? []
    const progress = (handled: number) =>
      job.progress(Math.min(0.99, (before + handled) / total), `${before + handled}`)
    const filling = { list: segment, persons, title: name, changes, jobId: job.id }
    await deps.lists.fill(ctx, filling, { signal: job.signal, progress })
    before += persons.length
  }
}

/** Everybody behind a cell, ascending: one row, since the engine hands out a million rows at most. */
async function peopleOf(
  deps: AnalyticsDeps,
  ctx: WorkspaceCtx,
  { cell, ...question }: PeopleQuestion,
): Promise<number[]> {
  const inquiry = await openInquiry(deps, ctx, question)
  const persons = await analysisOf(question.kind).people(inquiry, question, cell)
  const [row] = await inquiry.ask<{ persons: number[] }>(
    `SELECT arraySort(groupUniqArray(person)) AS persons FROM (\n${persons}\n)`,
  )
  return row?.persons ?? []
}
