import type { Access } from '#modules/access/index.ts'
import type { Outbound } from '#platform/outbound/create-outbound.ts'
import type { Database } from '#platform/pg/database.ts'
import type { SecretBox } from '#platform/secrets.ts'
import type { ConnectionUse } from '#slots/connection-use.ts'

export type ConnectorsDeps = {
  database: Database
  outbound: Outbound
  secrets: SecretBox
  /** Who uses connections; may still grow while modules are opened. */
  uses: readonly ConnectionUse[]
  audit: Access['audit']
}
