import { mailOfMembers } from '#modules/access/index.ts'
import { type BoardMail, mailLimits, type NewBoardMail } from '#modules/dashboards/contract/mails.ts'
import { requireBoard } from '#modules/dashboards/server/board-store.ts'
import { receiverKey, receiversOf } from '#modules/dashboards/server/mail/leave-mail.ts'
import type { MailDeps } from '#modules/dashboards/server/mail/mail-deps.ts'
import { enqueueDue, enqueueMailing } from '#modules/dashboards/server/mail/mail-jobs.ts'
import {
  deleteMail,
  insertMail,
  isRunning,
  leftOf,
  type MailContent,
  type MailRow,
  mailsOfBoard,
  readMail,
  requireMail,
  setPaused,
  updateMail,
} from '#modules/dashboards/server/mail/mail-store.ts'
import { refuseOutside } from '#modules/dashboards/server/mail/may-mail.ts'
import { presentMails } from '#modules/dashboards/server/mail/present-mail.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { nextMoment } from '#platform/jobs/next-moment.ts'
import { mailNotConfigured } from '#platform/mail/open-mailer.ts'
import type { Tx } from '#platform/pg/database.ts'

export async function listMails(deps: MailDeps, ctx: WorkspaceCtx, board: string) {
  const items = await deps.database.read(ctx, async (tx) => {
    await requireBoard(tx, board, actorKey(ctx.actor))
    return presentMails(deps, tx, ctx, await mailsOfBoard(tx, board))
  })
  return {
    ...{ items, canSend: deps.mailer.isConfigured, canDraw: deps.drawer.isThere() },
    timezone: ctx.workspace.timezone,
  }
}

export function createMail(
  deps: MailDeps,
  ctx: WorkspaceCtx,
  board: string,
  given: NewBoardMail,
): Promise<BoardMail> {
  return deps.database.write(ctx, async (tx) => {
    const { name } = await requireBoard(tx, board, actorKey(ctx.actor))
    const content = await readContent(deps, tx, ctx, given)
    if ((await mailsOfBoard(tx, board)).length >= mailLimits.ofBoard)
      throw new AppError(
        'board_mail.too_many',
        'conflict',
        `A board has at most ${mailLimits.ofBoard} scheduled mails.`,
      )
    const id = newId('bml')
    await insertMail(
      tx,
      {
        ...{ ...content, id, board_id: board, paused: null },
        member_id: await deps.access.memberBehind(tx, ctx),
        created_by: ctx.actor.name,
        created_by_kind: ctx.actor.kind,
      },
      ctx.now,
    )
    await enqueueDue(tx, id, content.next_at)
    await note(deps, tx, ctx, 'board_mail.created', { board_id: board, board_name: name, id }, given)
    return present(deps, tx, ctx, id)
  })
}

export function changeMail(
  deps: MailDeps,
  ctx: WorkspaceCtx,
  id: string,
  given: NewBoardMail,
): Promise<BoardMail> {
  return deps.database.write(ctx, async (tx) => {
    const mail = await requireMine(deps, tx, ctx, id)
    const content = await readContent(deps, tx, ctx, given)
    await refuseLeft(tx, id, content)
    await updateMail(tx, id, content, ctx.now)
    if (mail.paused === null) await enqueueDue(tx, id, content.next_at)
    await note(deps, tx, ctx, 'board_mail.changed', mail, given)
    return present(deps, tx, ctx, id)
  })
}

/** Anybody who may build boards stops a mail; going on is a decision of who stands behind it. */
export function pauseMail(
  deps: MailDeps,
  ctx: WorkspaceCtx,
  id: string,
  paused: boolean,
): Promise<BoardMail> {
  return deps.database.write(ctx, async (tx) => {
    const mail = paused ? await requireMail(tx, id) : await requireMine(deps, tx, ctx, id)
    if (!paused) {
      refuseOutside(ctx, mail.addresses)
      refuseNobody(mail)
    }
    const next = new Date(nextMoment(mail, ctx.workspace.timezone, deps.clock.now()))
    await setPaused(tx, id, paused ? 'by_hand' : null, next)
    if (!paused) await enqueueDue(tx, id, next)
    await note(deps, tx, ctx, paused ? 'board_mail.paused' : 'board_mail.resumed', mail)
    return present(deps, tx, ctx, id)
  })
}

