import type { Access } from '#modules/access/index.ts'
import type { Collect } from '#modules/collect/index.ts'
import type { Connectors } from '#modules/connectors/index.ts'
import type { Profiles } from '#modules/profiles/index.ts'
import type { Tags } from '#modules/tags/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Clock } from '#platform/clock.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'

export type ImportDeps = {
  database: Database
  ch: ClickHouse
  log: Log
  clock: Clock
  collect: Pick<Collect, 'take' | 'settled' | 'takeBack'>
  profiles: Pick<
    Profiles,
    'recogniser' | 'normaliser' | 'forgetPeople' | 'mask' | 'maskOfCompanies' | 'guesses'
  >
  tags: Pick<Tags, 'giveTags'>
  connectors: Pick<Connectors, 'check' | 'openBucket' | 'openTables'>
  /** Holds a folder per workspace that sources read. */
  inbox: string
  /** How long a file there must not have changed. */
  stillMs: number
  /** `inTurn`: while nobody is written. */
  writer: PeopleWriter & Pick<Collect['projector'], 'inTurn'>
  audit: Access['audit']
}
