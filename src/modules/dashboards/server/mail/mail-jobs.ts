import type { MailDeps } from '#modules/dashboards/server/mail/mail-deps.ts'
import {
  endMailing,
  findMail,
  insertMailing,
  isRunning,
  type MailRow,
  mailsGoingOut,
  readMail,
  setNext,
} from '#modules/dashboards/server/mail/mail-store.ts'
import { sendMailing } from '#modules/dashboards/server/mail/send-mailing.ts'
import { tellFailed } from '#modules/dashboards/server/mail/tell-maker.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { nextMoment } from '#platform/jobs/next-moment.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

export const mailJobKind = 'dashboards:mail'
const dueJobKind = 'dashboards:mail-due'
/** Waits double: with ten tries a mail server may be away, or want to see us again, for a quarter of an hour. */
const maxAttempts = 10

/** The one waiting job of a schedule. Its time may be over when the program starts: then it runs once, at once. */
export const enqueueDue = (tx: Tx, mailId: string, runAt: Date) =>
  enqueue(tx, { kind: dueJobKind, key: mailId, payload: { mailId }, runAt })

/** A mailing and the job that sends it, in one transaction. */
export async function enqueueMailing(
  tx: Tx,
  mail: MailRow,
  trigger: 'schedule' | 'by_hand',
  now: number,
  memberId?: string,
): Promise<{ mailing: string; job: string }> {
  const mailing = newId('mlg')
  await insertMailing(tx, { id: mailing, mail_id: mail.id, trigger }, now)
  const job = await enqueue(tx, {
    kind: mailJobKind,
    payload: { mailingId: mailing, mailId: mail.id, boardId: mail.board_id },
    title: mail.board_name,
    ...(memberId === undefined ? {} : { memberId }),
  })
  return { mailing, job }
}

export const mailJob = (deps: MailDeps): JobKind => ({
  kind: mailJobKind,
  maxAttempts,
  run: (job) => sendMailing(deps, job),
})

/**
 * When the time has come: a mailing is begun, and the next time waited for, in one transaction, so that one due time is one
 * mailing. One that still runs is not overtaken; times that passed while the program stood still are one.
 */
export const dueJob = (deps: MailDeps): JobKind => ({
  kind: dueJobKind,
  run: ({ ctx, payload }) =>
    deps.database.write(ctx, async (tx) => {
      const mail = await findMail(tx, String(payload.mailId))
      if (!mail || mail.paused !== null) return
      const now = deps.clock.now()
      if (mail.next_at.getTime() > now) {
        await enqueueDue(tx, mail.id, mail.next_at)
        return
      }
      const next = new Date(nextMoment(mail, ctx.workspace.timezone, now))
      await setNext(tx, mail.id, next)
      await enqueueDue(tx, mail.id, next)
      if (!(await isRunning(tx, mail.id))) await enqueueMailing(tx, mail, 'schedule', now)
    }),
})

/** Another time zone of the workspace: the hours of every schedule are elsewhere. */
const rescheduled = (deps: MailDeps): EventHandler => ({
  event: 'workspace.changed',
  name: 'reschedule-board-mails',
  handle: async (ctx, payload) => {
    if (!Array.isArray(payload.changed) || !payload.changed.includes('timezone')) return
    await deps.database.write(ctx, async (tx) => {
      for (const mail of await mailsGoingOut(tx)) {
        const next = new Date(nextMoment(mail, ctx.workspace.timezone, deps.clock.now()))
        await setNext(tx, mail.id, next)
        await enqueueDue(tx, mail.id, next)
      }
    })
  },
})

type Ended = {
  kind: string
  payload: { mailingId?: string; mailId?: string }
  state?: string
  code?: string | null
}

/** However the job ended for good, the mailing ends with it, and its maker is told. */
const ended = (deps: MailDeps, event: 'job.ended' | 'job.cancelled'): EventHandler => ({
  event,
  name: 'end-board-mailing',
  handle: async (ctx, told) => {
    const { kind, payload, state, code } = told as Ended
    if (kind !== mailJobKind || !payload.mailingId || (event === 'job.ended' && state !== 'failed')) return
    const mailing = payload.mailingId
    await deps.database.write(ctx, async (tx) => {
      const now = deps.clock.now()
      if (event === 'job.cancelled') {
        await endMailing(tx, mailing, { state: 'cancelled' }, now)
        return
      }
      const changed = await endMailing(tx, mailing, { state: 'failed', code: code ?? 'internal' }, now)
      const mail = await readMail(tx, String(payload.mailId))
      if (changed > 0 && mail) await tellFailed(deps, tx, mail, mailing, code ?? 'internal')
    })
  },
})

export const mailHandlers = (deps: MailDeps): EventHandler[] => [
  rescheduled(deps),
  ended(deps, 'job.ended'),
  ended(deps, 'job.cancelled'),
]
