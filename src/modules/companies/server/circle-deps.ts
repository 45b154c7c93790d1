import type { Access } from '#modules/access/index.ts'
import type { PersonIds, Profiles } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Database } from '#platform/pg/database.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'

export type CircleDeps = {
  database: Database
  ch: ClickHouse
  writer: PeopleWriter
  audit: Access['audit']
  personIds: PersonIds
  profiles: Pick<
    Profiles,
    | 'personOf'
    | 'personNumber'
    | 'personNumbers'
    | 'presentPeople'
    | 'mask'
    | 'maskOfPerson'
    | 'maskOfCompanies'
    | 'refuseGuessingOfCompanies'
  >
}
