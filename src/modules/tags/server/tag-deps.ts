import type { Audit, Profiles } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Database } from '#platform/pg/database.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'

export type TagDeps = {
  database: Database
  ch: ClickHouse
  writer: PeopleWriter
  profiles: Pick<Profiles, 'recogniser' | 'personIds' | 'presentPeople' | 'personNumber'>
  audit: Audit
}
