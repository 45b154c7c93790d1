import type { Audit, Profiles } from '#modules/profiles/index.ts'
import type { Segments } from '#modules/segments/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Database } from '#platform/pg/database.ts'

export type PortraitDeps = {
  database: Database
  ch: ClickHouse
  profiles: Pick<Profiles, 'person' | 'personNumber' | 'presentPeople' | 'maskOfPerson'>
  segments: Pick<Segments, 'ofProfile'>
  audit: Audit
}
