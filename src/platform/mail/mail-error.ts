import { AppError } from '#platform/errors.ts'

/** What nodemailer says of a failure. */
type Failure = Error & { code?: string; responseCode?: number; response?: string }

/** Failures of one's own set-up: trying again later changes nothing. */
const certificate = /certificate|self-signed|altnames|CERT_|SELF_SIGNED|UNABLE_TO_/i

const never = /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|Greeting never|Connection timeout/

/** The connection ended in the middle: whether the server has the message is not known. */
const isOpen = ({ code, message, responseCode }: Failure) =>
  !responseCode &&
  ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EABORT'].includes(code ?? '') &&
  !never.test(message)

/**
 * Says a failure of SMTP as a problem. Kind `invalid` is for good and ends a job; `busy` may pass, so that the job queue
 * tries again: refusals by a 4xx code (RFC 5321 4.2.1), and everything about reaching the server. `maybeTaken` says that
 * the server may have the message all the same.
 */
export function toMailError(error: unknown): AppError {
  const failure = error as Failure
  const code = failure.responseCode ?? 0
  const facts = {
    ...(code ? { smtp: code } : {}),
    ...(failure.response ? { said: failure.response.slice(0, 500) } : {}),
    ...(isOpen(failure) ? { maybeTaken: true } : {}),
  }
  const say = (name: string, kind: 'invalid' | 'busy', sentence: string) =>
    new AppError(name, kind, sentence, { details: facts, cause: error })
  if (code >= 400 && code < 500)
    return say('mail.put_off', 'busy', 'The mail server asks to be tried again later.')
  if (failure.code === 'EAUTH' || failure.code === 'ENOAUTH')
    return say(
      'mail.login_refused',
      'invalid',
      'The mail server does not accept the login in HEADWATER_SMTP_URL.',
    )
  if (failure.code === 'ETLS' || certificate.test(failure.message))
    return say(
      'mail.not_secure',
      'invalid',
      'No safe connection to the mail server: it offers no STARTTLS, or its certificate is not trusted.',
    )
  if (code >= 500 || failure.code === 'EMESSAGE' || failure.code === 'EENVELOPE')
    return say('mail.refused', 'invalid', 'The mail server refuses the message.')
  return say('mail.unreachable', 'busy', 'The mail server cannot be reached, or did not answer in time.')
}