export function removeMail(deps: MailDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  return deps.database.write(ctx, async (tx) => {
    const mail = await requireMail(tx, id)
    await deleteMail(tx, id)
    await note(deps, tx, ctx, 'board_mail.removed', mail)
  })
}

export function sendNow(
  deps: MailDeps,
  ctx: WorkspaceCtx,
  id: string,
): Promise<{ mailing: string; job: string }> {
  if (!deps.mailer.isConfigured) throw mailNotConfigured()
  return deps.database.write(ctx, async (tx) => {
    const mail = await requireMine(deps, tx, ctx, id)
    refuseOutside(ctx, mail.addresses)
    refuseNobody(mail)
    await requireBoard(tx, mail.board_id, '')
    if (await isRunning(tx, id))
      throw new AppError('board_mail.running', 'conflict', 'This mail is on its way already.')
    const begun = await enqueueMailing(tx, mail, 'by_hand', ctx.now, mail.member_id)
    await note(deps, tx, ctx, 'board_mail.sent_by_hand', mail)
    return begun
  })
}

/** Whoever took themselves off is put back by nobody else. */
async function refuseLeft(tx: Tx, id: string, content: MailContent): Promise<void> {
  const left = new Set((await leftOf(tx, [id])).map(receiverKey))
  const back = receiversOf(content).filter((one) => left.has(receiverKey(one)))
  if (back.length > 0)
    throw new AppError(
      'board_mail.receiver_left',
      'conflict',
      'A receiver took themselves off this mail; only they come back, by the link in a mail they have.',
      { details: { receivers: back.map(({ member_id, address }) => member_id || address) } },
    )
}

function refuseNobody({ members, addresses }: MailRow): void {
  if (members.length + addresses.length === 0)
    throw new AppError(
      'board_mail.nobody',
      'conflict',
      'Nobody gets this mail any more; name a receiver first.',
    )
}

/** It goes out with its maker's rights: whoever else could name receivers would see with another's eyes. */
async function requireMine(deps: MailDeps, tx: Tx, ctx: WorkspaceCtx, id: string): Promise<MailRow> {
  const mail = await requireMail(tx, id)
  if (mail.member_id !== (await deps.access.memberBehind(tx, ctx)))
    throw new AppError(
      'board_mail.not_yours',
      'denied',
      'This mail goes out with the rights of who made it, so only they change it.',
    )
  return mail
}

async function readContent(
  deps: MailDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  given: NewBoardMail,
): Promise<MailContent> {
  refuseOutside(ctx, given.addresses)
  const members = [...new Set(given.members)]
  const active = (await mailOfMembers(tx, members)).filter(({ isActive }) => isActive)
  const missing = members.filter((id) => !active.some((one) => one.id === id))
  if (missing.length > 0)
    throw new AppError('board_mail.member_missing', 'invalid', 'A receiver is no member here any more.', {
      details: { path: '/body/members', members: missing },
    })
  const [hours = 0, minutes = 0] = given.time.split(':').map(Number)
  const rhythm = {
    every: given.every,
    day: given.every === 'day' ? 1 : given.day,
    minute: hours * 60 + minutes,
  }
  const { formats, filters } = given
  return {
    ...{ ...rhythm, members, filters, formats: [...new Set(formats)] },
    // The same mailbox twice is one receiver.
    addresses: [...new Map(given.addresses.map((one) => [one.toLowerCase(), one])).values()],
    language: given.language ?? ctx.language,
    next_at: new Date(nextMoment(rhythm, ctx.workspace.timezone, deps.clock.now())),
  }
}

async function present(deps: MailDeps, tx: Tx, ctx: WorkspaceCtx, id: string): Promise<BoardMail> {
  const [shown] = await presentMails(deps, tx, ctx, [(await readMail(tx, id)) as MailRow])
  return shown as BoardMail
}

/** Of receivers the log keeps how many: it outlives an erasure. */
function note(
  deps: MailDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  action: string,
  mail: Pick<MailRow, 'id' | 'board_id' | 'board_name'>,
  given?: NewBoardMail,
): Promise<void> {
  const receivers = given ? { members: given.members.length, addresses: given.addresses.length } : {}
  const details = { mail: mail.id, name: mail.board_name, ...receivers }
  return deps.audit(tx, ctx, { action, subject: mail.board_id, details })
}
