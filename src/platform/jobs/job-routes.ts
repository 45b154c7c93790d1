import type { z } from 'zod'
import type { Ctx, WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import { type Job, routes } from '#platform/jobs/job-contract.ts'
import { cancelJob } from '#platform/jobs/job-queue.ts'
import { type ListedJob, listJobRows, readJobRow } from '#platform/jobs/list-jobs.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

type Deps = { database: Database }
type RequestCtx = Ctx & Partial<WorkspaceCtx>

/** Background jobs for those who wait for them. */
export function serveJobs(deps: Deps): ServedRoute[] {
  return implement(routes, {
    list: ({ ctx, query }) => listJobs(deps, inWorkspace(ctx), query),
    get: ({ ctx, params }) => getJob(deps, inWorkspace(ctx), params.id),
    cancel: ({ ctx, params }) => cancel(deps, inWorkspace(ctx), params.id),
  })
}

async function listJobs(deps: Deps, ctx: WorkspaceCtx, query: z.infer<typeof routes.list.query>) {
  const me = memberOf(ctx)
  const seesAll = ctx.permissions.has('job:read')
  if (!seesAll && me === undefined) throw denied('job:read', 'see background jobs')
  const key = decodeCursor(query.cursor, ['time', 'text'])
  const after = key && { at: String(key[0]), id: String(key[1]) }
  const startedBy = query.mine || !seesAll ? (me ?? '') : undefined
  const rows = await deps.database.read(ctx, (tx) =>
    listJobRows(tx, { startedBy, state: query.state, after, limit: query.limit + 1 }),
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => present(ctx, row)),
    next: rows.length > query.limit && last ? encodeCursor([last.place, last.id]) : null,
  }
}

const getJob = (deps: Deps, ctx: WorkspaceCtx, id: string): Promise<Job> =>
  deps.database.read(ctx, async (tx) => present(ctx, await requireJob(tx, ctx, id)))

/** One's own always; another's with the permission. Asking again for what is being cancelled changes nothing. */
const cancel = (deps: Deps, ctx: WorkspaceCtx, id: string): Promise<Job> =>
  deps.database.write(ctx, async (tx) => {
    const job = await requireJob(tx, ctx, id)
    if (!isMine(ctx, job) && !ctx.permissions.has('job:write'))
      throw denied('job:write', 'cancel jobs of others')
    if (!(await cancelJob(tx, id)) && job.state !== 'cancelled')
      throw new AppError('job.ended', 'conflict', 'This job has ended already.')
    return present(ctx, (await readJobRow(tx, id)) ?? job)
  })

async function requireJob(tx: Tx, ctx: WorkspaceCtx, id: string): Promise<ListedJob> {
  const job = await readJobRow(tx, id)
  if (job && (isMine(ctx, job) || ctx.permissions.has('job:read') || ctx.permissions.has('job:write')))
    return job
  throw new AppError('job.missing', 'missing', 'There is no such job.')
}

const memberOf = ({ actor }: WorkspaceCtx) => (actor.kind === 'member' ? actor.memberId : undefined)
const isMine = (ctx: WorkspaceCtx, job: ListedJob) =>
  job.member_id !== null && job.member_id === memberOf(ctx)

function present(ctx: WorkspaceCtx, row: ListedJob): Job {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    state: row.state,
    cancelRequested: row.cancel_requested,
    progress: row.progress,
    note: row.note,
    mine: isMine(ctx, row),
    error: row.error && { code: row.error.code, message: row.error.message ?? null },
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

function inWorkspace(ctx: RequestCtx): WorkspaceCtx {
  const { workspace } = ctx
  if (!workspace) throw new AppError('access.no_workspace', 'denied', 'Choose a workspace first.')
  return { ...ctx, workspace }
}

const denied = (permission: string, what: string) =>
  new AppError('access.denied', 'denied', `You may not ${what}.`, { details: { permission } })
