import { analyticsSchema, personOfSql } from '#modules/profiles/server/analytics-schema.ts'
import { createPersonIds, type PersonIds } from '#modules/profiles/server/person-id.ts'
import { createRecogniser, type Recogniser } from '#modules/profiles/server/recogniser.ts'
import type { Access } from '#modules/access/index.ts'
import type { CompileEnv } from '#modules/rules/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'

import { personIdsOf } from '#modules/profiles/server/person-ids-of.ts'

export { analyticsSchema, personIdsOf, personOfSql }
export type { PersonIds, Recogniser }

export type ProfilesOptions = {
  database: Database
  ch: ClickHouse
  log: Log
  clock: Clock
  instanceKey: Buffer
  writer: PeopleWriter
  audit: Access['audit']
}

export type Profiles = {
  routes: ServedRoute[]
  recogniser: Recogniser
  personIds: PersonIds
  /** How rules are compiled for a workspace; given by segments, which knows segments and tags. */
  setRuleEnv(ruleEnv: (ctx: WorkspaceCtx) => Promise<CompileEnv>): void
}

/** The module, opened once by the composition root. */
export function openProfiles(options: ProfilesOptions): Profiles {
  const { database, ch, log, instanceKey } = options
  return {
    routes: [],
    recogniser: createRecogniser({ database, ch, log }),
    personIds: createPersonIds(instanceKey),
    setRuleEnv: () => undefined,
  }
}
