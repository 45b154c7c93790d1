import type { Access } from '#modules/access/index.ts'
import type { Analytics } from '#modules/analytics/index.ts'
import type { Clock } from '#platform/clock.ts'
import type { Database } from '#platform/pg/database.ts'

export type DashboardsDeps = {
  database: Database
  clock: Clock
  instanceKey: Buffer
  audit: Access['audit']
  access: Pick<Access, 'standingOf' | 'memberBehind' | 'passwords'>
  analytics: Pick<
    Analytics,
    'answer' | 'saved' | 'savedIn' | 'saveIn' | 'foldersIn' | 'events' | 'properties'
  >
}
