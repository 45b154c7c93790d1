import type { Access } from '#modules/access/index.ts'
import type { Profiles } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import type { Database } from '#platform/pg/database.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'

export type TagsOptions = {
  database: Database
  ch: ClickHouse
  profiles: Profiles
  writer: PeopleWriter
  audit: Access['audit']
}
export type Tags = { routes: ServedRoute[] }

/** The module, opened once by the composition root. */
export function openTags(_options: TagsOptions): Tags {
  return { routes: [] }
}
