import { mailOfMembers } from '#modules/access/index.ts'
import { type BoardRow, requireBoard } from '#modules/dashboards/server/board-store.ts'
import { receiverKey } from '#modules/dashboards/server/mail/leave-mail.ts'
import type { MailDeps } from '#modules/dashboards/server/mail/mail-deps.ts'
import {
  type DeliveryRow,
  deliveriesOf,
  endMailing,
  insertDeliveries,
  type MailRow,
  noteDelivery,
  readMail,
  readMailing,
  setPaused,
} from '#modules/dashboards/server/mail/mail-store.ts'
import { makePicture, type Picture } from '#modules/dashboards/server/mail/make-picture.ts'
import { mayMail } from '#modules/dashboards/server/mail/may-mail.ts'
import { readHeadline } from '#modules/dashboards/server/mail/read-headline.ts'
import { tellFailed, tellPaused } from '#modules/dashboards/server/mail/tell-maker.ts'
import { writeLetter } from '#modules/dashboards/server/mail/write-letter.ts'
import { AppError } from '#platform/errors.ts'
import type { JobRun } from '#platform/jobs/worker.ts'

type Letter = ReturnType<typeof writeLetter> & { unsubscribe: string }

/** What keeps the very message from one receiver; anything else keeps all of them from theirs. */
const ofReceiver = new Set(['mail.refused', 'mail.bad_address'])
/** The server is there and answers; the next receiver may fare better. */
const passing = new Set(['mail.put_off'])

/**
 * Draws the board with its maker's rights of now and hands it to the mail server, one message for each receiver. Each is noted
 * before and after: whoever has it is not sent it again by a later try, and one whose try ended in between is sent it
 * again under the same Message-ID and counted as `maybe_twice`.
 */
export async function sendMailing(deps: MailDeps, job: JobRun): Promise<unknown> {
  const { mailingId, mailId } = job.payload as { mailingId: string; mailId: string }
  const { mail, mailing } = await deps.database.read(job.ctx, async (tx) => ({
    mail: await readMail(tx, mailId),
    mailing: await readMailing(tx, mailingId),
  }))
  if (!mail || mailing?.state !== 'running') return undefined
  const maker = await deps.access.standingOf(job.ctx.workspace.num, mail.member_id)
  if (!maker || !mayMail(maker, mail.addresses))
    return pause(deps, job, mail, mailingId, maker ? 'maker_may_not' : 'maker_gone')
  if (!deps.mailer.isConfigured) await deps.mailer.sendMail({ to: [], subject: '', text: '' })
  const board = await deps.database.read(job.ctx, (tx) => requireBoard(tx, mail.board_id, ''))
  await job.progress(0.05)
  const headline = await readHeadline(deps, job, mail, board, maker)
  await job.progress(0.15)
  const picture = await makePicture(deps, job, { mail, mailingId, workspace: maker.workspaceName })
  await job.progress(0.6)
  const now = deps.clock.now()
  const letterTo = (one: DeliveryRow): Letter => {
    const leave = `${deps.baseUrl}/leave/${deps.signer.leave(mail.id, receiverKey(one))}`
    const letter = writeLetter({ mail, board, maker, headline, picture, url: deps.baseUrl, leave, now })
    return { ...letter, unsubscribe: leave }
  }
  await deliver(deps, job, mail, mailingId, letterTo)
  return finish(deps, job, mail, mailingId, picture, board)
}

async function deliver(
  deps: MailDeps,
  job: JobRun,
  mail: MailRow,
  mailing: string,
  letterTo: (one: DeliveryRow) => Letter,
): Promise<void> {
  const { waiting, addressOf } = await deps.database.write(job.ctx, async (tx) => {
    await insertDeliveries(tx, mailing, mail)
    const all = await deliveriesOf(tx, [mailing])
    const found = await mailOfMembers(tx, mail.members)
    const active = new Map(found.filter(({ isActive }) => isActive).map(({ id, email }) => [id, email]))
    return {
      waiting: all.filter(({ state }) => state === 'waiting' || state === 'sending'),
      addressOf: (one: DeliveryRow) => (one.member_id === '' ? one.address : active.get(one.member_id)),
    }
  })
  let putOff: unknown
  for (const [at, one] of waiting.entries()) {
    await job.progress(0.6 + (0.4 * at) / waiting.length)
    try {
      await deliverOne(deps, job, one, addressOf(one), letterTo(one))
    } catch (error) {
      if (!(error instanceof AppError && passing.has(error.code))) throw error
      // The rest get theirs; this one waits for the next try.
      putOff = error
    }
  }
  if (putOff) throw putOff
}

async function deliverOne(
  { database, mailer }: MailDeps,
  { ctx, signal }: JobRun,
  one: DeliveryRow,
  address: string | undefined,
  letter: Letter,
): Promise<void> {
  const note = (noted: Parameters<typeof noteDelivery>[2]) =>
    database.write(ctx, (tx) => noteDelivery(tx, one, noted))
  // Disabled, or gone since.
  if (!address) return void (await note({ state: 'refused', said: 'member_disabled' }))
  await note({ state: 'sending', maybeTwice: one.state === 'sending' })
  const messageKey = `${one.mailing_id}.${one.place}`
  try {
    await mailer.sendMail({ to: [address], ...letter, messageKey }, signal)
    await note({ state: 'sent' })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const said = String(error.details.said ?? error.code)
    if (ofReceiver.has(error.code)) return void (await note({ state: 'refused', said }))
    await note({ state: 'waiting', said, maybeTwice: error.details.maybeTaken === true })
    throw error
  }
}

async function finish(
  deps: MailDeps,
  { ctx }: JobRun,
  mail: MailRow,
  mailing: string,
  { code }: Picture,
  board: BoardRow,
): Promise<{ sent: number; refused: number }> {
  return deps.database.write(ctx, async (tx) => {
    const all = await deliveriesOf(tx, [mailing])
    const sent = all.filter(({ state }) => state === 'sent').length
    const refused = all.length - sent
    const state = refused === 0 ? 'sent' : sent === 0 ? 'failed' : 'partly'
    const failed = refused === 0 ? null : 'mail.refused'
    await endMailing(tx, mailing, { state, code: failed ?? code ?? null }, deps.clock.now())
    if (failed) await tellFailed(deps, tx, mail, mailing, failed)
    const details = { mail: mail.id, name: board.name, sent, refused }
    await deps.audit(tx, ctx, { action: 'board_mail.sent', subject: mail.board_id, details })
    return { sent, refused }
  })
}

const faults = {
  maker_gone: { code: 'board_mail.maker_gone' },
  maker_may_not: { code: 'board_mail.maker_may_not' },
}

async function pause(
  deps: MailDeps,
  { ctx }: JobRun,
  mail: MailRow,
  mailing: string,
  reason: 'maker_gone' | 'maker_may_not',
): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    await setPaused(tx, mail.id, reason, mail.next_at)
    await endMailing(tx, mailing, { state: 'failed', ...faults[reason] }, deps.clock.now())
    await tellPaused(deps, tx, mail)
  })
}
