import { z } from 'zod'
import { type RouteTable, Timestamp } from '#platform/http/define-routes.ts'
import { isMailAddress } from '#platform/mail/mail-address.ts'
import { Filters } from './board.ts'

const Id = z.string().min(1).max(64)
const One = z.object({ id: Id })

/** Limits; beyond them it is refused, never cut short. */
export const mailLimits = { receivers: 50, ofBoard: 20 } as const
export const mailFormats = ['pdf', 'png'] as const
export const pauseReasons = ['by_hand', 'maker_gone', 'maker_may_not'] as const

const Address = z.string().trim().max(254).refine(isMailAddress, { message: 'This is not a mail address.' })
const shape = {
  /** Ids of members. */
  members: z.array(Id).max(mailLimits.receivers).default([]),
  /** Of people who are no members; for who may share by link. */
  addresses: z.array(Address).max(mailLimits.receivers).default([]),
  every: z.enum(['day', 'week', 'month']),
  /** Of the week 1 (Monday) – 7, of the month 1–31 (its last day where it is shorter); not asked of a day. */
  day: z.int().min(1).max(31).default(1),
  /** HH:MM in the workspace's time zone. */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  formats: z.array(z.enum(mailFormats)).max(2).default(['pdf', 'png']),
  language: z.enum(['zh', 'en']).optional(),
  /** The board as it is looked at: its range and audience. */
  filters: Filters.default({}),
}
export const NewBoardMail = z
  .object(shape)
  .refine(({ every, day }) => every !== 'week' || day <= 7, {
    message: 'A week has seven days.',
    path: ['day'],
  })
  .refine(({ members, addresses }) => members.length + addresses.length > 0, {
    message: 'Nobody would get it.',
    path: ['members'],
  })
  .refine(({ members, addresses }) => members.length + addresses.length <= mailLimits.receivers, {
    message: 'These are too many receivers.',
    path: ['addresses'],
  })
export type NewBoardMail = z.output<typeof NewBoardMail>

export const Mailing = z.object({
  id: z.string(),
  trigger: z.enum(['schedule', 'by_hand']),
  /** `sent`: the mail server took it for everybody. */
  state: z.enum(['running', 'sent', 'partly', 'failed', 'cancelled']),
  /** Of the failure; or why it went out without a picture. */
  code: z.string().nullable(),
  said: z.string().nullable(),
  receivers: z.number().int(),
  sent: z.number().int(),
  /** May have arrived twice, because the program or the connection ended before the server answered. */
  maybeTwice: z.number().int(),
  refused: z.array(z.object({ receiver: z.string(), said: z.string() })),
  startedAt: Timestamp,
  finishedAt: Timestamp.nullable(),
})
export type Mailing = z.infer<typeof Mailing>

export const BoardMail = z.object({
  id: z.string(),
  board: z.object({ id: z.string(), name: z.string() }),
  /** With their rights, as they are then, it is drawn. */
  maker: z.string(),
  /** Only its maker changes it. */
  mine: z.boolean(),
  members: z.array(z.object({ id: z.string(), name: z.string() })),
  addresses: z.array(z.string()),
  every: shape.every,
  day: z.number().int(),
  time: z.string(),
  formats: z.array(z.enum(mailFormats)),
  language: z.enum(['zh', 'en']),
  filters: Filters,
  paused: z.enum(pauseReasons).nullable(),
  /** Receivers who took themselves off, newest first; only they come back. */
  left: z.array(z.object({ receiver: z.string(), at: Timestamp })),
  /** Null while it is paused. */
  nextAt: Timestamp.nullable(),
  last: Mailing.nullable(),
})
export type BoardMail = z.infer<typeof BoardMail>

const makingFails = [
  'board.missing',
  'board_mail.outside_denied',
  'board_mail.member_missing',
  'board_mail.receiver_left',
] as const

/** What the link in a mail leads to, for whoever got the mail. */
export const MailLeaving = z.object({
  board: z.string(),
  workspace: z.string(),
  /** Masked: a mail may have been passed on with its link. */
  receiver: z.string(),
  gets: z.boolean(),
})
export type MailLeaving = z.infer<typeof MailLeaving>
const LeaveToken = z.object({ token: z.string().min(1).max(200) })

export const mailRoutes = {
  listMails: {
    get: '/api/dashboards/:id/mails',
    access: 'dashboard:write',
    summary: 'When and to whom a board goes out by mail, and how that went last',
    params: One,
    returns: z.object({
      items: z.array(BoardMail),
      /** Whether this installation has a mail server, and a Chromium that draws boards. */
      canSend: z.boolean(),
      canDraw: z.boolean(),
      timezone: z.string(),
    }),
    fails: ['board.missing'],
  },
  createMail: {
    post: '/api/dashboards/:id/mails',
    access: 'dashboard:write',
    summary: 'Mail a board on a schedule: numbers only, with the rights of its maker as they are then',
    params: One,
    body: NewBoardMail,
    returns: BoardMail,
    status: 201,
    fails: [...makingFails, 'board_mail.too_many'],
  },
  changeMail: {
    put: '/api/board-mails/:id',
    access: 'dashboard:write',
    summary: 'Change a scheduled mail; only who made it, because it goes out with their rights',
    params: One,
    body: NewBoardMail,
    returns: BoardMail,
    fails: [...makingFails, 'board_mail.missing', 'board_mail.not_yours'],
  },
  pauseMail: {
    put: '/api/board-mails/:id/paused',
    access: 'dashboard:write',
    summary: 'Pause a scheduled mail; only who made it lets it go on',
    params: One,
    body: z.object({ paused: z.boolean() }),
    returns: BoardMail,
    fails: ['board_mail.missing', 'board_mail.not_yours', 'board_mail.outside_denied', 'board_mail.nobody'],
  },
  removeMail: {
    delete: '/api/board-mails/:id',
    access: 'dashboard:write',
    summary: 'End a scheduled mail, whoever made it',
    params: One,
    returns: z.void(),
    fails: ['board_mail.missing'],
  },
  readLeaving: {
    get: '/api/mail-leaving/:token',
    access: 'public',
    summary: 'Which scheduled mail a link in it is about, and whether its receiver still gets it',
    params: LeaveToken,
    returns: MailLeaving,
    fails: ['board_mail.missing', 'board_link.asked_too_often'],
  },
  leaveMail: {
    // The page of the same address asks; a mail program sends its form here without one (RFC 8058).
    post: '/leave/:token',
    access: 'public',
    summary: 'Take oneself off a scheduled mail, or, with `again`, back onto it',
    params: LeaveToken,
    body: z.object({ again: z.boolean().default(false) }),
    oneClick: true,
    returns: MailLeaving,
    fails: ['board_mail.missing', 'board_link.asked_too_often'],
  },
  sendMail: {
    post: '/api/board-mails/:id/send',
    access: 'dashboard:write',
    summary: 'Send a scheduled mail now, besides its times, by a job',
    params: One,
    returns: z.object({ mailing: z.string(), job: z.string() }),
    status: 202,
    fails: [
      ...['board_mail.missing', 'board_mail.not_yours', 'board_mail.outside_denied'],
      ...['board_mail.running', 'board_mail.nobody', 'board.missing', 'mail.not_configured'],
    ] as const,
  },
} as const satisfies RouteTable
