import type { Audit, Profiles } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Clock } from '#platform/clock.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'
import type { TagMentions } from '#slots/tag-mentions.ts'

export type TagDeps = {
  database: Database
  ch: ClickHouse
  clock: Clock
  log: Log
  writer: PeopleWriter
  profiles: Pick<
    Profiles,
    'recogniser' | 'personIds' | 'presentPeople' | 'personNumber' | 'personNumbers' | 'forExport'
  >
  /** Whoever keeps rules that name tags. */
  mentions: readonly TagMentions[]
  audit: Audit
  /** A validity was changed: when the next tag ends is asked anew. */
  validityChanged(): void
}
