import type { Access } from '#modules/access/index.ts'
import type { Analytics } from '#modules/analytics/index.ts'
import type { Clock } from '#platform/clock.ts'
import type { Log } from '#platform/log.ts'
import type { Mailer } from '#platform/mail/open-mailer.ts'
import type { Database } from '#platform/pg/database.ts'
import type { AlertListener } from '#slots/alert-listener.ts'
import type { Notifier } from '#slots/notifier.ts'

export type AlertsDeps = {
  database: Database
  clock: Clock
  log: Log
  audit: Access['audit']
  access: Pick<Access, 'standingOf' | 'memberBehind' | 'mailboxesOf'>
  analytics: Pick<Analytics, 'answer' | 'savedIn'>
  notifier: Notifier
  listeners: readonly AlertListener[]
  mailer: Pick<Mailer, 'isConfigured' | 'sendMail'>
  /** Address of this installation, for links in mail. */
  baseUrl: string
}
