import type { Access } from '#modules/access/index.ts'
import type { Analytics } from '#modules/analytics/index.ts'
import type { Drawer } from '#platform/chromium/draw-page.ts'
import type { Clock } from '#platform/clock.ts'
import type { Mailer } from '#platform/mail/open-mailer.ts'
import type { Database } from '#platform/pg/database.ts'
import type { Notifier } from '#slots/notifier.ts'

export type DashboardsDeps = {
  database: Database
  clock: Clock
  instanceKey: Buffer
  mailer: Mailer
  drawer: Drawer
  notifier: Notifier
  /** What links in mail begin with. */
  baseUrl: string
  audit: Access['audit']
  access: Pick<Access, 'standingOf' | 'memberBehind' | 'passwords'>
  analytics: Pick<
    Analytics,
    'answer' | 'saved' | 'savedIn' | 'saveIn' | 'foldersIn' | 'events' | 'properties'
  >
}
