import type { NoticeType } from '#modules/notices/notice-types.ts'
import type { NoticeDeps } from '#modules/notices/server/notice-deps.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { NewNotice, Notifier } from '#slots/notifier.ts'

type Ended = {
  id: string
  kind: string
  title: string | null
  state: 'done' | 'failed'
  member: string | null
  code: string | null
  seconds: number
  payload: Record<string, unknown>
}

// Who waited longer has turned to something else.
const longSeconds = 10

/** Tells who started a job how it ended. Work of the program itself is told only when it failed. */
export function jobHandler(deps: Pick<NoticeDeps, 'database'>, notifier: Notifier): EventHandler {
  return {
    event: 'job.ended',
    name: 'tell-member',
    handle: async (ctx, payload) => {
      const notice = noticeOf(payload as Ended)
      if (notice) await deps.database.write(ctx, (tx) => notifier.tell(tx, tx.workspace, notice))
    },
  }
}

/** What is told of a job, if anything. */
export function noticeOf(job: Ended): NewNotice | undefined {
  const type = typeOf(job)
  const to = job.member === null ? watchersOf(job) : { member: job.member }
  if (type === undefined || to === undefined) return undefined
  const facts = { kind: job.kind, title: job.title ?? '', ...(job.code === null ? {} : { code: job.code }) }
  return { type, to, facts, href: hrefOf(job), key: job.id }
}

function typeOf({ kind, state, seconds }: Ended): NoticeType | undefined {
  // Boards tell it with what they know of it.
  if (kind === 'dashboards:mail' && state === 'failed') return undefined
  const isImport = kind === 'imports:run'
  if (state === 'failed')
    return isImport ? 'import.failed' : kind === 'segments:build' ? 'segment.failed' : 'job.failed'
  if (isImport) return 'import.finished'
  return kind === 'exports:write' || seconds >= longSeconds ? 'job.finished' : undefined
}

/** Nobody waits for it, but somebody can put it right. */
const watchersOf = ({ kind, state }: Ended) =>
  state === 'failed' ? { permission: kind === 'segments:build' ? 'segment:write' : 'job:write' } : undefined

function hrefOf({ kind, payload }: Ended): string {
  const id = (key: string) => encodeURIComponent(String(payload[key] ?? ''))
  if (kind.startsWith('imports:') && payload.importId) return `/imports/${id('importId')}`
  if (kind.startsWith('segments:') && payload.segmentId) return `/segments/${id('segmentId')}`
  if (kind.startsWith('dashboards:') && payload.boardId) return `/dashboards/${id('boardId')}?mail=true`
  if (kind.startsWith('exports:')) return '/exports'
  return kind.startsWith('tags:') ? '/tags' : '/'
}
