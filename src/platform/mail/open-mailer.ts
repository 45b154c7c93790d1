import { createTransport } from 'nodemailer'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { isMailAddress, oneLine, readMailbox } from '#platform/mail/mail-address.ts'
import { toMailError } from '#platform/mail/mail-error.ts'
import { readSmtpUrl, type SmtpServer } from '#platform/mail/smtp-server.ts'

export type MailAttachment = {
  filename: string
  content: Buffer
  /** Media type. */
  type: string
  /** Set: a picture that the HTML shows as `<img src="cid:…">`, not a file to be saved. */
  cid?: string
}
export type Mail = {
  /** Bare addresses. All of them see each other: one message each where they must not. */
  to: readonly string[]
  subject: string
  text: string
  html?: string
  attachments?: readonly MailAttachment[]
  /** Left of the @, letters, digits, dot, dash and underscore: the same for every try of one message, so that doubles can be told. */
  messageKey?: string
  /**
   * Address where whoever got it stops it; for mail that comes by itself. A POST there must do it at once, because mail
   * programs offer a button for https addresses (RFC 8058); a GET shows a page that asks.
   */
  unsubscribe?: string
}
export type SentMail = {
  messageId: string
  /** Those the server did not take, when it took others. */
  refused: readonly { address: string; smtp: number | null; said: string | null; isForGood: boolean }[]
}

/** Sends mail through the operator's server. Opened once in the composition root and passed on. */
export type Mailer = {
  /** Whether both settings are there; what they say is known only when something is sent. */
  isConfigured: boolean
  /**
   * Hands one message to the server: resolved is accepted, which is not delivered. Fails with `mail.not_configured`,
   * `mail.bad_address`, `mail.refused`, `mail.login_refused`, `mail.not_secure` (kind `invalid`: for good) or
   * `mail.put_off`, `mail.unreachable` (kind `busy`: a job that throws it is tried again). Not exactly once: when the
   * connection breaks after the last byte nobody knows; `messageKey` makes the doubles the same message.
   */
  sendMail(mail: Mail, signal?: AbortSignal): Promise<SentMail>
}

type Rejection = { recipient?: string; responseCode?: number; response?: string }
export type MailSettings = { HEADWATER_SMTP_URL: string; HEADWATER_MAIL_FROM: string }

/** Silence for this long is a failure; a whole message may take `wholeMs`. */
const waits = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 15_000,
  socketTimeout: 60_000,
}
const wholeMs = 300_000

export function openMailer(settings: MailSettings): Mailer {
  const server = readSmtpUrl(settings.HEADWATER_SMTP_URL)
  const from = readMailbox(settings.HEADWATER_MAIL_FROM)
  if (!server || !from)
    return {
      isConfigured: false,
      sendMail: async () => {
        throw mailNotConfigured()
      },
    }
  const transport = createTransport({
    ...optionsOf(server),
    ...waits,
    // Nothing of a message is ever read from a path or an address.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  const domain = from.address.slice(from.address.indexOf('@') + 1)
  return {
    isConfigured: true,
    sendMail: async (mail, signal) => {
      const message = compose(mail, from, domain)
      const whole = AbortSignal.timeout(wholeMs)
      try {
        const sent = await transport.sendMail({
          ...message,
          signal: signal ? AbortSignal.any([signal, whole]) : whole,
        })
        const refused = (sent.rejectedErrors ?? []).map((one: Rejection) => {
          const smtp = one.responseCode ?? null
          const address = one.recipient ?? ''
          return { address, smtp, said: one.response ?? null, isForGood: smtp !== null && smtp >= 500 }
        })
        return { messageId: message.messageId, refused }
      } catch (error) {
        signal?.throwIfAborted()
        throw toMailError(error)
      }
    },
  }
}

/** For who must say it before anything is sent. */
export const mailNotConfigured = () =>
  new AppError(
    'mail.not_configured',
    'invalid',
    'This installation cannot send mail: whoever runs it sets HEADWATER_SMTP_URL and HEADWATER_MAIL_FROM, and starts it again.',
  )

function optionsOf({ host, port, secure, startTls, auth }: SmtpServer) {
  return {
    ...{ host, port, secure },
    requireTLS: !secure && startTls === 'required',
    ignoreTLS: startTls === 'off',
    ...(auth ? { auth } : {}),
  }
}

function compose(mail: Mail, from: { name: string; address: string }, domain: string) {
  const wrong = mail.to.find((one) => !isMailAddress(one))
  if (wrong !== undefined || mail.to.length === 0)
    throw new AppError('mail.bad_address', 'invalid', 'This is not a mail address.', {
      details: wrong === undefined ? {} : { address: wrong.slice(0, 254) },
    })
  const key = (mail.messageKey ?? newId('mail')).replace(/[^A-Za-z0-9._-]/g, '-')
  return {
    from,
    // As parts, never as text: nothing in it is read as a second address.
    to: mail.to.map((address) => ({ name: '', address })),
    subject: oneLine(mail.subject),
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    attachments: (mail.attachments ?? []).map(({ filename, content, type, cid }) => ({
      ...{ filename: oneLine(filename), content, contentType: type },
      ...(cid === undefined ? {} : { cid, contentDisposition: 'inline' as const }),
    })),
    messageId: `<${key}@${domain}>`,
    headers: {
      // No out-of-office answers to a program (RFC 3834).
      'Auto-Submitted': 'auto-generated',
      ...(mail.unsubscribe === undefined ? {} : unsubscribeBy(new URL(mail.unsubscribe))),
    },
  }
}

const unsubscribeBy = ({ href, protocol }: URL) => ({
  'List-Unsubscribe': `<${href}>`,
  ...(protocol === 'https:' ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
})
